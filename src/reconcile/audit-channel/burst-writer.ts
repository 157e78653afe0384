import type { ApiCall } from '../../case/calls/api-call.js';
import type { Burst } from '../../case/calls/burst.js';
import { CLOCKS_DIFFER_MS } from '../../case/doubt.js';
import type { EntryTag, Message } from '../../slack/message.js';
import type { Slack } from '../../slack/slack.js';
import { SlackError } from '../../slack/slack-error.js';
import type { KeptCall, Store } from '../../store/store.js';
import type { Log } from '../../telemetry/log.js';
import { refuseTooEarly } from '../still-on-its-way.js';
import type { AuditBook } from './audit-book.js';
import { callsAt } from './calls-at.js';
import { callsInTag, type FoundBefore } from './found-before.js';
import { AUDIT_CASE, type OpenBurst, type Tally, type ToldBurst, together, untold } from './open-burst.js';
import type { MessageStep } from './plan-messages.js';
import { withoutFound } from './without-found.js';

export interface BurstWriterDeps {
  readonly store: Pick<Store, 'callsSince' | 'doubts' | 'canonical' | 'getCase'>;
  readonly slack: Pick<Slack, 'post' | 'update' | 'findEntries' | 'personName'>;
  /** Where new messages go. */
  readonly channel: string;
  readonly render: (burst: Burst, personName: (user: string) => string) => Message;
  /** Messages of which the store may have lost that it posted them. */
  readonly foundBefore: FoundBefore;
  /** Throws when another may have taken this over. */
  readonly stillOurs: () => void;
  /** How long Slack may take to show a message whose sender had no answer. */
  readonly settlesWithinMs: number;
  readonly log: Log;
  readonly now: () => number;
}

/**
 * Writes the messages of bursts, each exactly once, the way threads are written: the intent is written down, the message is
 * posted with a tag, its `ts` is written down.
 */
export class BurstWriter {
  readonly #deps: BurstWriterDeps;
  readonly #book: AuditBook;

  constructor(deps: BurstWriterDeps, book: AuditBook) {
    this.#deps = deps;
    this.#book = book;
  }

  async carryOut({ do: what, burst }: MessageStep): Promise<void> {
    const { told, more } = burst;
    if (what === 'find' && told !== null) return this.#find(burst, told);
    if (more === null) return;
    if (what === 'post') return this.#post(burst, more);
    if (told !== null) return this.#update(burst, told, more);
  }

