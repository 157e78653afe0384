import { CARD } from '../case/ledger-entry.js';
import type { FoundEntry, Slack } from '../slack/slack.js';
import { SlackError } from '../slack/slack-error.js';

export interface ChannelCardsDeps {
  readonly slack: Pick<Slack, 'readEntries' | 'findEntries'>;
  readonly now: () => number;
}

/** What is found of a case in a channel. */
export interface FoundThread {
  /** Of several the newest. */
  readonly card: FoundEntry | null;
  /** The newest thread whose first message was deleted, and that still holds entries of the case. */
  readonly formerTs: string | null;
  /** The entries in all such threads. */
  readonly remains: readonly FoundEntry[];
}

/** One look through a channel, from now back to `from`, which moves back as older cases ask. */
interface Scan {
  readonly startedAt: number;
  /** All from here on has been read, a `ts`; null before the first page. */
  from: string | null;
  /** Where a reading that is not at its end goes on. */
  reading: { readonly oldest: string; cursor: string | null } | null;
  /** The card of each case; of several the newest. */
  readonly cards: Map<string, FoundEntry>;
  readonly deletedRoots: Set<string>;
  readonly remains: Map<string, Promise<readonly FoundEntry[]>>;
  busy: Promise<void> | null;
  /** That a person has to do something before the channel can be read, and when Slack said so. */
  refused: { readonly at: number; readonly error: SlackError } | null;
}

/** As many as Slack gives at once (conversations.history). */
const PAGE = 999;
const STEP_MS = 30 * 86_400_000;
/** A scan is not older than this, where the doubt has not come to its end yet. */
const FRESH_MS = 5_000;
/** Where many cases look for their threads, a channel that cannot be read must not use up the readings of the others. */
const REFUSED_MS = 1_000;

/**
 * Finds the threads that a lost store knew of. Slack lets us read about fifty pages a minute, so all cases of a channel
 * share one look through it, and a look that Slack cut short goes on where it was.
 */
export class ChannelCards {
  readonly #deps: ChannelCardsDeps;
  readonly #scans = new Map<string, Scan>();

  constructor(deps: ChannelCardsDeps) {
    this.#deps = deps;
  }

  /**
   * @param caseText the case's key, as it stands in tags.
   * @param since nothing of the case is older (milliseconds since 1970).
   * @param lostUntil what was posted up to then must be seen: an earlier look does not do.
   */
  async find(channel: string, caseText: string, since: number, lostUntil: number): Promise<FoundThread> {
    const scan = this.#scan(channel, lostUntil);
    // In steps, so that cases of about the same age need no look of their own.
    const oldest = tsOf(Math.max(0, Math.floor(since / STEP_MS) * STEP_MS));
    while (scan.from === null || Number(scan.from) > Number(oldest)) {
      if (scan.refused !== null && Math.abs(this.#deps.now() - scan.refused.at) < REFUSED_MS)
        throw scan.refused.error;
      scan.busy ??= this.#readOn(channel, scan, oldest)
        .catch((error: unknown) => {
          if (error instanceof SlackError && error.kind === 'needs-person')
            scan.refused = { at: this.#deps.now(), error };
          throw error;
        })
        .finally(() => {
          scan.busy = null;
        });
      await scan.busy;
    }
    let formerTs: string | null = null;
    const remains: FoundEntry[] = [];
    for (const root of [...scan.deletedRoots].filter((ts) => Number(ts) >= since / 1000)) {
      const entries = (await this.#remains(channel, scan, root)).filter(({ tag }) => tag.case === caseText);
      if (entries.length > 0 && Number(root) > Number(formerTs ?? 0)) formerTs = root;
      remains.push(...entries);
    }
    return { card: scan.cards.get(caseText) ?? null, formerTs, remains };
  }

  #scan(channel: string, lostUntil: number): Scan {
    const known = this.#scans.get(channel);
    const now = this.#deps.now();
    const seen = lostUntil > now ? now - FRESH_MS : lostUntil;
    if (known !== undefined && known.startedAt >= seen) return known;
    const scan: Scan = {
      startedAt: now,
      from: null,
      reading: null,
      cards: new Map(),
      deletedRoots: new Set(),
      remains: new Map(),
      busy: null,
      refused: null,
    };
    this.#scans.set(channel, scan);
    return scan;
  }

  async #readOn(channel: string, scan: Scan, oldest: string): Promise<void> {
    // A reading that was begun is finished first: its cursor belongs to its bounds.
    scan.reading ??= { oldest, cursor: null };
    const { reading } = scan;
    const page = await this.#deps.slack.readEntries(
      { channel, threadTs: null },
      {
        oldest: reading.oldest,
        limit: PAGE,
        ...(scan.from === null ? {} : { latest: scan.from }),
        ...(reading.cursor === null ? {} : { cursor: reading.cursor }),
      },
    );
    for (const entry of page.entries) {
      const { tag, ts } = entry;
      const known = scan.cards.get(tag.case);
      if (tag.entry !== CARD || (known !== undefined && Number(known.ts) > Number(ts))) continue;
      scan.cards.set(tag.case, entry);
    }
    for (const root of page.deletedRoots) scan.deletedRoots.add(root);
    reading.cursor = page.next;
    if (page.next !== null) return;
    scan.from = reading.oldest;
    scan.reading = null;
  }

  #remains(channel: string, scan: Scan, root: string): Promise<readonly FoundEntry[]> {
    const known = scan.remains.get(root);
    if (known !== undefined) return known;
    const read = this.#deps.slack.findEntries({ channel, threadTs: root }, root).catch((error: unknown) => {
      scan.remains.delete(root);
      if (error instanceof SlackError && error.kind === 'gone') return [];
      throw error;
    });
    scan.remains.set(root, read);
    return read;
  }
}

function tsOf(ms: number): string {
  return (ms / 1000).toFixed(6);
}
