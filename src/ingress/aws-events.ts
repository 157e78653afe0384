/**
 * `POST /aws/events`: EventBridge's deliveries come in; they are on durable storage, and their cases marked, before the
 * answer says 202. Everything slow happens afterwards. What EventBridge does with which status stands in the facts
 * (aws-support.md, section 4): 401, 429 and 5xx are delivered again, other 4xx are not.
 */
import { isUtf8 } from 'node:buffer';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ApiCall } from '../case/calls/api-call.js';
import type { Fact } from '../case/fact.js';
import type { Store } from '../store/store.js';
import { errorFields, type Log } from '../telemetry/log.js';
import type { Metrics } from '../telemetry/metrics.js';
import { answerJson, refuse, refuseUnread } from './answer.js';
import { eventKeyCheck } from './event-key.js';
import { type Element, elementsIn, type ParsedEvent, parseElement, type RefusedBy } from './parse-events.js';
import { BodyTooLarge, readBody } from './read-body.js';
import { keepTestEvent, wasSeen } from './test-event.js';

export interface AwsEventsDeps {
  readonly store: Pick<Store, 'takeFacts' | 'takeCalls' | 'note' | 'saveNote'>;
  readonly keys: readonly string[];
  readonly refusedBy: RefusedBy;
  /** ARNs of the roles in which the bot acts, asked anew for each delivery; none unless given. */
  readonly ownRoles?: () => readonly string[];
  readonly log: Log;
  readonly metrics: Pick<Metrics, 'events'>;
  /** Called when an event of a case was taken; returns at once. */
  readonly onTaken?: () => void;
  /** Called with calls that are kept, before the answer says so; rejects when they have to be sent again. */
  readonly onCalls?: (calls: readonly ApiCall[]) => Promise<void>;
  readonly now: () => number;
}

const MAX_BODY = 1_048_576;
/** EventBridge sends at most 500 in a batch. Far more would keep the process busy for seconds. */
const MAX_EVENTS = 1_000;
const RETRY_AFTER = { 'retry-after': '5' };
/** Kinds of events are few; a flood of invented ones must not fill the memory. */
const MAX_KINDS = 200;

export function awsEvents(deps: AwsEventsDeps) {
  const { store, keys, refusedBy, ownRoles = () => [], log, metrics, onTaken, onCalls, now } = deps;
  const isKey = eventKeyCheck(keys);
  const kindsSeen = new Set<string>();

  const noteUnused = (kind: string): void => {
    metrics.events('ignored');
    const name = kind.slice(0, 120);
    if (kindsSeen.has(name) || kindsSeen.size >= MAX_KINDS) return;
    kindsSeen.add(name);
    log.info('an event of a kind that is not used', { kind: name });
  };

  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (!isKey(request.headers['x-api-key'])) {
      metrics.events('refused');
      refuseUnread(
        request,
        response,
        401,
        'unauthorized',
        'The X-Api-Key header does not hold the key in EVENT_API_KEY.',
      );
      return;
    }
    let body: Buffer;
    try {
      body = await readBody(request, MAX_BODY);
    } catch (error) {
      metrics.events('refused');
      if (error instanceof BodyTooLarge)
        refuseUnread(
          request,
          response,
          413,
          'too_large',
          'A delivery may have 1 MiB: nothing of it was taken. Send it in parts.',
        );
      return;
    }
    const elements = elementsOf(body);
    if (elements === null) {
      metrics.events('refused');
      refuse(
        response,
        400,
        'not_json',
        'The body is not an EventBridge event, or an array of them, as JSON in UTF-8.',
      );
      return;
    }
    if (elements.length > MAX_EVENTS) {
      metrics.events('refused');
      refuse(
        response,
        413,
        'too_many',
        `A delivery may have ${MAX_EVENTS} events: nothing of it was taken. Send it in parts.`,
      );
      return;
    }
    const roles = ownRoles();
    const parsed = elements.map((element) => parseElement(element, refusedBy, now(), roles));
    const facts: Fact[] = [];
    const calls: ApiCall[] = [];
    for (const event of parsed) {
      if (event.kind === 'fact') facts.push(event.fact);
      else if (event.kind === 'call') calls.push(event.call);
      else if (event.kind === 'unused') noteUnused(event.name);
      else if (event.kind !== 'test' && event.kind !== 'seen') metrics.events('refused');
    }
    const tests = parsed.filter((event) => event.kind === 'test');
    const asked = parsed.filter((event) => event.kind === 'seen');
    let taken: readonly ('new' | 'duplicate')[];
    let takenCalls: readonly ('new' | 'duplicate')[];
    let seen: readonly boolean[];
    try {
      for (const { id } of tests) await keepTestEvent(store, id);
      seen = await Promise.all(asked.map(({ id }) => wasSeen(store, id)));
      taken = facts.length === 0 ? [] : await store.takeFacts(facts);
      takenCalls = calls.length === 0 ? [] : await store.takeCalls(calls);
      if (calls.length > 0) await onCalls?.(calls);
    } catch (error) {
      for (const _ of [...facts, ...calls, ...tests, ...asked]) metrics.events('failed');
      const events = facts.length + calls.length + tests.length;
      log.error('events could not be stored', { events, ...errorFields(error) });
      refuse(response, 503, 'cannot_store', 'The event cannot be stored now. Send it again.', RETRY_AFTER);
      return;
    }
    for (const _ of [...tests, ...asked]) metrics.events('test');
    for (const { id } of tests) log.info('a test event has come', { test: id });
    for (const result of [...taken, ...takenCalls]) metrics.events(result);
    if (taken.length > 0) onTaken?.();
    answerDelivery(response, parsed, [...taken, ...takenCalls], seen);
  };
}

