import { CLOCKS_DIFFER_MS } from '../../case/doubt.js';
import type { Message } from '../../slack/message.js';
import { renderSettled } from '../../slack/render-notice.js';
import type { Slack } from '../../slack/slack.js';
import { SlackError } from '../../slack/slack-error.js';
import type { Store } from '../../store/store.js';
import { refuseTooEarly } from '../still-on-its-way.js';
import {
  isNoticeId,
  NOTICES_CASE,
  type Notice,
  type Notices,
  noticeId,
  settledId,
  showsOf,
} from './notice.js';
import type { Waiting } from './plan-notices.js';

export interface NoticeWriterDeps {
  readonly store: Pick<Store, 'note' | 'saveNote' | 'doubts'>;
  readonly slack: Pick<Slack, 'post' | 'update' | 'findEntries'>;
  /** The channel that is told. */
  readonly channel: string;
  /** Throws when another may have taken this over. */
  readonly stillOurs: () => void;
  /** How long Slack may take to show a message whose sender had no answer. */
  readonly settlesWithinMs: number;
  readonly now: () => number;
}

const NOTE = 'notices';
/** Of a store that was lost: how far back the channel is searched for what it knew. */
const SEARCH_BACK_MS = 30 * 24 * 3_600_000;

/**
 * Writes notices, each exactly once, the way threads are written: the intent is written down, the message is posted with
 * a tag, its `ts` is written down. Apart from the ledger, which knows neither what a message says nor how to forget one
 * that is posted.
 */
export class NoticeWriter {
  readonly #deps: NoticeWriterDeps;
  #kept: Notices;
  #saved: string;

  private constructor(deps: NoticeWriterDeps, kept: string | null) {
    this.#deps = deps;
    this.#kept = kept === null ? { searchedUntil: 0, open: [] } : (JSON.parse(kept) as Notices);
    this.#saved = kept ?? JSON.stringify(this.#kept);
  }

  static async open(deps: NoticeWriterDeps): Promise<NoticeWriter> {
    return new NoticeWriter(deps, await deps.store.note(NOTE));
  }

  get all(): readonly Notice[] {
    return this.#kept.open;
  }

