import assert from 'node:assert/strict';
import type { Account } from '../../src/case/account.js';
import { shownText } from '../../src/sandbox/slack/start-slack.js';
import { quiet } from '../world/quiet.js';
import { caseThreads, count, notices, toldTo } from '../world/reading.js';
import { ACCOUNT, ALICE, CHANNEL, startWorld, type World, type WorldOptions } from '../world/world.js';

const MEMBER = '444455556666';
const ROLE = `arn:aws:iam::${MEMBER}:role/casethread`;
const ACCOUNTS = [ACCOUNT, MEMBER].map((id) => ({
  id,
  accessKeyId: `AKIACASETHREAD${id.slice(0, 6)}`,
  secretAccessKey: `secret-of-${id}`,
}));

function account(id: string, more: Partial<Account> = {}): Account {
  const plain = { alias: null, role: null, externalId: null, plan: null, endpoints: [] };
  return { ...plain, partition: 'aws', id, ...more };
}

const BOTH = [account(ACCOUNT), account(MEMBER, { role: ROLE })];

describe('flow: several accounts', () => {
  let world: World;
  const start = async (accounts: readonly Account[], options: WorldOptions = {}) => {
    world = await startWorld({
      ...options,
      aws: { accounts: ACCOUNTS },
      file: { accounts, unlisted: 'follow' },
      timing: { sweepMs: 100, ...options.timing },
    });
    world.aws.addRole({ arn: ROLE, trusts: ACCOUNT });
    await world.restart({ AWS_ENDPOINT_URL_STS: world.aws.url });
    return world;
  };
  afterEach(async () => {
    await world.stop();
    delete process.env.AWS_ENDPOINT_URL_STS;
  });

  const thread = (subject: string) =>
    caseThreads(world.slack).find(({ card }) => shownText(card).includes(subject));
  const texts = (subject: string) => thread(subject)?.replies.map((reply) => shownText(reply)) ?? [];
  const card = (subject: string) => shownText(thread(subject)?.card ?? assert.fail(`no card of ${subject}`));
  const ready = async () => {
    const answer = await fetch(`${world.botUrl}/readyz`);
    world.slack.nudge();
    const { sweep } = (await answer.json()) as {
      sweep: { ok: boolean; state: string; failing: number; problem: string | null };
    };
    return { status: answer.status, ...sweep };
  };
  const logged = (event: string) =>
    world.log
      .map((line) => JSON.parse(line) as Record<string, unknown>)
      .filter((line) => line.event === event);

  describe('of which one fails', () => {
    it('are not held up by it, however many of its cases wait for an answer', async () => {
      const { aws, until } = await start(BOTH, { timing: { sweepMs: 0 } });
      const isOfMember = (call: { operation: string; account: string }) => call.account === MEMBER;
      aws.fault('DescribeCases', { kind: 'hold-before', times: 1_000, when: isOfMember });
      for (let n = 0; n < 120; n++) aws.openCase({ account: MEMBER, subject: `Held ${n}`, body: 'x' });
      await until(() => aws.callsOf('DescribeCases').length > 0, 'calls that are not answered');
      await world.bridge.idle();
      aws.openCase({ subject: 'Ours', body: 'x', severity: 'critical' });
      await until(() => texts('Ours').length === 1, 'the thread of the other');
      assert.ok(aws.callsOf('DescribeCases').filter(isOfMember).length <= 24);
      aws.clearFaults();
    });

    it('are followed all the same, and it is said which does, once, and when it is well again', async () => {
      const { aws, until } = await start(BOTH);
      aws.removeRole(ROLE);
      await world.restart();
      aws.openCase({ subject: 'Ours', body: 'x', silent: true });
      await until(() => texts('Ours').length === 1, 'the thread of the other');
      await until(async () => (await ready()).state === 'partly', 'the state');
      const { status, ok, failing, problem } = await ready();
      assert.deepEqual([status, ok, failing], [200, true, 1]);
      assert.match(String(problem), /^1 of 2 accounts cannot be asked/);
      assert.ok(!String(problem).includes(MEMBER));
      const metrics = await (await fetch(`${world.botUrl}/metrics`)).text();
      assert.match(metrics, /^casethread_accounts_failing 1$/m);

      // A case of that account waits for a person.
      aws.openCase({ account: MEMBER, subject: 'Theirs', body: 'Opening.' });
      await until(() => notices(world.slack).length === 1, 'word of the case that waits');
      assert.deepEqual(
        logged('sweep failed').map((line) => line.account),
        [MEMBER],
      );
      aws.addRole({ arn: ROLE, trusts: ACCOUNT });
      await until(async () => (await ready()).state === 'ok', 'all well');
      await until(() => count(texts('Theirs'), 'Opening.') === 1, 'the opening text');
      assert.deepEqual(
        logged('sweep no longer fails').map((line) => line.account),
        [MEMBER],
      );
      assert.equal(caseThreads(world.slack).length, 2);
    });

    it('is not ready when it is all of them', async () => {
      await start([account(MEMBER, { role: ROLE })]);
      world.aws.removeRole(ROLE);
      await world.restart();
      // At its very start a bot is not ready either.
      await world.until(async () => (await ready()).state !== 'pending', 'the first sweep');
      const { status, state, failing } = await ready();
      assert.deepEqual([status, state, failing], [503, 'failed', 1]);
    });
  });

  it('are each asked for their own cases only', async () => {
    const { aws, until } = await start(BOTH);
    const ours = aws.openCase({ subject: 'Ours', body: 'x' }).caseId;
    const theirs = aws.openCase({ account: MEMBER, subject: 'Theirs', body: 'x' }).caseId;
    await until(() => texts('Ours').length === 1 && texts('Theirs').length === 1, 'the threads');
    world.bridge.loseNext(2);
    aws.resolve(ours);
    aws.resolve(theirs);
    await until(() => texts('Ours').length === 2 && texts('Theirs').length === 2, 'the ends');
    const wrong = aws.callsOf('DescribeCases').filter(({ account: asked, input }) => {
      const asksFor = JSON.stringify(input);
      return asksFor.includes(asked === MEMBER ? ours : theirs);
    });
    assert.deepEqual(wrong, []);
  });

  describe('of which one is followed by its events alone', () => {
    const open = () => world.aws.openCase({ account: MEMBER, subject: 'Theirs', body: 'Opening.' });
    const onlyCard = () => shownText(caseThreads(world.slack)[0]?.card ?? assert.fail('no card'));

    it('shows what they tell, says so quietly, and lets nobody wait', async () => {
      const { aws, slack, until } = await start([account(ACCOUNT)]);
      const before = world.log.length;
      const { caseId } = open();
      await until(() => caseThreads(slack).length === 1, 'the thread');
      aws.reply(caseId, { from: 'aws', body: 'Answer.' });
      const replies = () => caseThreads(slack)[0]?.replies ?? [];
      await until(() => replies().length > 0, 'that AWS wrote');
      aws.resolve(caseId);
      await until(() => count(replies().map(shownText), 'Resolved') === 1, 'the end');
      await quiet(world);
      assert.match(onlyCard(), /:information_source: AWS account 444455556666 is not listed in CONFIG_FILE/);
      assert.ok(!onlyCard().includes(':warning:'));
      assert.deepEqual(notices(slack), []);
      assert.deepEqual(
        aws.calls.filter((call) => call.account === MEMBER),
        [],
      );
      const noise = world.log.slice(before).filter((line) => /"level":"(?:warn|error)"/.test(line));
      assert.deepEqual(noise, []);
      assert.equal((await ready()).state, 'ok');
    });

    it('takes no reply and no command, and says why; the words come back', async () => {
      const { slack, until } = await start([account(ACCOUNT)]);
      const { displayId } = open();
      await until(() => caseThreads(slack).length === 1, 'the thread');
      for (const text of [`reply ${displayId} My words.`, `resolve ${displayId}`])
        await slack.command(world.botUrl, { command: '/support', text, user: ALICE, channel: CHANNEL });
      const told = (...parts: string[]) =>
        toldTo(slack, ALICE).some((text) => parts.every((part) => text.includes(part)));
      await until(() => told('is not listed in CONFIG_FILE', 'My words.'), 'the words');
      await until(
        () => toldTo(slack, ALICE).filter((text) => text.includes('is not listed')).length > 1,
        'the other',
      );
      assert.ok(!toldTo(slack, ALICE).some((text) => /Sending|Resolving/.test(text)));
      await slack.command(world.botUrl, {
        command: '/support',
        text: `show ${displayId}`,
        user: ALICE,
        channel: CHANNEL,
      });
      await until(() => told('cannot be read now', 'is not listed'), 'the case');
      // None that cannot do anything.
      assert.doesNotMatch(JSON.stringify(slack.ephemerals), /"type":"button"/);
      await slack.command(world.botUrl, {
        command: '/support',
        text: `reply ${displayId}`,
        user: ALICE,
        channel: CHANNEL,
      });
      await until(() => slack.modalOf(ALICE)?.view.blocks.length === 1, 'a form that says why');
      assert.match(JSON.stringify(slack.modalOf(ALICE)?.view), /cannot be answered from Slack/);
      assert.equal(slack.modalOf(ALICE)?.view.submit, undefined);
    });

    it('is filled in place once it is listed, also what was resolved meanwhile', async () => {
      const { aws, slack, until } = await start([account(ACCOUNT)]);
      const { caseId } = open();
      const ended = aws.openCase({ account: MEMBER, subject: 'Ended', body: 'The end.' });
      await until(() => caseThreads(slack).length === 2, 'the threads');
      aws.reply(caseId, { from: 'aws', body: 'Answer.' });
      aws.resolve(ended.caseId);
      const all = () => caseThreads(slack).flatMap(({ replies }) => replies.map((each) => shownText(each)));
      await until(() => count(all(), 'Resolved') === 1, 'the end');
      await quiet(world);
      world.reload({ accounts: BOTH, unlisted: 'follow' });
      await until(
        () => ['Opening.', 'Answer.', 'The end.'].every((text) => count(all(), text) === 1),
        'texts',
      );
      await until(() => !card('Theirs').includes('not listed'), 'the card');
      await quiet(world);
      assert.equal(caseThreads(slack).length, 2);
      assert.equal(count(all(), 'Answer.'), 1);
    });
  });

  it('measures critical cases by the plan of their account', async () => {
    const { aws, until } = await start([account(ACCOUNT, { plan: 'unified-operations' })]);
    const at = Date.now() - 26 * 60_000;
    const { caseId } = aws.openCase({ subject: 'Down', body: 'x', severity: 'critical', at });
    await until(() => texts('Down').length === 1, 'the thread');
    assert.match(card('Down'), /20 min late/);
    world.reload({ accounts: [account(ACCOUNT, { plan: 'enterprise-on-ramp' })] });
    aws.reply(caseId, { from: 'customer', body: 'Still down.' });
    await until(
      () => /due in a few minutes|due in about 5 min/.test(card('Down')),
      'the target of the other plan',
    );
  });
});
