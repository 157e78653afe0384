import { passesByItself, SupportError } from './support-error.js';

/** A list that AWS gives per account, and that changes rarely: asked for once a day, whoever needs it. */
export interface KeptListDeps<T> {
  /** What its notes are called. */
  readonly name: string;
  /** Rejects when AWS does not say. */
  readonly ask: (account: string) => Promise<readonly T[]>;
  /** Over restarts, and for all replicas: the store's notes. */
  readonly shared: {
    note(name: string): Promise<string | null>;
    saveNote(name: string, value: string | null): Promise<void>;
  };
  /** An account's list is there now, for the first time as far as anybody remembers. */
  readonly onKnown?: (account: string) => void;
  readonly now: () => number;
  /** Does something so many milliseconds later, if the process still runs. Not there: asked again when somebody comes. */
  readonly later?: (ms: number, work: () => void) => void;
  /** How long those who must not be held up are held up by a list that is not known yet; a second unless given. */
  readonly waitMs?: number;
}

interface Kept<T> {
  readonly list: readonly T[];
  /** When AWS gave it. */
  readonly at: number;
}

interface Known<T> {
  kept: Kept<T> | null;
  /** When AWS refused or did not answer, if it was not asked with success since; and for how long it is not asked again. */
  failed: { readonly at: number; readonly restMs: number } | null;
  /** How often in a row for a reason that passes by itself. */
  passing: number;
  asking: Promise<readonly T[]> | null;
  askingSince: number;
  /** Whether somebody had to do without, or may have, before a restart. */
  isMissed: boolean;
}

const FRESH_MS = 24 * 3_600_000;
/** Permissions and plans are put right by people: soon enough for them, and rarely enough for AWS. */
const ASK_AGAIN_MS = 600_000;
/** A call that was throttled, or found no way, may go well soon, and cards wait for the names. Doubled each time. */
const PASSES_MS = 5_000;
const WAIT_MS = 1_000;

export class KeptList<T> {
  readonly #deps: KeptListDeps<T>;
  readonly #known = new Map<string, Known<T>>();

  constructor(deps: KeptListDeps<T>) {
    this.#deps = deps;
  }

  /** What is in memory, be it of yesterday; null where nothing is. */
  known(account: string): readonly T[] | null {
    return this.#known.get(account)?.kept?.list ?? null;
  }

  /**
   * For what must not be held up: the list, be it of yesterday, and an empty one where AWS does not say within a second.
   * Never rejects.
   */
  async soon(account: string): Promise<readonly T[]> {
    const known = this.#of(account);
    const asking = this.#askIfDue(account, known);
    if (known.kept === null && asking !== null) {
      const { now, waitMs = WAIT_MS } = this.#deps;
      // Whoever comes while it takes long already does not wait once more.
      await settled(asking, waitMs - (now() - known.askingSince));
    }
    known.isMissed ||= known.kept === null;
    return known.kept?.list ?? [];
  }

  /** For a person who has to choose from it: waits for AWS where nothing is known. Rejects with what AWS says. */
  async sure(account: string): Promise<readonly T[]> {
    const known = this.#of(account);
    const asking = this.#askIfDue(account, known);
    if (known.kept !== null) return known.kept.list;
    // A person who tries again may just have put right what was wrong.
    return asking ?? this.#ask(account, known);
  }

  /** Asks again for what had to be done without, where it is time to. */
  retry(): void {
    for (const [account, known] of this.#known) if (known.isMissed) this.#askIfDue(account, known);
  }

  #of(account: string): Known<T> {
    let known = this.#known.get(account);
    if (known === undefined) {
      known = { kept: null, failed: null, passing: 0, asking: null, askingSince: 0, isMissed: false };
      this.#known.set(account, known);
    }
    return known;
  }

  /** What is under way; null where nothing has to be asked now. */
  #askIfDue(account: string, known: Known<T>): Promise<readonly T[]> | null {
    const { asking, failed, kept } = known;
    if (asking !== null) return asking;
    const now = this.#deps.now();
    if (kept !== null && isWithin(kept.at, now, FRESH_MS)) return null;
    if (failed !== null && isWithin(failed.at, now, failed.restMs)) return null;
    return this.#ask(account, known);
  }

  #ask(account: string, known: Known<T>): Promise<readonly T[]> {
    known.askingSince = this.#deps.now();
    const asking = this.#read(account, known).then(
      (list) => {
        const { isMissed } = known;
        Object.assign(known, { failed: null, passing: 0, asking: null, isMissed: false });
        if (isMissed) this.#deps.onKnown?.(account);
        return list;
      },
      (error: unknown) => {
        const passing = error instanceof SupportError && passesByItself(error) ? known.passing + 1 : 0;
        const restMs = passing === 0 ? ASK_AGAIN_MS : Math.min(PASSES_MS * 2 ** (passing - 1), ASK_AGAIN_MS);
        Object.assign(known, { failed: { at: this.#deps.now(), restMs }, passing, asking: null });
        // Nobody else may come for a long time, and a card stands there without names.
        if (passing > 0) this.#deps.later?.(restMs, () => this.retry());
        throw error;
      },
    );
    known.asking = asking;
    // Not everybody who begins it waits for it.
    asking.catch(() => undefined);
    return asking;
  }

  async #read(account: string, known: Known<T>): Promise<readonly T[]> {
    const { name, ask, shared, now } = this.#deps;
    const note = `${name}-${account}`;
    const noted = await shared.note(note).then(
      (text) => (text === null ? null : (JSON.parse(text) as Kept<T>)),
      () => null,
    );
    // An old one serves while AWS is asked, and where it refuses.
    if (noted !== null && (known.kept === null || noted.at > known.kept.at)) known.kept = noted;
    if (noted !== null && isWithin(noted.at, now(), FRESH_MS)) return noted.list;
    if (noted === null && known.kept === null) known.isMissed = true;
    const kept = { at: now(), list: await ask(account) };
    known.kept = kept;
    // The store says itself that it cannot be written to.
    await shared.saveNote(note, JSON.stringify(kept)).catch(() => undefined);
    return kept.list;
  }
}

/** A time that is ahead was written down by a clock that has been set back since. */
function isWithin(at: number, now: number, ms: number): boolean {
  return at <= now && now - at < ms;
}

/** When it has ended, however, or the time is over. */
async function settled(asked: Promise<unknown>, withinMs: number): Promise<void> {
  if (withinMs <= 0) return;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, withinMs);
  });
  await Promise.race([asked.catch(() => undefined), late]);
  clearTimeout(timer);
}