  /**
   * Where the store may have lost what it knew, the channel is searched for notices that still stand there, so that none
   * is posted a second time and none says for ever that cases wait.
   */
  async recover(waiting: readonly Waiting[]): Promise<void> {
    const { store, slack, channel, now } = this.#deps;
    const doubts = (await store.doubts()).filter(({ until }) => until > this.#kept.searchedUntil);
    if (doubts.length === 0) return;
    const searchedUntil = Math.max(...doubts.map(({ until }) => until));
    const from = Math.max(Math.min(...doubts.map((doubt) => doubt.from)), now() - SEARCH_BACK_MS);
    const place = { channel, threadTs: null };
    const found = (await slack.findEntries(place, seconds(from - CLOCKS_DIFFER_MS))).filter(
      ({ tag }) => tag.case === NOTICES_CASE && isNoticeId(tag.entry),
    );
    const known = new Set(this.all.map(({ id }) => id));
    const taken = found
      .filter(({ tag }, index) => {
        const isLast = found.findLastIndex((other) => other.tag.entry === tag.entry) === index;
        return isLast && !known.has(tag.entry);
      })
      .map(
        ({ ts, tag }): Notice => ({
          id: tag.entry,
          reason: '',
          channel,
          intendedAt: tag.at,
          ts,
          deleted: false,
          // A while is left for its cases to be looked at again before it is taken for settled.
          changedAt: now(),
          shows: '',
          cases: [],
        }),
      );
    this.#kept = { searchedUntil, open: [...this.all, ...taken] };
    this.recognize(waiting);
    await this.save();
  }

  /** Notices of which only the message was found get their words back when a case waits for the same again. */
  recognize(waiting: readonly Waiting[]): void {
    const reasons = new Map(waiting.map(({ reason }) => [noticeId(reason), reason]));
    const open = this.all.map((notice) =>
      notice.reason === '' ? { ...notice, reason: reasons.get(notice.id) ?? '' } : notice,
    );
    this.#kept = { ...this.#kept, open };
  }

  /** @param unsure the notice, where nobody knows whether it was posted. */
  async post({ reason, cases }: Waiting, message: Message, unsure: Notice | null): Promise<void> {
    const { slack, channel, stillOurs, now } = this.#deps;
    const there = unsure === null ? null : await this.#find(unsure);
    if (unsure !== null && there !== null) return this.#put({ ...unsure, ts: there });
    const notice: Notice = {
      id: noticeId(reason),
      reason,
      channel,
      intendedAt: now(),
      ts: null,
      deleted: false,
      changedAt: now(),
      shows: showsOf(cases),
      cases,
    };
    const atTurn = async () => {
      await this.#put({ ...notice, intendedAt: now() });
      stillOurs();
    };
    const ts = await slack
      .post({ channel, threadTs: null }, message, tagOf(notice.id, notice.intendedAt), 'now', atTurn)
      .catch(async (error: unknown) => {
        if (error instanceof SlackError && error.happened === 'no') await this.#forget(notice);
        throw error;
      });
    await this.#put({ ...notice, ts });
  }

  async update(notice: Notice, { cases }: Waiting, message: Message): Promise<void> {
    const end = await this.#show(notice, message, notice.id);
    if (end === 'lost') return this.#forget(notice);
    const changed = { changedAt: this.#deps.now(), shows: showsOf(cases), cases };
    await this.#put({ ...notice, ...changed, deleted: end === 'deleted' });
  }

  /** Says that it is settled, and forgets it: should the same happen again, that is news. */
  async settle(notice: Notice): Promise<void> {
    const ts = notice.ts ?? (await this.#find(notice));
    if (ts !== null && !notice.deleted) {
      await this.#show({ ...notice, ts }, renderSettled(notice.reason), settledId(notice.id));
    }
    await this.#forget(notice);
  }

  /** Remembers which cases wait for what has been said. */
  keepCases({ reason, cases }: Waiting): void {
    const open = this.all.map((notice) => (notice.reason === reason ? { ...notice, cases } : notice));
    this.#kept = { ...this.#kept, open };
  }

  async save(): Promise<void> {
    const text = JSON.stringify(this.#kept);
    if (text === this.#saved) return;
    await this.#deps.store.saveNote(NOTE, text);
    this.#saved = text;
  }

  async #show(notice: Notice, message: Message, id: string): Promise<'shown' | 'deleted' | 'lost'> {
    const { slack, stillOurs } = this.#deps;
    try {
      const tag = tagOf(id, notice.intendedAt);
      await slack.update(notice.channel, notice.ts ?? '', message, stillOurs, tag);
      return 'shown';
    } catch (error) {
      if (!(error instanceof SlackError)) throw error;
      if (error.kind === 'gone') return 'deleted';
      if (this.#isClosed(notice.channel, error)) return 'lost';
      throw error;
    }
  }

  /** What stands in the channel of an earlier SLACK_CHANNEL that is closed to us now is left: the new one is told. */
  #isClosed(channel: string, error: unknown): boolean {
    return error instanceof SlackError && error.kind === 'needs-person' && channel !== this.#deps.channel;
  }

  /** Null when it is not there. Throws while that cannot be said. */
  async #find({ id, channel, intendedAt }: Notice): Promise<string | null> {
    const { now, settlesWithinMs } = this.#deps;
    const place = { channel, threadTs: null };
    const found = await this.#deps.slack
      .findEntries(place, seconds(intendedAt - CLOCKS_DIFFER_MS))
      .catch((error: unknown) => {
        if (this.#isClosed(channel, error)) return [];
        throw error;
      });
    const there = found.findLast(({ tag }) => tag.case === NOTICES_CASE && tag.entry === id);
    if (there === undefined) refuseTooEarly(intendedAt, now(), settlesWithinMs);
    return there?.ts ?? null;
  }

  async #put(notice: Notice): Promise<void> {
    const others = this.all.filter(({ id }) => id !== notice.id);
    this.#kept = { ...this.#kept, open: [...others, notice] };
    await this.save();
  }

  async #forget(notice: Notice): Promise<void> {
    this.#kept = { ...this.#kept, open: this.all.filter(({ id }) => id !== notice.id) };
    await this.save();
  }
}

function tagOf(entry: string, at: number) {
  return { case: NOTICES_CASE, entry, part: 0, parts: 1, at };
}

function seconds(at: number): string {
  return (Math.max(0, at) / 1000).toFixed(6);
}
