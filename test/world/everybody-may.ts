import type { PermitDeps } from '../../src/commands/permit.js';

/** For tests that are about something else: everybody is in the channel with cases, and no rule says anything. */
export const EVERYBODY_MAY: PermitDeps = {
  permissions: () => ({ administrators: [], rules: [] }),
  people: {
    kindOf: async () => 'person',
    inGroup: async () => new Set(),
    inChannel: async () => ({ has: () => true }) as unknown as ReadonlySet<string>,
    inChannelNow: async () => ({ has: () => true }) as unknown as ReadonlySet<string>,
    seenIn: () => undefined,
    whyNot: () => null,
  },
  threadChannelOf: () => 'C0CASES0001',
  caseChannels: () => ['C0CASES0001'],
};
