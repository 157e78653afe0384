import assert from 'node:assert/strict';
import type { CaseRight, Rule } from '../../src/case/permit.js';
import type { FaultSpec } from '../../src/sandbox/slack/faults.js';
import { type ScreenView, shownText } from '../../src/sandbox/slack/start-slack.js';
import { PEOPLE_TIMING, type PeopleTiming } from '../../src/slack/people.js';
import { SCOPES } from '../../src/slack/scopes.js';
import { ownerOnCard, pressOnCard } from '../world/on-card.js';
import { caseThreads, onlyThread, toldTo } from '../world/reading.js';
import { ACCOUNT, ALICE, BOB, CHANNEL, startWorld, type World, type WorldOptions } from '../world/world.js';

const RANDOM = 'C0RANDOM001';
const CAROL = 'U0CAROL0001';
const GUEST = 'U0GUEST0001';
const ONCALL = 'S0ONCALL001';
const FOR_EVER = { times: 1_000_000 };

/** As in life, but nobody has to wait so long for what never comes. */
const HURRIED = { renewMs: 100, firstMs: 150 };
const TIMING: PeopleTiming = {
  kinds: { ...PEOPLE_TIMING.kinds, ...HURRIED },
  groups: { ...PEOPLE_TIMING.groups, ...HURRIED },
  channels: { ...PEOPLE_TIMING.channels, ...HURRIED },
};

function rule(may: CaseRight[], who: string[], about: Partial<Rule> = {}): Rule {
  return { may, who, channels: [], accounts: [], severities: [], ...about };
}

