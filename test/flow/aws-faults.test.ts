import assert from 'node:assert/strict';
import type { FaultOptions } from '../../src/sandbox/aws/faults.js';
import { count, onlyThread, toldTo } from '../world/reading.js';
import { ALICE, CHANNEL, startWorld, type World, type WorldOptions } from '../world/world.js';

describe('flow: AWS fails', () => {
  let world: World;
  let caseId: string;
  const start = async (options?: WorldOptions) => {
    world = await startWorld(options);
    ({ caseId } = world.aws.openCase({ subject: 'Faults', body: 'Opening.', displayId: '1234563851' }));
    await world.until(() => onlyThread(world.slack).texts.length === 1, 'the thread');
  };
  afterEach(() => world.stop());
  const reply = (text = 'My reply.') =>
    world.slack.command(world.botUrl, {
      command: '/support',
      text: `reply 1234563851 ${text}`,
      user: ALICE,
      channel: CHANNEL,
    });
  const told = (part: string) =>
    world.until(() => toldTo(world.slack, ALICE).some((text) => text.includes(part)), part);
  const times = (part: string) =>
    count(
      world.aws.case(caseId).communications.map((each) => each.body),
      part,
    );

  const PASSING: readonly (readonly [string, FaultOptions])[] = [
    ['throttles', { kind: 'throttle', times: 2 }],
    ['answers 500', { kind: 'status', status: 500 }],
    ['hangs up before', { kind: 'hangup-before' }],
    ['hangs up after', { kind: 'hangup-after' }],
  ];

  for (const [how, fault] of PASSING) {
    it(`shows the answer all the same when reading the case ${how}`, async () => {
      await start();
      const active = world.aws.fault('DescribeCases', fault);
      world.aws.reply(caseId, { from: 'aws', body: 'Answer.' });
      await world.until(() => onlyThread(world.slack).texts.length === 2, 'the answer');
      assert.ok(active.hits >= 1);
    });
  }

  // What AWS may have taken: test/flow/reply-faults.test.ts.
  it('has a reply exactly once, and the person knows, when AddCommunicationToCase throttles', async () => {
    await start();
    const active = world.aws.fault('AddCommunicationToCase', { kind: 'throttle', times: 2 });
    await reply();
    await told('AWS has your reply');
    await world.until(() => onlyThread(world.slack).texts.length === 2, 'the entry');
    assert.equal(times('My reply.'), 1);
    assert.equal(active.hits, 2);
    assert.match(onlyThread(world.slack).texts[1] ?? '', /^Alice Example, from Slack/);
    assert.equal(count(toldTo(world.slack, ALICE), 'AWS has your reply'), 1);
  });

  it('shows what AWS shows late, although its event came at once', async () => {
    await start({ aws: { showDelayMs: 300 } });
    world.aws.reply(caseId, { from: 'aws', body: 'Late answer.' });
    await world.until(() => onlyThread(world.slack).texts.length === 2, 'the answer');
  });

  const FINAL: readonly (readonly [string, FaultOptions, RegExp])[] = [
    [
      'has no permission',
      { kind: 'error', name: 'AccessDeniedException' },
      /may not call support:AddCommunicationToCase/,
    ],
    ['has no plan', { kind: 'error', name: 'SubscriptionRequiredException' }, /no support plan/],
    ['does not know the case', { kind: 'error', name: 'CaseIdNotFound' }, /no such case/],
  ];
  for (const [how, fault, reason] of FINAL) {
    it(`gives a reply back with its text and a button when the account ${how}`, async () => {
      await start();
      world.aws.fault('AddCommunicationToCase', fault);
      await reply('Words worth keeping.');
      await told('was not sent');
      const back = world.slack.ephemerals.find((each) => each.text.includes('was not sent'));
      assert.ok(back);
      assert.match(toldTo(world.slack, ALICE).join('\n'), reason);
      assert.match(toldTo(world.slack, ALICE).join('\n'), /Words worth keeping\./);
      assert.equal(times('Words worth keeping.'), 0);
      await world.slack.click(world.botUrl, { ephemeral: back, actionId: 'outbox_send_again', user: ALICE });
      await told('AWS has your reply');
      assert.equal(times('Words worth keeping.'), 1);
    });
  }

  it('gives a reply back when AWS takes nothing for long', async () => {
    await start();
    world.aws.fault('AddCommunicationToCase', { kind: 'throttle', times: 1_000 });
    await reply('Patience.');
    await told('not taking it at the moment');
    await told('was not sent');
    world.aws.clearFaults();
    assert.equal(times('Patience.'), 0);
  });

  for (const fault of [
    { kind: 'hangup-after' },
    { kind: 'status-after', status: 500 },
    { kind: 'throttle' },
  ] satisfies FaultOptions[]) {
    // What did not reach AWS, and what was undone meanwhile: test/flow/resolve-faults.test.ts.
    it(`resolves once and names the person when ResolveCase meets ${fault.kind}`, async () => {
      await start();
      world.aws.fault('ResolveCase', fault);
      await world.slack.command(world.botUrl, {
        command: '/support',
        text: 'resolve 1234563851',
        user: ALICE,
        channel: CHANNEL,
      });
      await told('is resolved.');
      await world.until(() => onlyThread(world.slack).texts.length === 2, 'the entry');
      await world.bridge.idle();
      assert.match(onlyThread(world.slack).texts[1] ?? '', /Resolved by Alice Example, from Slack/);
      assert.equal(count(onlyThread(world.slack).texts, 'Resolved'), 1);
      assert.equal(world.aws.callsOf('ResolveCase').length, fault.kind === 'throttle' ? 2 : 1);
    });
  }

  it('tells a person that a reply came back once Slack can be reached again, also after a restart', async () => {
    await start();
    world.aws.fault('AddCommunicationToCase', { kind: 'error', name: 'AccessDeniedException' });
    const held = world.aws.fault('DescribeCases', { kind: 'hold-before' });
    await reply('Not lost.');
    await held.reached;
    world.slack.down();
    held.release();
    await world.aws.until(() => world.aws.callsOf('AddCommunicationToCase').length === 1, {
      what: 'the refusal',
    });
    await world.restart();
    world.slack.up();
    await told('Not lost.');
    assert.match(toldTo(world.slack, ALICE).join('\n'), /was not sent/);
  });

  it('says that a case was resolved already, although AWS throttled the first try', async () => {
    await start();
    world.aws.resolve(caseId);
    await world.until(() => onlyThread(world.slack).texts.length === 2, 'the resolving');
    for (const fault of [{ kind: 'throttle' }, { kind: 'hangup-before' }] satisfies FaultOptions[]) {
      world.aws.fault('ResolveCase', fault);
      const before = count(toldTo(world.slack, ALICE), 'was resolved already');
      await world.slack.command(world.botUrl, {
        command: '/support',
        text: 'resolve 1234563851',
        user: ALICE,
        channel: CHANNEL,
      });
      await world.until(
        () => count(toldTo(world.slack, ALICE), 'was resolved already') > before,
        `the answer after ${fault.kind}`,
      );
    }
    assert.equal(count(onlyThread(world.slack).texts, 'Resolved'), 1);
  });

  it('never asks AWS more often than five times in a second, and lets people go first', async () => {
    await start({ aws: { callsPerSecond: 5 }, timing: { calls: { calls: 5, perMs: 1_050 } } });
    for (let i = 0; i < 8; i++) world.aws.openCase({ subject: `Many ${i}`, body: 'x' });
    await reply('Me first.');
    await told('AWS has your reply');
    await world.until(() => world.slack.threads(CHANNEL).length === 9, 'all threads');
    assert.deepEqual(
      world.aws.calls.filter((call) => call.result === 'ThrottlingException'),
      [],
    );
  });
});
