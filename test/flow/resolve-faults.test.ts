import assert from 'node:assert/strict';
import type { FaultOptions } from '../../src/sandbox/aws/faults.js';
import { shownText } from '../../src/sandbox/slack/start-slack.js';
import { count, onlyThread, toldTo } from '../world/reading.js';
import { ALICE, CHANNEL, startWorld, type World } from '../world/world.js';

const NOT_CONFIRMED = 'AWS did not confirm the resolving of';
const NOT_RESOLVED = 'the case is not resolved';

/** The case is resolved by one call that a person asked for, or they are told that it is not, with a button. */
describe('flow: the answer to a resolve is unclear', () => {
  let world: World;
  let caseId: string;
  beforeEach(async () => {
    world = await startWorld();
    ({ caseId } = world.aws.openCase({ subject: 'Faults', body: 'Opening.', displayId: '1234563851' }));
    await world.until(() => onlyThread(world.slack).texts.length === 1, 'the thread');
  });
  afterEach(() => world.stop());

  const resolve = () =>
    world.slack.command(world.botUrl, {
      command: '/support',
      text: 'resolve 1234563851',
      user: ALICE,
      channel: CHANNEL,
    });
  const status = () => world.aws.case(caseId).status;
  const attempts = () => world.aws.callsOf('ResolveCase').length;
  const told = async (part: string) => {
    const find = () => world.slack.ephemerals.findLast((each) => shownText(each).includes(part));
    await world.until(() => find() !== undefined, part);
    const found = find();
    assert.ok(found);
    return found;
  };
  const tryAgain = async (part: string) => {
    const back = await told(part);
    assert.match(JSON.stringify(back.blocks), /Try again/);
    return world.slack.click(world.botUrl, {
      ephemeral: back,
      actionId: 'outbox_send_again',
      user: ALICE,
    });
  };

  for (const fault of [{ kind: 'hangup-before' }, { kind: 'status', status: 500 }] satisfies FaultOptions[]) {
    it(`comes back, and one click resolves, when it meets ${fault.kind} before AWS has done it`, async () => {
      world.aws.fault('ResolveCase', fault);
      await resolve();
      await told(NOT_RESOLVED);
      assert.equal(attempts(), 1);
      assert.notEqual(status(), 'resolved');
      assert.equal(count(toldTo(world.slack, ALICE), NOT_CONFIRMED), 2);
      await tryAgain(NOT_RESOLVED);
      await told('is resolved.');
      assert.equal(attempts(), 2);
      await world.until(() => count(onlyThread(world.slack).texts, 'Resolved') === 1, 'the entry');
      assert.match(onlyThread(world.slack).texts[1] ?? '', /Resolved by Alice Example, from Slack/);
    });
  }

  for (const fault of [
    { kind: 'hangup-after' },
    { kind: 'status-after', status: 500 },
  ] satisfies FaultOptions[]) {
    it(`does not resolve again what a colleague has reopened, after ${fault.kind}`, async () => {
      let isReopened = false;
      world.aws.onChange(() => {
        if (isReopened || status() !== 'resolved') return;
        isReopened = true;
        world.aws.reply(caseId, { from: 'customer', body: 'Not over yet.' });
      });
      world.aws.fault('ResolveCase', fault);
      await resolve();
      await told('somebody has reopened it since');
      assert.equal(count(toldTo(world.slack, ALICE), 'is resolved.'), 0);
      await world.until(() => count(onlyThread(world.slack).texts, 'Not over yet.') === 1, 'their words');
      await world.restart();
      await world.bridge.idle();
      assert.equal(attempts(), 1);
      assert.equal(status(), 'reopened');
      // Whoever wants it resolved all the same says so.
      await tryAgain(NOT_RESOLVED);
      await told('is resolved.');
      assert.equal(attempts(), 2);
      assert.equal(status(), 'resolved');
    });
  }

  it('says on a click that somebody else has resolved it meanwhile', async () => {
    world.aws.fault('ResolveCase', { kind: 'hangup-before' });
    await resolve();
    await told(NOT_RESOLVED);
    world.aws.resolve(caseId);
    await world.until(() => count(onlyThread(world.slack).texts, 'Resolved') === 1, 'the entry');
    await tryAgain(NOT_RESOLVED);
    await told('was resolved already');
    await world.bridge.idle();
    assert.doesNotMatch(onlyThread(world.slack).texts.join('\n'), /Resolved by Alice/);
  });

  it('comes back with the reason when the bot may not look at the case', async () => {
    world.aws.fault('ResolveCase', { kind: 'hangup-before' });
    world.aws.fault('DescribeCases', { kind: 'error', name: 'AccessDeniedException', times: 1_000 });
    await resolve();
    const back = shownText(await told('may not read the case'));
    assert.match(back, /Look at the case in the AWS console before you try again/);
    assert.equal(attempts(), 1);
    world.aws.clearFaults();
    await tryAgain('may not read the case');
    await told('is resolved.');
  });
});