  /** Of what Slack refuses to show, the rest of the channel must not wait for ever. */
  async giveUp({ burst }: MessageStep, error: SlackError): Promise<void> {
    const { told, more } = burst;
    const calls = more?.count ?? 0;
    this.#deps.log.error('Slack refuses a message for the audit channel, so it is left out', {
      calls,
      code: error.code,
    });
    await this.#book.replace(burst, told === null ? null : { ...burst, more: null });
  }

  async #find(burst: OpenBurst, told: ToldBurst): Promise<void> {
    const { slack, now, settlesWithinMs } = this.#deps;
    const place = { channel: told.channel, threadTs: null };
    const found = await slack
      .findEntries(place, seconds(told.intendedAt - CLOCKS_DIFFER_MS))
      .catch((error: unknown) => {
        if (this.#isLeft(told, error)) return [];
        throw error;
      });
    const there = found.findLast(({ tag }) => tag.case === AUDIT_CASE && tag.entry === told.id);
    if (there === undefined) refuseTooEarly(told.intendedAt, now(), settlesWithinMs);
    const after = there === undefined ? untold(burst) : { ...burst, told: { ...told, ts: there.ts } };
    await this.#book.replace(burst, after);
  }

  async #post(burst: OpenBurst, more: Tally): Promise<void> {
    const { slack, channel, foundBefore, stillOurs, now } = this.#deps;
    const calls = await this.#calls(more);
    if (calls === null) return this.#book.replace(burst, null);
    const found = await foundBefore(channel, burst.from);
    const left = withoutFound(burst, more, { calls, found, channel });
    if (left !== burst) return this.#book.replace(burst, left);
    const message = await this.#message(burst, more, calls);
    const about = { id: more.id, channel, intendedAt: now(), changedAt: now() };
    let kept = burst;
    const keep = async (after: OpenBurst) => {
      const last = kept;
      kept = after;
      await this.#book.replace(last, after);
    };
    const atTurn = async () => {
      const told = { ...about, intendedAt: now(), ts: null, shows: more };
      await keep({ ...burst, told, more: null });
      stillOurs();
    };
    const ts = await slack
      .post({ channel, threadTs: null }, message, tagOf(about, more, calls), 'now', atTurn)
      .catch(async (error: unknown) => {
        if (error instanceof SlackError && error.happened === 'no' && kept !== burst) await keep(burst);
        throw error;
      });
    await keep({ ...burst, told: { ...about, ts, changedAt: now(), shows: more }, more: null });
  }

  async #update(burst: OpenBurst, told: ToldBurst, more: Tally): Promise<void> {
    const { slack, foundBefore, stillOurs, now } = this.#deps;
    const shows = together(told.shows, more);
    const calls = await this.#calls(shows);
    if (calls === null) return this.#book.replace(burst, null);
    const others = (await foundBefore(told.channel, burst.from)).filter(({ ts }) => ts !== told.ts);
    const left = withoutFound(burst, more, { calls, found: others, channel: told.channel });
    if (left !== burst) return this.#book.replace(burst, left);
    const message = await this.#message(burst, shows, calls);
    try {
      await slack.update(told.channel, told.ts ?? '', message, stillOurs, tagOf(told, shows, calls));
    } catch (error) {
      const isGone = error instanceof SlackError && error.kind === 'gone';
      if (!isGone && !this.#isLeft(told, error)) throw error;
      // It stays deleted, with what it has told: a new one tells of what has come since.
      return this.#book.replace(burst, more.count === 0 ? null : { ...burst, told: null });
    }
    await this.#book.replace(burst, { ...burst, told: { ...told, changedAt: now(), shows }, more: null });
  }

  /** Null where none of them is kept any more: they have waited for two weeks for somebody to mend the channel. */
  async #calls({ count, samples }: Tally): Promise<readonly KeptCall[] | null> {
    const { store, log } = this.#deps;
    const calls = await callsAt(
      store,
      samples.map(({ place }) => place),
    );
    if (calls.length > 0) return calls;
    log.error('calls were forgotten before the audit channel could show them', { calls: count });
    return null;
  }

  async #message(burst: OpenBurst, { count, before }: Tally, kept: readonly KeptCall[]): Promise<Message> {
    const { slack, render } = this.#deps;
    const { user } = burst;
    const calls: ApiCall[] = [];
    for (const { call } of kept) calls.push(await this.#numbered(call));
    const name = user === null ? null : await slack.personName(user);
    return render({ count, calls, before, user }, (id) => name ?? id);
  }

  /** Most records name a case by its long id alone; people know its number. */
  async #numbered(call: ApiCall): Promise<ApiCall> {
    const { store } = this.#deps;
    const { account, caseId, displayId } = call;
    if (caseId === '' || displayId !== '') return call;
    const record = await store.getCase(await store.canonical({ account, caseId }));
    return { ...call, displayId: record?.displayId ?? '' };
  }

  /** What stands in an earlier channel that is closed to us now is left: the new one is told. */
  #isLeft({ channel }: ToldBurst, error: unknown): boolean {
    return error instanceof SlackError && error.kind === 'needs-person' && channel !== this.#deps.channel;
  }
}

function tagOf(
  { id, intendedAt }: Pick<ToldBurst, 'id' | 'intendedAt'>,
  { count }: Tally,
  shown: readonly KeptCall[],
): EntryTag {
  const calls = callsInTag(
    count,
    shown.map(({ call }) => call.id),
  );
  return { case: AUDIT_CASE, entry: id, part: 0, parts: 1, at: intendedAt, calls };
}

function seconds(at: number): string {
  return (Math.max(0, at) / 1000).toFixed(6);
}
