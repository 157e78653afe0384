import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { OutboxState } from '../../../src/store/outbox-message.js';
import { anyText } from '../../any-text.js';
import type { StoreBench } from '../store.contract.js';
import { key, message, sorted } from './samples.js';

/** Whether the sender still has to do something with it, once the person has been told. */
const UNFINISHED: Record<OutboxState, boolean> = {
  choosing: false,
  asking: false,
  queued: true,
  sending: true,
  'in-doubt': true,
  sent: false,
  seen: false,
  failed: false,
  void: false,
  cancelled: false,
};
const STATES = Object.keys(UNFINISHED) as OutboxState[];

export function outboxContract(bench: StoreBench): void {
  it('gives a message back whole, also after being opened again', async () => {
    const reply = message({
      reason: 'why',
      attemptedAt: 5,
      attempts: 2,
      looks: 3,
      mayReopen: true,
      wasResolved: true,
    });
    const resolve = message({ kind: 'resolve', text: '', responseUrl: null, told: true, state: 'sent' });
    assert.equal(await bench.store.addToOutbox(reply), true);
    assert.equal(await bench.store.addToOutbox(resolve), true);
    await bench.reopen();
    assert.deepEqual(await bench.store.getFromOutbox(reply.reference), reply);
    assert.deepEqual(await bench.store.getFromOutbox(resolve.reference), resolve);
    assert.deepEqual(sorted((await bench.store.caseFile(key())).outbox), sorted([reply, resolve]));
    assert.equal(await bench.store.getFromOutbox('unknown'), null);
    assert.equal(await bench.store.getFromOutbox('__proto__'), null);
  });

  it('keeps the words of a person to the letter, whatever they hold', async () => {
    await fc.assert(
      fc.asyncProperty(anyText(), async (text) => {
        const reply = message({ text });
        await bench.store.addToOutbox(reply);
        assert.equal((await bench.store.getFromOutbox(reply.reference))?.text, text);
      }),
      { numRuns: 50, examples: [['a\0b'], ['line\r\nline\u2028'], ['🧵'.repeat(3_000)]] },
    );
  });

  it('keeps the first of two messages for the same request', async () => {
    const first = message({ request: 'the same', text: 'first' });
    const second = message({ request: 'the same', text: 'second' });
    assert.equal(await bench.store.addToOutbox(first), true);
    assert.equal(await bench.store.addToOutbox(second), false);
    await bench.reopen();
    assert.equal(await bench.store.addToOutbox(second), false);
    assert.equal(await bench.store.getFromOutbox(second.reference), null);
    assert.deepEqual((await bench.store.caseFile(key())).outbox, [first]);
    assert.deepEqual(await bench.store.getRequested('the same'), first);
    assert.equal(await bench.store.getRequested('another'), null);
  });

  it('keeps one when the same request comes many times at once', async () => {
    const kept = await Promise.all(
      Array.from({ length: 10 }, () => bench.store.addToOutbox(message({ request: 'the same' }))),
    );
    assert.equal(kept.filter(Boolean).length, 1);
    assert.equal((await bench.store.caseFile(key())).outbox.length, 1);
  });

  it('moves a message to the case that is chosen for it, once', async () => {
    const [one, two, alias] = [key('one'), key('two'), key('alias')];
    const held = message({ key: one, state: 'choosing', told: true });
    await bench.store.addToOutbox(held);
    await bench.store.saveAlias(alias, two);
    const chosen = await Promise.all(
      [alias, one].map((to) =>
        bench.store.changeOutbox(held.reference, ['choosing'], { key: to, state: 'queued', told: false }),
      ),
    );
    assert.equal(chosen.filter(Boolean).length, 1);
    await bench.reopen();
    const now = chosen[0] ? two : one;
    const other = chosen[0] ? one : two;
    const moved = { ...held, key: now, state: 'queued' as const, told: false };
    assert.deepEqual(await bench.store.getFromOutbox(held.reference), moved);
    assert.deepEqual(await bench.store.unfinished(now), [moved]);
    assert.deepEqual((await bench.store.caseFile(now)).outbox, [moved]);
    assert.deepEqual(await bench.store.casesWithUnfinished(), [now]);
    assert.deepEqual((await bench.store.caseFile(other)).outbox, []);
    assert.deepEqual(await bench.store.getRequested(held.request), moved);
  });

  it('changes a message that is in one of the states, and nothing else of it', async () => {
    const reply = message({ state: 'sending' });
    await bench.store.addToOutbox(reply);
    const change = { state: 'in-doubt', looks: 1, attemptedAt: 9, reason: 'no answer' } as const;
    assert.equal(await bench.store.changeOutbox(reply.reference, ['queued', 'sending'], change), true);
    await bench.reopen();
    assert.deepEqual(await bench.store.getFromOutbox(reply.reference), { ...reply, ...change });
  });

  it('leaves a message alone that is in another state, or is not there', async () => {
    const reply = message({ state: 'cancelled' });
    await bench.store.addToOutbox(reply);
    assert.equal(
      await bench.store.changeOutbox(reply.reference, ['asking', 'failed'], { state: 'queued' }),
      false,
    );
    assert.equal(await bench.store.changeOutbox(reply.reference, [], { text: 'changed' }), false);
    assert.equal(await bench.store.changeOutbox('unknown', STATES, { state: 'queued' }), false);
    assert.deepEqual(await bench.store.getFromOutbox(reply.reference), reply);
  });

  it('lets one of many win who want to change the same message at once', async () => {
    const reply = message({ state: 'queued' });
    await bench.store.addToOutbox(reply);
    const won = await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        bench.store.changeOutbox(reply.reference, ['queued'], { state: 'sending', attempts: index + 1 }),
      ),
    );
    assert.equal(won.filter(Boolean).length, 1);
    assert.equal((await bench.store.getFromOutbox(reply.reference))?.attempts, won.indexOf(true) + 1);
  });

  it('lists of a case what is not at its end or not told, oldest first', async () => {
    const expected: string[] = [];
    const all = STATES.flatMap((state) => [message({ state, told: true }), message({ state, told: false })]);
    for (const each of all) if (UNFINISHED[each.state] || !each.told) expected.push(each.reference);
    // Kept in another order than they were made in.
    for (const each of [...all].reverse()) await bench.store.addToOutbox(each);
    await bench.store.addToOutbox(message({ key: key('case-other') }));
    assert.deepEqual(
      (await bench.store.unfinished(key())).map((each) => each.reference),
      expected,
    );
    assert.equal((await bench.store.caseFile(key())).outbox.length, all.length);
  });

  it('drops a message from that list once it is at its end and told', async () => {
    const reply = message({ state: 'sending', told: true });
    await bench.store.addToOutbox(reply);
    assert.deepEqual(await bench.store.unfinished(key()), [reply]);
    await bench.store.changeOutbox(reply.reference, ['sending'], { state: 'sent', told: false });
    assert.equal((await bench.store.unfinished(key())).length, 1);
    await bench.store.changeOutbox(reply.reference, ['sent'], { told: true });
    assert.deepEqual(await bench.store.unfinished(key()), []);
    assert.deepEqual(await bench.store.casesWithUnfinished(), []);
  });

  it('names each case with something unfinished once, also after being opened again', async () => {
    for (const caseId of ['a', 'a', 'b']) await bench.store.addToOutbox(message({ key: key(caseId) }));
    await bench.store.addToOutbox(message({ key: key('ended'), state: 'seen', told: true }));
    await bench.reopen();
    assert.deepEqual(sorted(await bench.store.casesWithUnfinished()), sorted([key('a'), key('b')]));
  });

  it('lists what has waited for a click since before a moment, oldest first', async () => {
    const at = (createdAt: number, change: Partial<Parameters<typeof message>[0]> = {}) =>
      message({ createdAt, ...change });
    const asked = at(200, { state: 'asking', asks: 'secrets', told: true });
    const failed = at(100, { state: 'failed', told: true });
    const choosing = at(250, { state: 'choosing', told: true });
    const late = at(300, { state: 'asking', told: true });
    const sent = at(100, { state: 'sent', told: true });
    for (const each of [asked, failed, choosing, late, sent]) await bench.store.addToOutbox(each);
    await bench.reopen();
    assert.deepEqual(await bench.store.waitingForClick(300), [failed, asked, choosing]);
    assert.deepEqual(await bench.store.waitingForClick(100), []);
    await bench.store.changeOutbox(asked.reference, ['asking'], { state: 'cancelled' });
    await bench.store.changeOutbox(choosing.reference, ['choosing'], { state: 'queued' });
    // There was news of it.
    await bench.store.changeOutbox(failed.reference, ['failed'], { createdAt: 400 });
    await bench.store.changeOutbox(sent.reference, ['sent'], { state: 'failed' });
    assert.deepEqual(
      (await bench.store.waitingForClick(300)).map((each) => each.reference),
      [sent.reference],
    );
  });
}
