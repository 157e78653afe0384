import assert from 'node:assert/strict';
import { linksOf, mentionsOf, shownText } from '../../src/sandbox/slack/start-slack.js';
import { until as poll } from '../until.js';
import { caseThreads, count, notices, onlyThread, toldTo } from '../world/reading.js';
import {
  ACCOUNT,
  ALICE,
  BOT_TOKEN,
  CHANNEL,
  startWorld,
  type World,
  type WorldOptions,
} from '../world/world.js';

const SETTLED = /^:white_check_mark: Settled: no case waits for this any more\./;
/** Long enough that nothing is tried again by itself while a test lasts. */
const NEVER_MS = 600_000;

interface Ready {
  readonly slack: { readonly problem: string | null };
  readonly parked: readonly { readonly reason: string; readonly cases: number }[];
}

describe('flow: people are needed', () => {
  let world: World;
  const start = async (options?: WorldOptions) => {
    world = await startWorld(options);
    return world;
  };
  afterEach(() => world.stop());

  const until: World['until'] = (...waiting) => world.until(...waiting);
  const ready = async () => (await (await fetch(`${world.botUrl}/readyz`)).json()) as Ready;
  const parks = (reason: RegExp, cases = 1) =>
    poll(
      async () => (await ready()).parked.some((each) => reason.test(each.reason) && each.cases === cases),
      `${cases} parked for ${reason}`,
    );
  const told = (text: RegExp, channel = CHANNEL) =>
    world.until(
      () => notices(world.slack, channel).some((notice) => text.test(notice)),
      `${text} in ${channel}`,
    );
  const warnings = (event: string) =>
    world.log.filter((line) => line.includes(`"level":"warn"`) && line.includes(`"event":"${event}"`));
  const listed = async () => {
    await world.slack.command(world.botUrl, {
      command: '/support',
      text: 'list',
      user: ALICE,
      channel: CHANNEL,
    });
    return toldTo(world.slack, ALICE).at(-1) ?? '';
  };
  /** Waits until the bot has compared what it said with what waits, a few times over. */
  const comparedAgain = async () => {
    const compared = () => world.log.filter((line) => line.includes('"event":"notices again"')).length;
    const before = compared();
    await poll(() => compared() >= before + 3, 'some comparisons');
  };

  const REFUSALS: readonly (readonly [
    what: string,
    refuse: (world: World) => void,
    reason: RegExp,
    mend: (world: World) => void,
  ])[] = [
    [
      'there is no plan',
      ({ aws }) => {
        aws.account(ACCOUNT).plan = 'none';
      },
      /no support plan that includes the AWS Support API/,
      ({ aws }) => {
        aws.account(ACCOUNT).plan = 'business';
      },
    ],
    [
      'the role is refused',
      ({ aws }) => {
        aws.account(ACCOUNT).deny = ['DescribeCases', 'DescribeCommunications'];
      },
      /may not call support:DescribeCases/,
      ({ aws }) => {
        aws.account(ACCOUNT).deny = [];
      },
    ],
    [
      'the credentials are refused',
      ({ aws }) => {
        aws.fault('*', { kind: 'error', name: 'UnrecognizedClientException', times: 10_000 });
      },
      /does not accept the credentials that Casethread runs with/,
      ({ aws }) => aws.clearFaults(),
    ],
  ];
  for (const [what, refuse, reason, mend] of REFUSALS) {
    it(`says once that ${what}, and shows everything once it is put right`, async () => {
      const { aws, slack } = await start();
      refuse(world);
      const { caseId, displayId } = aws.openCase({ subject: 'Refused', body: 'Opening.' });
      aws.reply(caseId, { from: 'aws', body: 'The answer.' });
      await parks(reason);
      await told(reason);
      await until(() => onlyThread(slack).texts.length === 1, 'what events tell');
      assert.match(onlyThread(slack).texts[0] ?? '', /AWS Support wrote on this case/);
      assert.match(shownText(onlyThread(slack).card), reason);
      await comparedAgain();
      const [notice = '', ...more] = notices(slack);
      assert.deepEqual(more, []);
      assert.match(notice, /^:warning: 1 case needs a person\. /);
      assert.match(notice, new RegExp(`Waiting: Case ${displayId} `));
      assert.match(notice, /goes on by itself/);
      const list = await listed();
      assert.match(list, /^1 open case, 1 needs a person\n/);
      assert.match(list, /:warning: Needs a person: /);
      assert.match(list, reason);
      assert.equal(warnings('reconcile parked').length, 1);

      mend(world);
      await until(() => count(onlyThread(slack).texts, 'The answer.') === 1, 'the answer');
      await told(SETTLED);
      await until(() => shownText(onlyThread(slack).card).includes('Refused'), 'the whole card');
      const { card, texts } = onlyThread(slack);
      assert.deepEqual(
        [count(texts, 'Opening.'), count(texts, 'The answer.'), count(texts, 'wrote on this case')],
        [1, 1, 0],
      );
      assert.doesNotMatch(shownText(card), reason);
      assert.equal(notices(slack).length, 1);
      assert.deepEqual((await ready()).parked, []);
    });
  }

  it('waits with what AWS refuses of a long case, shows the rest, and brings it later', async () => {
    const { aws, slack } = await start();
    aws.account(ACCOUNT).deny = ['DescribeCommunications'];
    const began = Date.now() - 3_600_000;
    const { caseId } = aws.openCase({ subject: 'Long', body: 'Opening.', at: began, silent: true });
    for (let i = 1; i < 9; i++)
      aws.reply(caseId, { from: 'aws', body: `answer ${i}`, at: began + i * 60_000, silent: i < 8 });
    await parks(/^Older messages of this case cannot be read\. .*support:DescribeCommunications/);
    await told(/Older messages of this case cannot be read/);
    assert.ok(onlyThread(slack).texts.length < 9);
    aws.reply(caseId, { from: 'aws', body: 'the newest' });
    await until(() => count(onlyThread(slack).texts, 'the newest') === 1, 'the newest all the same');
    await parks(/^Older messages/);
    assert.match(shownText(onlyThread(slack).card), /Older messages of this case cannot be read/);

    aws.account(ACCOUNT).deny = [];
    await until(() => onlyThread(slack).texts.length === 10, 'the whole case');
    await told(SETTLED);
    for (const text of ['Opening.', 'answer 1', 'answer 8', 'the newest'])
      assert.equal(count(onlyThread(slack).texts, text), 1, text);
  });

  /** Each closes the channel to the bot, and gives back what opens it again. */
  const CLOSED: readonly (readonly [what: string, close: (world: World) => () => void, reason: RegExp])[] = [
    [
      'the bot is removed from the channel',
      ({ slack }) => {
        slack.changeChannel(CHANNEL, { isMember: false });
        return () => slack.changeChannel(CHANNEL, { isMember: true });
      },
      /^The bot is not in the channel\. .*\/invite/,
    ],
    [
      'the channel is archived',
      ({ slack }) => {
        slack.changeChannel(CHANNEL, { isArchived: true });
        return () => slack.changeChannel(CHANNEL, { isArchived: false });
      },
      /^The channel is archived\. Restore it/,
    ],
    [
      'the token is revoked',
      ({ slack }) => {
        const fault = slack.fault('*', { kind: 'error', error: 'token_revoked', times: 10_000 });
        return () => fault.cancel();
      },
      /^SLACK_BOT_TOKEN was revoked\. Install the app again/,
    ],
  ];
  for (const [what, close, reason] of CLOSED) {
    it(`says where it can that ${what}, and shows everything once it is put right`, async () => {
      const { aws, slack } = await start();
      const { caseId } = aws.openCase({ subject: 'Closed', body: 'Opening.' });
      await until(() => onlyThread(slack).texts.length === 1, 'the thread');
      const open = close(world);
      aws.reply(caseId, { from: 'aws', body: 'The answer.' });
      await parks(reason);
      await poll(async () => reason.test((await ready()).slack.problem ?? ''), 'the problem of Slack');
      assert.equal(warnings('reconcile parked').length, 1);
      open();
      await until(() => count(onlyThread(slack).texts, 'The answer.') === 1, 'the answer');
      await parksNothing();
      assert.deepEqual(notices(slack), []);
      assert.equal(slack.messages(CHANNEL).length, 1);
    });
  }
  const parksNothing = () => poll(async () => (await ready()).parked.length === 0, 'nothing parked');

  it('goes on at once when Slack is found well, and not only after the rest', async () => {
    const { aws, slack } = await start({ timing: { parkedMs: NEVER_MS } });
    slack.changeChannel(CHANNEL, { isMember: false });
    aws.openCase({ subject: 'Woken', body: 'Opening.' });
    await parks(/not in the channel/);
    slack.changeChannel(CHANNEL, { isMember: true });
    // The bot asks Slack when it starts, and every 15 seconds while it is not well.
    await world.restart();
    await until(() => onlyThread(slack).texts.length === 1, 'the thread');
  });

  it('tells the channel of today of a thread in the channel of an earlier SLACK_CHANNEL', async () => {
    const NEW = 'C0CASES0002';
    const { aws, slack } = await start();
    const { caseId, displayId } = aws.openCase({ subject: 'Moved', body: 'Opening.' });
    await until(() => onlyThread(slack).texts.length === 1, 'the thread');
    slack.addChannel({ id: NEW, name: 'new-cases' });
    await world.restart({ SLACK_CHANNEL: NEW });
    slack.changeChannel(CHANNEL, { isArchived: true });
    aws.reply(caseId, { from: 'aws', body: 'The answer.' });
    await told(/The channel is archived\. /, NEW);
    const [notice = ''] = notices(slack, NEW);
    assert.match(notice, new RegExp(`Waiting: Case ${displayId} .* in #${CHANNEL}\\.`));
    const [message] = slack.messages(NEW);
    assert.ok(message);
    assert.deepEqual(mentionsOf(message), []);
    assert.ok(linksOf(message).every((link) => link.includes(`/archives/${CHANNEL}/p`)));
    slack.changeChannel(CHANNEL, { isArchived: false });
    await until(() => count(onlyThread(slack).texts, 'The answer.') === 1, 'the answer');
    await told(SETTLED, NEW);
    assert.deepEqual([slack.messages(NEW).length, notices(slack).length], [1, 0]);
  });

  it('tells of many cases in one message, keeps the number right, and says so again when it happens again', async () => {
    const { aws, slack } = await start({ timing: { parkedMs: NEVER_MS } });
    const account = aws.account(ACCOUNT);
    account.plan = 'none';
    const cases = Array.from({ length: 12 }, (_, i) => aws.openCase({ subject: `Case ${i}`, body: 'x' }));
    await told(/^:warning: 12 cases need a person\. .*no support plan/);
    const [message] = slack.messages(CHANNEL).filter((each) => /need a person/.test(shownText(each)));
    assert.ok(message);
    assert.match(shownText(message), /Waiting: (Case \d+ \(\S+\), ){4}Case \d+ \(\S+\) and 7 more\./);
    assert.ok(linksOf(message).every((link) => link.includes(`/archives/${CHANNEL}/p`)));
    const list = await listed();
    assert.match(list, /^12 open cases, 1 to 10, 12 need a person: (Case \d+ \(\S+\),? ){5}and 7 more\n/);

    account.plan = 'business';
    for (const { caseId } of cases.slice(0, 4)) aws.reply(caseId, { from: 'aws', body: 'Go on.' });
    await told(/^:warning: 8 cases need a person\./);
    for (const { caseId } of cases.slice(4)) aws.reply(caseId, { from: 'aws', body: 'Go on.' });
    await told(SETTLED);
    assert.equal(notices(slack).length, 1);

    account.plan = 'none';
    aws.reply(cases[0]?.caseId ?? '', { from: 'aws', body: 'Once more.' });
    await told(/^:warning: 1 case needs a person\./);
    assert.equal(notices(slack).length, 2);
    await until(() => caseThreads(slack).length === 12, 'the threads');
  });

  it('does not repeat itself when cases are tried again in vain, nor over a restart', async () => {
    const { aws, slack } = await start();
    aws.account(ACCOUNT).plan = 'none';
    const { caseId } = aws.openCase({ subject: 'In vain', body: 'Opening.' });
    await told(/no support plan/);
    await until(() => onlyThread(slack).card.text !== '', 'the thread');
    // The card says who spoke last, as far as events tell.
    const { ts } = onlyThread(slack).card;
    const updates = () => slack.callsOf('chat.update').filter(({ args }) => args.ts !== ts).length;
    await comparedAgain();
    const before = updates();
    for (let i = 0; i < 3; i++) {
      aws.setSeverity(caseId, 'urgent');
      aws.reply(caseId, { from: 'aws', body: `answer ${i}` });
      await until(() => onlyThread(slack).texts.length === i + 1, 'what events tell');
    }
    await comparedAgain();
    await world.restart();
    await comparedAgain();
    assert.equal(notices(slack).length, 1);
    assert.match(notices(slack)[0] ?? '', /^:warning: 1 case/);
    assert.equal(updates(), before);
  });

  for (const kind of ['hangup-after', 'hangup-before'] as const) {
    it(`tells once when the answer of Slack is lost (${kind}), also over a restart`, async () => {
      const { aws, slack } = await start();
      const fault = slack.fault('chat.postMessage', {
        kind,
        times: 2,
        when: (args) => JSON.stringify(args).includes('needs a person'),
      });
      aws.account(ACCOUNT).plan = 'none';
      aws.openCase({ subject: 'Lost', body: 'Opening.' });
      await fault.reached;
      await world.restart();
      await told(/^:warning: 1 case needs a person\./);
      await comparedAgain();
      assert.equal(notices(slack).length, 1);
      aws.account(ACCOUNT).plan = 'business';
      await told(SETTLED);
      await until(() => onlyThread(slack).texts.length === 1, 'the thread');
      assert.equal(notices(slack).length, 1);
    });
  }

  it('waits before it tells again what may still be on its way', async () => {
    const settlesWithinMs = 2_000;
    const { aws, slack } = await start({ timing: { settlesWithinMs } });
    const at: number[] = [];
    slack.fault('chat.postMessage', {
      kind: 'hangup-before',
      // Looked at for every post, and met by the first.
      times: 2,
      when: (args) => JSON.stringify(args).includes('needs a person') && at.push(performance.now()) === 1,
    });
    aws.account(ACCOUNT).plan = 'none';
    aws.openCase({ subject: 'Late', body: 'Opening.' });
    await told(/^:warning: 1 case needs a person\./);
    const [first = 0, second = 0] = at;
    // It counts from when it wrote down what it would say: on a busy machine that reaches Slack a while later. Without
    // the wait it would come again after the 200 ms at most that it waits after any failure.
    assert.ok(second - first >= settlesWithinMs / 2, `${second - first} ms`);
  });

  it('leaves a notice deleted that somebody deleted', async () => {
    const { aws, slack } = await start();
    aws.account(ACCOUNT).plan = 'none';
    aws.openCase({ subject: 'One', body: 'Opening.' });
    await told(/^:warning: 1 case/);
    const posted = slack.messages(CHANNEL).find((each) => /needs a person/.test(shownText(each)));
    await fetch(`${slack.url}chat.delete`, {
      method: 'POST',
      headers: { authorization: `Bearer ${BOT_TOKEN}` },
      body: new URLSearchParams({ channel: CHANNEL, ts: posted?.ts ?? '' }),
    });
    aws.openCase({ subject: 'Two', body: 'Opening.' });
    await parks(/no support plan/, 2);
    await comparedAgain();
    assert.deepEqual(notices(slack), []);
    aws.account(ACCOUNT).plan = 'business';
    await until(() => caseThreads(slack).every(({ replies }) => replies.length === 1), 'the threads');
    await poll(() => world.log.some((line) => line.includes('"event":"notices done"')), 'all settled');
    aws.account(ACCOUNT).plan = 'none';
    aws.openCase({ subject: 'Three', body: 'Opening.' });
    await told(/^:warning: 1 case/);
  });

  it('finds its notice again when the database is lost', async () => {
    const { aws, slack } = await start();
    aws.account(ACCOUNT).plan = 'none';
    const { caseId } = aws.openCase({ subject: 'Database', body: 'Opening.' });
    await told(/^:warning: 1 case/);
    await world.restart({ DATABASE_PATH: `${world.environment.DATABASE_PATH}.new` });
    aws.reply(caseId, { from: 'aws', body: 'Known anew.' });
    await parks(/no support plan/);
    await comparedAgain();
    assert.equal(notices(slack).length, 1);
    aws.account(ACCOUNT).plan = 'business';
    await told(SETTLED);
    assert.equal(notices(slack).length, 1);
  });

  it('does not speak of a secret in what it says', async () => {
    const { aws, slack } = await start();
    aws.account(ACCOUNT).plan = 'none';
    aws.openCase({ subject: 'Secret words', body: 'Opening.' });
    await told(/^:warning: 1 case/);
    assert.doesNotMatch(notices(slack).join(), new RegExp(`Secret words|Opening|${BOT_TOKEN}`));
  });
});
