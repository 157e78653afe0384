import { z } from 'zod';
import { type ApiCall, isOwnLook } from '../case/calls/api-call.js';
import { type Brought, readApiCall } from '../case/calls/read-api-call.js';
import { EVENT_NAMES, type EventName, type Fact } from '../case/fact.js';
import { TEST_SOURCE } from '../event-path/names.js';
import { readTestEvent, type TestEvent } from './test-event.js';

/** The setting that keeps the events of an account out. */
export type RefusingSetting = 'AWS_ACCOUNTS' | 'CONFIG_FILE';

/** Null for an account whose events are accepted. Asked anew for each event: the answer may change while the bot runs. */
export type RefusedBy = (account: string) => RefusingSetting | null;

/** What became of one element of a delivery. */
export type ParsedEvent =
  | { readonly kind: 'fact'; readonly fact: Fact }
  | { readonly kind: 'call'; readonly call: ApiCall }
  | TestEvent
  /** A true event of a kind that we do not use; `name` for the log. */
  | { readonly kind: 'unused'; readonly name: string }
  | { readonly kind: 'account-not-accepted'; readonly account: string; readonly by: RefusingSetting }
  | { readonly kind: 'not-an-event'; readonly why: string };

const Envelope = z.object({
  source: z.string(),
  'detail-type': z.string(),
  account: z.string().regex(/^\d{12}$/, 'must have 12 digits'),
  time: z.string().refine((time) => !Number.isNaN(Date.parse(time)), 'must be a time'),
  detail: z.record(z.string(), z.unknown()),
});

/** The detail of a "Support Case Update" (user guide, event detail). Ids are opaque, but never this long. */
const Detail = z.object({
  'case-id': z.string().regex(/^[^\p{Cc}\p{Cs}]{1,200}$/u, 'must have 1 to 200 characters'),
  'event-name': z.string(),
  'display-id': word(100),
  'communication-id': word(500),
  origin: word(100),
});

/** The store ends a text at a NUL and knows no half characters, so neither is part of any id. */
function word(longest: number) {
  const pattern = new RegExp(`^[^\\p{Cc}\\p{Cs}]{0,${longest}}$`, 'u');
  return z.string().regex(pattern, `must have at most ${longest} characters`).default('');
}

/** In place of zod's own, which speak to programmers. */
const WORDS = {
  error: ({ code, input }: { code: string; input?: unknown }) =>
    code !== 'invalid_type' ? undefined : input === undefined ? 'is missing' : 'is of another type',
};

const DETAIL_TYPE = 'Support Case Update';
const CALL_DETAIL_TYPE = 'AWS API Call via CloudTrail';

/**
 * What an element of a delivery holds: an event, or the records of a file as CloudTrail writes it, for which it is sent again
 * what nobody was there to hear.
 */
export type Element = { readonly event: unknown } | { readonly record: unknown };

export function elementsIn(json: unknown): Element[] {
  const all: readonly unknown[] = Array.isArray(json) ? json : [json];
  return all.flatMap((each): Element[] => {
    const file = File.safeParse(each);
    return file.success ? file.data.Records.map((record) => ({ record })) : [{ event: each }];
  });
}

/** A file has nothing of an event, and an event no records. */
const File = z.object({ Records: z.array(z.unknown()), detail: z.undefined().optional() });

/** @param ownRoles ARNs of the roles in which the bot acts by now. */
export function parseElement(
  element: Element,
  refusedBy: RefusedBy,
  receivedAt: number,
  ownRoles: readonly string[] = [],
): ParsedEvent {
  if ('record' in element) return parseRecord(element.record, refusedBy, { receivedAt, ownRoles });
  return parseEvent(element.event, refusedBy, receivedAt, ownRoles);
}

export function parseEvent(
  element: unknown,
  refusedBy: RefusedBy,
  receivedAt: number,
  ownRoles: readonly string[] = [],
): ParsedEvent {
  const envelope = Envelope.safeParse(element, WORDS);
  if (!envelope.success) return notAnEvent(envelope.error);
  const { source, account, time, detail } = envelope.data;
  const detailType = envelope.data['detail-type'];
  // From whatever account it comes: the key is proof enough for what does no harm.
  if (source === TEST_SOURCE) {
    const test = readTestEvent(detailType, detail);
    return 'wrong' in test ? { kind: 'not-an-event', why: test.wrong } : test;
  }
  const by = refusedBy(account);
  if (by !== null) return { kind: 'account-not-accepted', account, by };
  if (detailType === CALL_DETAIL_TYPE)
    return parseRecord(detail, refusedBy, { receivedAt, source, account, at: Date.parse(time), ownRoles });
  if (source !== 'aws.support' || detailType !== DETAIL_TYPE)
    return { kind: 'unused', name: `${source} / ${detailType}` };
  const parsed = Detail.safeParse(detail, WORDS);
  if (!parsed.success) return notAnEvent(parsed.error);
  const event = parsed.data['event-name'];
  if (!isEventName(event)) return { kind: 'unused', name: `${detailType} / ${event}` };
  return {
    kind: 'fact',
    fact: {
      key: { account, caseId: parsed.data['case-id'] },
      displayId: parsed.data['display-id'],
      event,
      communicationId: parsed.data['communication-id'],
      origin: parsed.data.origin,
      at: Date.parse(time),
      receivedAt,
    },
  };
}

function parseRecord(record: unknown, refusedBy: RefusedBy, brought: Brought): ParsedEvent {
  const read = readApiCall(record, brought);
  if ('wrong' in read) return { kind: 'not-an-event', why: read.wrong };
  if ('unused' in read) return { kind: 'unused', name: read.unused };
  const { call } = read;
  const by = refusedBy(call.account);
  // They would fill the store and tell nothing.
  if (by === null && isOwnLook(call) && call.error === null)
    return { kind: 'unused', name: 'CloudTrail / what the bot reads itself' };
  return by === null ? { kind: 'call', call } : { kind: 'account-not-accepted', account: call.account, by };
}

function isEventName(name: string): name is EventName {
  return (EVENT_NAMES as readonly string[]).includes(name);
}

/** Names the fields, never their values. */
function notAnEvent(error: z.ZodError): ParsedEvent {
  const fields = error.issues.slice(0, 3).map((issue) => `${issue.path.join('.') || 'it'} ${issue.message}`);
  return { kind: 'not-an-event', why: fields.join('; ') };
}