describe('flow: while Slack does not say who may', () => {
  let world: World;
  let caseId: string;
  const start = async (rules: readonly Rule[] = [], options: WorldOptions = {}) => {
    world = await startWorld({ ...options, timing: { people: TIMING }, file: { rules, ...options.file } });
    const { slack } = world;
    slack.addUser({ id: CAROL, name: 'carol', realName: 'Carol Outside' });
    slack.addUser({ id: GUEST, name: 'gus', realName: 'Gus Guest', guest: 'single-channel' });
    slack.changeChannel(CHANNEL, { members: [ALICE, BOB, GUEST] });
    slack.addChannel({ id: RANDOM, name: 'random' });
    slack.setGroup({ id: ONCALL, handle: 'oncall', users: [BOB] });
    ({ caseId } = world.aws.openCase({ subject: 'Broken', body: 'Opening.', displayId: '1234563851' }));
    await world.until(() => caseThreads(slack).some(({ replies }) => replies.length > 0), 'the thread');
  };
  afterEach(() => world.stop());

  const type = async (text: string, user = ALICE, channel = CHANNEL): Promise<string> => {
    const before = toldTo(world.slack, user).length;
    await world.slack.command(world.botUrl, { command: '/support', text, user, channel });
    return toldTo(world.slack, user).slice(before).join('\n');
  };
  const bodies = () => world.aws.case(caseId).communications.map(({ body }) => body);
  const reaches = (part: string) =>
    world.until(() => bodies().some((body) => body.includes(part)), `${part} at AWS`);
  const told = (part: RegExp, user = ALICE) =>
    world.until(() => toldTo(world.slack, user).find((text) => part.test(text)), `${part} to ${user}`);
  const form = (user = ALICE): ScreenView => {
    const view = world.slack.modalOf(user);
    assert.ok(view, 'no form is open');
    return view;
  };
  const hasInput = (name: string, user = ALICE) =>
    world.until(
      () => JSON.stringify(world.slack.modalOf(user)?.view.blocks).includes(name),
      `${name} in a form`,
    );
  const submit = (values: Parameters<World['slack']['submitView']>[1]['values'] & object, user = ALICE) =>
    world.slack.submitView(world.botUrl, { view: form(user), user, values });
  const ready = async () =>
    (await (await fetch(`${world.botUrl}/readyz`)).json()) as { slack: { problem: string } };

  const FAULTS: readonly [label: string, fault: FaultSpec, code: RegExp | null][] = [
    ['lacks its scope', { kind: 'error', error: 'missing_scope' }, /missing_scope/],
    ['is limited', { kind: 'ratelimited', retryAfter: 30 }, /ratelimited/],
    ['is broken', { kind: 'status', status: 503 }, /http-503/],
    ['finds nobody', { kind: 'error', error: 'user_not_found' }, /user_not_found/],
    ['hangs', { kind: 'hold-before' }, null],
  ];
  for (const [label, fault, code] of FAULTS)
    it(`people in the channel do everything, where no rule says who may, and users.info ${label}`, async () => {
      await start();
      world.slack.fault('users.info', { ...fault, ...FOR_EVER });
      const begun = performance.now();
      assert.match(await type('reply 1234563851 My words'), /Sending|on its way/);
      await reaches('My words');
      await pressOnCard(world, BOB, 'card_take', `${ACCOUNT}/${caseId}`);
      await world.until(() => ownerOnCard(world) === BOB, 'the owner');
      const ts = onlyThread(world.slack).card.ts;
      await world.slack.react(world.botUrl, { user: ALICE, channel: CHANNEL, ts, name: 'eyes' });
      await world.until(() => ownerOnCard(world) === ALICE, 'the next owner');
      assert.doesNotMatch(await type('doctor'), /may not|cannot be checked/);
      assert.match(await type('resolve 1234563851', BOB), /Resolving/);
      await world.until(() => world.aws.case(caseId).status === 'resolved', 'it is resolved');
      assert.ok(performance.now() - begun < 20_000, 'waits add up');
      assert.match(await type('show 1234563851', CAROL, RANDOM), /I find no case/);
      const lines = world.log.filter((line) => /does not say who may/.test(line));
      if (code !== null)
        assert.ok(
          lines.some((line) => /users\.info/.test(line) && code.test(line)),
          lines.join(''),
        );
    });

  it('has its answer to :eyes: as soon as the case is taken, however long it takes to say so', async () => {
    await start();
    const saying = world.slack.fault('chat.postEphemeral', { kind: 'hold-before' });
    const ts = onlyThread(world.slack).card.ts;
    const delivery = await world.slack.react(world.botUrl, {
      user: BOB,
      channel: CHANNEL,
      ts,
      name: 'eyes',
    });
    assert.equal(delivery?.status, 200);
    await saying.reached;
    saying.release();
    await told(/You have/, BOB);
  });

  it('is asked once more where a call breaks off', async () => {
    await start([rule(['reply'], ['everybody'])]);
    for (const [user, fault] of [
      [ALICE, { kind: 'status', status: 503 }],
      [BOB, { kind: 'hangup-before' }],
    ] as const) {
      world.slack.fault('users.info', fault);
      assert.match(await type(`reply 1234563851 From ${user}`, user), /Sending|on its way/);
    }
  });

  it('says which scope is missing where a rule says who may, and that the bot needs a person', async () => {
    await start([rule(['reply'], ['everybody'])]);
    world.slack.setScopes(SCOPES.filter((scope) => scope !== 'users:read'));
    assert.match(
      await type('reply 1234563851 My words'),
      /cannot be checked, because the app lacks users:read in Slack, so nothing was done[\s\S]*My words/,
    );
    await world.until(
      async () => /lacks a permission/.test((await ready()).slack.problem ?? ''),
      'it is said',
    );
    world.slack.setScopes(SCOPES);
    await type('reply 1234563851 My words');
  });

  it('asks for none of fifty user groups that have nothing to do with the case', async () => {
    const others = Array.from({ length: 50 }, (_, n) =>
      rule(['reply'], [`S0OTHER${n}`], { accounts: [`${100_000_000_000 + n}`] }),
    );
    await start([...others, rule(['reply'], [ONCALL])]);
    assert.match(await type('reply 1234563851 My words', BOB), /Sending|on its way/);
    assert.equal(world.slack.callsOf('usergroups.users.list').length, 1);
  });

  describe('whoever joined the channel a moment ago', () => {
    it('may do there what the others may, by forms as well', async () => {
      await start();
      await type('list', ALICE, RANDOM);
      assert.match(await type('reply 1234563851 x', CAROL, RANDOM), /I find no case/);
      world.slack.changeChannel(CHANNEL, { members: [ALICE, BOB, CAROL] });
      await type('reply 1234563851', CAROL);
      await hasInput('text-1', CAROL);
      await submit({ 'text-1': { text: 'Hello from me' } }, CAROL);
      await reaches('Hello from me');
      assert.match(await type('list', CAROL, RANDOM), /Broken/);
    });
  });

  it('takes forms from those who opened them in the channel, while nobody says who is in it', async () => {
    await start();
    world.slack.fault('conversations.members', { kind: 'hold-before', ...FOR_EVER });
    await type('reply 1234563851', BOB);
    await hasInput('text-1', BOB);
    await submit({ 'text-1': { text: 'By the form' } }, BOB);
    await reaches('By the form');
    await type('reply 1234563851', ALICE);
    await hasInput('text-1');
    await submit({ 'text-1': { text: 'AKIAIOSFODNN7EXAMPLE wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY' } });
    await hasInput('secrets_choice');
    await submit({ secrets_choice: 'send' });
    await reaches('AKIAIOSFODNN7EXAMPLE');
    await openCreate(BOB);
    await submit(CASE, BOB);
    await world.until(() => world.aws.cases().length === 2, 'the case');
    // Elsewhere it cannot be said, and the form says just that.
    await type('create Disk is slow', ALICE, RANDOM);
    await fillCreate();
    await submit(CASE);
    await world.until(
      () => /cannot be checked now/.test(shownText({ blocks: form().view.blocks } as never)),
      'why not',
    );
    assert.equal(world.aws.cases().length, 2);
  });

  it('says under the text of a form whether somebody may not, or it cannot be checked', async () => {
    await start([rule(['reply'], [ONCALL])]);
    await type('reply 1234563851', BOB);
    await hasInput('text-1', BOB);
    await world.restart();
    world.slack.fault('usergroups.users.list', { kind: 'status', status: 503, ...FOR_EVER });
    const sent = await submit({ 'text-1': { text: 'Hello' } }, BOB);
    assert.match(JSON.stringify(sent), /cannot be checked now, so nothing was sent\. A message says why/);
    await told(/cannot be checked now, because Slack does not answer/, BOB);
  });

  const CASE = {
    ...{ create_category: 'performance', subject: 'Queue stuck', severity: 'low' },
    'text-1': { text: 'Since 09:00.' },
  };
  const openCreate = async (user = ALICE) => {
    await type('create Disk is slow', user);
    await fillCreate(user);
  };
  const fillCreate = async (user = ALICE) => {
    await hasInput('create_service', user);
    const { options } = await world.slack.suggest(world.botUrl, {
      ...{ view: form(user), actionId: 'create_service', typed: 'sqs', user },
    });
    const [selectedOption] = options as { text: { text: string }; value: string }[];
    assert.ok(selectedOption);
    await world.slack.click(world.botUrl, {
      view: form(user),
      actionId: 'create_service',
      selectedOption,
      user,
    });
  };

  const OLD: readonly [label: string, usersInfo: (user: string) => FaultSpec][] = [
    [
      'users.info says no more than a name',
      (user) => ({
        ...{ kind: 'status', status: 200, when: (args) => args.user === user },
        body: JSON.stringify({ ok: true, user: { id: user, name: user.toLowerCase() } }),
      }),
    ],
    ['it has no users.info either', () => ({ kind: 'error', error: 'unknown_method' })],
  ];
  for (const [label, usersInfo] of OLD)
    it(`a Slack without the newer methods keeps nobody in the channel from anything: ${label}`, async () => {
      await start();
      const { slack, botUrl } = world;
      for (const user of [ALICE, BOB]) slack.fault('users.info', { ...usersInfo(user), ...FOR_EVER });
      for (const method of ['conversations.members', 'usergroups.users.list', 'usergroups.list'])
        slack.fault(method, { kind: 'error', error: 'unknown_method', ...FOR_EVER });
      const { card } = onlyThread(slack);

      await type('reply 1234563851 By the command');
      await reaches('By the command');
      for (const each of ['list', 'show 1234563851', 'search broken'])
        assert.match(await type(each), /Broken/, each);
      await type('reply 1234563851', BOB);
      await hasInput('text-1', BOB);
      await submit({ 'text-1': { text: 'By the form' } }, BOB);
      await reaches('By the form');
      await slack.click(botUrl, { message: card, actionId: 'card_reply', user: ALICE });
      await hasInput('text-1');
      await submit({ 'text-1': { text: 'By the button' } });
      await reaches('By the button');
      const mention = (text: string) =>
        slack.mention(botUrl, {
          ...{ user: BOB, channel: CHANNEL, threadTs: card.ts, text: `<@${slack.app.botUser}> ${text}` },
        });
      await mention('reply By the mention');
      await reaches('By the mention');
      const message = slack.say({
        user: ALICE,
        channel: CHANNEL,
        threadTs: card.ts,
        text: 'By the shortcut',
      });
      await slack.shortcut(botUrl, { callbackId: 'send_to_aws', user: ALICE, message });
      await world.until(
        () => /By the shortcut/.test(JSON.stringify(slack.modalOf(ALICE)?.view.blocks)),
        'form',
      );
      await submit({ 'text-1': { text: 'By the shortcut' } });
      await reaches('By the shortcut');
      await openCreate();
      await submit(CASE);
      await world.until(() => world.aws.cases().length === 2, 'the case');
      await slack.react(botUrl, { user: BOB, channel: CHANNEL, ts: card.ts, name: 'eyes' });
      await told(/You have/, BOB);
      await slack.click(botUrl, { message: card, actionId: 'card_resolve', user: ALICE });
      await world.until(() => world.aws.case(caseId).status === 'resolved', 'it is resolved');
      const said = [ALICE, BOB].flatMap((user) => toldTo(slack, user)).join('\n');
      assert.doesNotMatch(said, /may not|cannot be checked/);
    });
});