/** Null for what is not JSON at all. */
function elementsOf(body: Buffer): Element[] | null {
  try {
    if (!isUtf8(body)) return null;
    const json: unknown = JSON.parse(body.toString('utf8').replace(/^\uFEFF/, ''));
    return elementsIn(json);
  } catch {
    return null;
  }
}

/** Of a mixed delivery the good part is stored all the same: a 4xx is not delivered again. */
function answerDelivery(
  response: ServerResponse,
  parsed: readonly ParsedEvent[],
  taken: readonly ('new' | 'duplicate')[],
  seen: readonly boolean[],
): void {
  const rest = whatOfTheRest(parsed, taken.length);
  const bad = parsed.find((event) => event.kind === 'not-an-event');
  if (bad !== undefined) {
    refuse(response, 400, 'not_an_event', `Not an EventBridge event of AWS Support: ${bad.why}.${rest}`);
    return;
  }
  const foreign = parsed.find((event) => event.kind === 'account-not-accepted');
  if (foreign !== undefined) {
    const where = foreign.by === 'AWS_ACCOUNTS' ? 'in AWS_ACCOUNTS' : 'listed in CONFIG_FILE';
    refuse(response, 403, 'account_not_accepted', `Account ${foreign.account} is not ${where}.${rest}`);
    return;
  }
  answerJson(response, 202, {
    accepted: taken.filter((result) => result === 'new').length,
    duplicates: taken.filter((result) => result === 'duplicate').length,
    ignored: parsed.filter((event) => event.kind === 'unused').length,
    ...(seen.length > 0 ? { seen: seen.every(Boolean) } : {}),
  });
}

/** Whoever sends many at once, as in a file of CloudTrail, wants to know whether the others are there. */
function whatOfTheRest(parsed: readonly ParsedEvent[], stored: number): string {
  if (parsed.length < 2) return '';
  const count = (...kinds: ParsedEvent['kind'][]) => parsed.filter(({ kind }) => kinds.includes(kind)).length;
  const refused = count('not-an-event', 'account-not-accepted');
  return ` Of ${parsed.length} events, ${stored} are stored, ${count('unused')} are of no use here, and ${refused} were refused.`;
}
