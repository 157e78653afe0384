/** What every store has to keep, whatever it keeps it in. Knows the port and nothing of any adapter. */
import assert from 'node:assert/strict';
import type { Store } from '../../src/store/store.js';
import { aliasesContract } from './store/aliases.js';
import { auditContract } from './store/audit.js';
import { callsContract } from './store/calls.js';
import { doubtsContract } from './store/doubts.js';
import { factsContract } from './store/facts.js';
import { forgetContract } from './store/forget.js';
import { ledgerContract } from './store/ledger.js';
import { notesContract } from './store/notes.js';
import { outboxContract } from './store/outbox.js';
import { peopleContract } from './store/people.js';
import { recordsContract } from './store/records.js';
import { requestsContract } from './store/requests.js';
import { wordsContract } from './store/words.js';

export interface StoreHarness {
  readonly store: Store;
  /** The keys that were marked since this was asked last. */
  marked(): Promise<readonly string[]>;
  /** Closes the store and opens it again on the same storage. */
  reopen(): Promise<StoreHarness>;
  /** Closes the store, if it is still open, and removes what it kept. */
  close(): Promise<void>;
}

/** The store of the test that is running. */
export interface StoreBench {
  readonly store: Store;
  marked(): Promise<readonly string[]>;
  reopen(): Promise<void>;
}

export function storeContract(name: string, make: () => Promise<StoreHarness>): void {
  describe(`store contract: ${name}`, () => {
    let harness: StoreHarness;
    beforeEach(async () => {
      harness = await make();
    });
    afterEach(() => harness.close());

    const bench: StoreBench = {
      get store() {
        return harness.store;
      },
      marked: () => harness.marked(),
      async reopen() {
        harness = await harness.reopen();
      },
    };

    describe('facts', () => factsContract(bench));
    describe('calls', () => callsContract(bench));
    describe('aliases', () => aliasesContract(bench));
    describe('records of cases', () => recordsContract(bench));
    describe('ledger', () => ledgerContract(bench));
    describe('outbox', () => outboxContract(bench));
    describe('words', () => wordsContract(bench));
    describe('people', () => peopleContract(bench));
    describe('requests', () => requestsContract(bench));
    describe('notes', () => notesContract(bench));
    describe('doubts', () => doubtsContract(bench));
    describe('audit trail', () => auditContract(bench));
    describe('forgetting', () => forgetContract(bench));

    describe('health', () => {
      it('is well while it can be written to', async () => {
        await bench.store.check();
      });

      it('is not well once it is closed', async () => {
        await bench.store.close();
        await assert.rejects(bench.store.check());
      });
    });
  });
}
