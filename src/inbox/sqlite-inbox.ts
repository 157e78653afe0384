import { STANDING_LEASE } from '../lease/lease.js';
import type { Database } from '../sqlite/database.js';
import {
  groupOf,
  type Handler,
  type Inbox,
  type InboxStats,
  keysByGroup,
  OVERDUE_MS,
  type Parked,
  type RunOptions,
} from './inbox.js';
import type { Outcome } from './outcome.js';
import { AGAIN_AFTER_MS, outcomeOf } from './outcome-of.js';

export interface SqliteInboxOptions {
  readonly db: Database;
  /** Several inboxes share one table. */
  readonly queue: string;
  readonly now: () => number;
  /** How long a parked key rests before it is tried again. */
  readonly parkedMs: number;
}

/** What stays of a key that is marked, for as long as it is. */
interface Mark {
  readonly key: string;
  readonly generation: number;
  readonly attempts: number;
  readonly since: number;
}

const LONGEST_TIMER_MS = 60_000;

/**
 * The inbox of a single process. Marks are rows; which keys are in work only this process knows, so nothing has to be
 * taken back after a crash: a row goes away only when its work is done.
 */
export class SqliteInbox implements Inbox {
  readonly #options: SqliteInboxOptions;
  readonly #working = new Map<string, Promise<void>>();
  #handler: Handler | null = null;
  #limits: RunOptions = { concurrency: 0 };
  #timer: NodeJS.Timeout | null = null;
  #pumpPlanned = false;
  #stopped = false;

  constructor(options: SqliteInboxOptions) {
    this.#options = options;
  }

  async mark(key: string, after = 0): Promise<void> {
    await this.#options.db.write(() => this.markNow(key, after));
  }

