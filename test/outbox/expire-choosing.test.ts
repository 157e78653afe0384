import assert from 'node:assert/strict';
import { createTeller } from '../../src/commands/tell.js';
import { expireSecrets } from '../../src/outbox/guard.js';
import type { OutboxMessage } from '../../src/store/outbox-message.js';
import { message } from '../contract/store/samples.js';

describe('what nobody has chosen a case for within a day', () => {
  /** What is left of it, and what its sender reads directly. */
  const expired = async (held: OutboxMessage) => {
    let kept = held;
    const told: string[] = [];
    await expireSecrets({
      store: {
        waitingForClick: async () => [kept],
        async changeOutbox(_, from, change) {
          assert.deepEqual(from, ['choosing']);
          kept = { ...kept, ...change };
          return true;
        },
      },
      mark: async () => undefined,
      now: Date.now,
    });
    const slack = { postDirect: async (_: string, { text }: { text: string }) => void told.push(text) };
    const deps = {
      store: { getCase: async () => null },
      slack,
      accountToName: () => null,
      respond: async () => undefined,
    };
    const teller = createTeller(deps as unknown as Parameters<typeof createTeller>[0]);
    if (!kept.told) await teller.ended(kept, () => undefined);
    return { kept, told };
  };
  const held = (change: Partial<OutboxMessage>) =>
    message({ state: 'choosing', asks: 'case', told: true, displayId: '5555555555', ...change });

  it('goes back to whoever wrote it, and nowhere else', async () => {
    const { kept, told } = await expired(held({ text: 'My words.' }));
    assert.equal(kept.state, 'cancelled');
    assert.match(told.join(), /which case 5555555555 was meant, so your text was \*not sent\*/);
  });

  it('is gone without a word where there are no words', async () => {
    const { kept, told } = await expired(held({ kind: 'resolve', text: '' }));
    assert.deepEqual([kept.state, told], ['cancelled', []]);
  });
});
