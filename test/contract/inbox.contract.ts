/** What every inbox does with marks, whatever it keeps them in. Knows the port and nothing of any adapter. */
import type { Inbox, RunOptions } from '../../src/inbox/inbox.js';
import { until } from '../until.js';
import { Desk } from './inbox/desk.js';
import { endsContract } from './inbox/ends.js';
import { marksContract } from './inbox/marks.js';
import { outcomesContract } from './inbox/outcomes.js';

export interface InboxHarness {
  readonly inbox: Inbox;
  /** As after a kill: the inbox is cut off in the middle of its work, and a new one opened on the same storage. */
  crash(): Promise<InboxHarness>;
  /** Stops the inbox and removes what it kept. */
  close(): Promise<void>;
}

/** @param parkedMs how long a parked key rests before it is tried again. */
export type MakeInbox = (options: { readonly parkedMs: number }) => Promise<InboxHarness>;

/** The inbox of the test that is running, and the worker at it. */
export interface InboxBench {
  readonly inbox: Inbox;
  readonly desk: Desk;
  work(options?: number | RunOptions): void;
  /** From here on another inbox is used, whose parked keys rest for so long. */
  restFor(parkedMs: number): Promise<void>;
  /** After this the desk is empty, and nobody works. */
  crash(): Promise<void>;
  /** Waits until nothing is marked or in work any more. */
  empty(): Promise<void>;
}

/** Longer than any test: what happens in a test happens for another reason. */
export const NEVER_MS = 3_600_000;

export function inboxContract(name: string, make: MakeInbox): void {
  describe(`inbox contract: ${name}`, () => {
    let harness: InboxHarness;
    let desk: Desk;
    beforeEach(async () => {
      harness = await make({ parkedMs: NEVER_MS });
      desk = new Desk();
    });
    afterEach(() => harness.close());

    const bench: InboxBench = {
      get inbox() {
        return harness.inbox;
      },
      get desk() {
        return desk;
      },
      work: (options = 4) =>
        harness.inbox.run(desk.handler, typeof options === 'number' ? { concurrency: options } : options),
      async restFor(parkedMs) {
        await harness.close();
        harness = await make({ parkedMs });
      },
      async crash() {
        harness = await harness.crash();
        desk = new Desk();
      },
      empty: () =>
        until(async () => {
          const { waiting, working, parked } = await harness.inbox.stats();
          return waiting + working + parked === 0;
        }, 'an empty inbox'),
    };

    describe('marks', () => marksContract(bench));
    describe('outcomes', () => outcomesContract(bench));
    describe('its end and its beginning', () => endsContract(bench));
  });
}