  /** {@link mark} as part of a write that is already under way, so that it is kept or lost together with it. */
  markNow(key: string, after = 0): void {
    const { db, queue, now } = this.#options;
    const due = now() + after;
    db.run(
      `INSERT INTO marks (queue, key, generation, due, attempts, since) VALUES (?, ?, 1, ?, 0, ?)
       ON CONFLICT (queue, key) DO UPDATE SET
         generation = generation + 1, due = min(due, excluded.due), parked = NULL`,
      queue,
      key,
      due,
      now(),
    );
    db.afterCommit(() => this.#planPump());
  }

  run(handler: Handler, limits: RunOptions): void {
    this.#handler = handler;
    this.#limits = limits;
    this.#planPump();
  }

  async stats(): Promise<InboxStats> {
    // A parked key that is being tried again is in work and still parked.
    const row = this.#options.db.get(
      `SELECT count(parked) AS parked,
         count(*) FILTER (WHERE parked IS NULL AND key NOT IN (SELECT value FROM json_each(?2))) AS waiting
       FROM marks WHERE queue = ?1`,
      this.#options.queue,
      JSON.stringify([...this.#working.keys()]),
    );
    return {
      waiting: Number(row?.waiting ?? 0),
      working: this.#working.size,
      parked: Number(row?.parked ?? 0),
    };
  }

  async parked(): Promise<readonly Parked[]> {
    return this.#options.db
      .all(
        'SELECT key, parked, since FROM marks WHERE queue = ? AND parked IS NOT NULL ORDER BY since',
        this.#options.queue,
      )
      .map((row) => ({
        key: String(row.key),
        reason: String(row.parked),
        since: Number(row.since),
      }));
  }

  async marked(keys: readonly string[]): Promise<ReadonlySet<string>> {
    const rows = this.#options.db.all(
      'SELECT key FROM marks WHERE queue = ? AND key IN (SELECT value FROM json_each(?))',
      this.#options.queue,
      JSON.stringify(keys),
    );
    return new Set(rows.map((row) => String(row.key)));
  }

  async stop(graceMs: number): Promise<void> {
    this.#stopped = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    if (this.#working.size === 0) return;
    let timer: NodeJS.Timeout | undefined;
    const grace = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, graceMs);
    });
    await Promise.race([Promise.all(this.#working.values()), grace]);
    clearTimeout(timer);
  }

  #planPump(): void {
    if (this.#pumpPlanned || this.#stopped || this.#handler === null) return;
    this.#pumpPlanned = true;
    setImmediate(() => {
      this.#pumpPlanned = false;
      this.#pump();
    });
  }

  /** Takes up what is due, as far as there are free workers, and sleeps until the next key is due. */
  #pump(): void {
    const handler = this.#handler;
    if (this.#stopped || handler === null) return;
    const { concurrency, reserved = 0 } = this.#limits;
    // One moment for all questions: a key that falls due between them would be asked for by none.
    const moment = this.#options.now();
    const take = (mark: Mark) => this.#working.set(mark.key, this.#work(handler, mark));
    if (reserved > 0) for (const mark of this.#due(moment - OVERDUE_MS, concurrency)) take(mark);
    for (const mark of this.#due(moment, concurrency - reserved)) take(mark);
    if (this.#working.size < concurrency) this.#sleep(moment);
  }

  /** What was due by then, the longest due first, as far as that many workers leave somebody free, and its group as well. */
  *#due(by: number, workers: number): Iterable<Mark> {
    const { db, queue } = this.#options;
    const { perGroup = workers } = this.#limits;
    const busy = keysByGroup(this.#working.keys());
    // Each round leaves out one group more at the least.
    for (let isLeft = true; isLeft && this.#working.size < workers; ) {
      const full = [...busy].filter(([, keys]) => keys >= perGroup).map(([group]) => group);
      const rows = db.all(
        `SELECT key, generation, attempts, since FROM marks
         WHERE queue = ? AND due <= ? AND key NOT IN (SELECT value FROM json_each(?))
           AND substr(key, 1, instr(key || '/', '/') - 1) NOT IN (SELECT value FROM json_each(?))
         ORDER BY due LIMIT ?`,
        queue,
        by,
        JSON.stringify([...this.#working.keys()]),
        JSON.stringify(full),
        workers - this.#working.size,
      );
      isLeft = false;
      for (const row of rows) {
        const key = String(row.key);
        const keys = busy.get(groupOf(key)) ?? 0;
        isLeft ||= keys >= perGroup;
        if (keys >= perGroup) continue;
        busy.set(groupOf(key), keys + 1);
        yield {
          key,
          generation: Number(row.generation),
          attempts: Number(row.attempts),
          since: Number(row.since),
        };
      }
    }
  }

  #sleep(moment: number): void {
    const { db, queue, now } = this.#options;
    const next = db.get('SELECT min(due) AS due FROM marks WHERE queue = ? AND due > ?', queue, moment)?.due;
    if (this.#timer !== null) clearTimeout(this.#timer);
    if (typeof next !== 'number') return;
    // Never longer than a minute: a clock that is set back must not put marks to sleep for hours.
    this.#timer = setTimeout(() => this.#pump(), Math.min(Math.max(1, next - now()), LONGEST_TIMER_MS));
  }

  async #work(handler: Handler, mark: Mark): Promise<void> {
    const { key, attempts, since } = mark;
    const outcome = await outcomeOf(handler, { key, attempt: attempts, since, lease: STANDING_LEASE });
    try {
      await this.#options.db.write(() => this.#finish(mark, outcome));
    } catch {
      // The disk refused: the mark is still there, so the work is done again, and the work is safe to repeat.
      await new Promise((resolve) => setTimeout(resolve, 1_000));
    }
    this.#working.delete(key);
    this.#planPump();
  }

  /** Every statement repeats the generation: a mark that came meanwhile stays, due at once. */
  #finish({ key, generation }: Mark, outcome: Outcome): void {
    const { db, queue, now, parkedMs } = this.#options;
    switch (outcome.outcome) {
      case 'done': {
        const due = outcome.next === undefined ? null : now() + outcome.next;
        const removed =
          due === null
            ? db.run(
                'DELETE FROM marks WHERE queue = ? AND key = ? AND generation = ?',
                queue,
                key,
                generation,
              )
            : db.run(
                `UPDATE marks SET due = ?, since = ?, attempts = 0, parked = NULL
                 WHERE queue = ? AND key = ? AND generation = ?`,
                due,
                due,
                queue,
                key,
                generation,
              );
        if (removed === 0) {
          db.run('UPDATE marks SET attempts = 0, since = ? WHERE queue = ? AND key = ?', now(), queue, key);
        }
        return;
      }
      case 'again':
        db.run('UPDATE marks SET attempts = attempts + 1 WHERE queue = ? AND key = ?', queue, key);
        db.run(
          'UPDATE marks SET due = ?, parked = NULL WHERE queue = ? AND key = ? AND generation = ?',
          now() + (outcome.after ?? AGAIN_AFTER_MS),
          queue,
          key,
          generation,
        );
        return;
      case 'park':
        db.run(
          'UPDATE marks SET attempts = attempts + 1, due = ?, parked = ? WHERE queue = ? AND key = ? AND generation = ?',
          now() + parkedMs,
          outcome.reason,
          queue,
          key,
          generation,
        );
        return;
    }
  }
}
