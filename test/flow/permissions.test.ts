import assert from 'node:assert/strict';
import type { CaseRight, Rule } from '../../src/case/permit.js';
import {
  type Ephemeral,
  mentionsOf,
  type ScreenView,
  shownText,
} from '../../src/sandbox/slack/start-slack.js';
import { PEOPLE_TIMING, type PeopleTiming } from '../../src/slack/people.js';
import { until as poll } from '../until.js';
import { chooseOnCard, pressOnCard } from '../world/on-card.js';
import { quiet } from '../world/quiet.js';
import { caseThreads, onlyThread, toldTo } from '../world/reading.js';
import { ACCOUNTS, HUB, NORTH, SOUTH, startAccountsWorld } from '../world/several-accounts.js';
import { ACCOUNT, ALICE, BOB, CHANNEL, startWorld, type World, type WorldOptions } from '../world/world.js';

const PROD = 'C0PROD00001';
const RANDOM = 'C0RANDOM001';
const CAROL = 'U0CAROL0001';
const GUEST = 'U0GUEST0001';
const PARTNER = 'U0PARTNER01';
const ONCALL = 'S0ONCALL001';

/** Slack is asked each time: what has been changed counts at once. */
const SOON = { forMs: 0, renewMs: 2_000, firstMs: 2_000, pauseMs: 0 };
const FRESH: PeopleTiming = { kinds: PEOPLE_TIMING.kinds, groups: SOON, channels: SOON };

function rule(may: CaseRight[], who: string[], about: Partial<Rule> = {}): Rule {
  return { may, who, channels: [], accounts: [], severities: [], ...about };
}

const TO_PROD = {
  ...{ accounts: [], severities: ['critical'], services: [], categories: [] },
  ...{ channel: PROD, mention: [], broadcast: null },
};

describe('flow: permissions', () => {
  let world: World;

  const start = async (rules: readonly Rule[], options: WorldOptions = {}) => {
    world = await startWorld({
      ...options,
      timing: { people: FRESH },
      file: { rules, routes: [TO_PROD], ...options.file },
    });
    const { slack } = world;
    slack.changeChannel(CHANNEL, { members: [ALICE, BOB, GUEST, PARTNER] });
    slack.addChannel({ id: PROD, name: 'prod', members: [ALICE, CAROL] });
    slack.addChannel({ id: RANDOM, name: 'random' });
    slack.addUser({ id: CAROL, name: 'carol', realName: 'Carol Outside' });
    slack.addUser({ id: GUEST, name: 'gus', realName: 'Gus Guest', guest: 'single-channel' });
    slack.addUser({ id: PARTNER, name: 'pat', realName: 'Pat Partner', teamId: 'T0PARTNER01' });
    slack.setGroup({ id: ONCALL, handle: 'oncall', users: [BOB] });
  };
  afterEach(() => world.stop());

  const openCase = async (what: { subject?: string; displayId?: string; severity?: string } = {}) => {
    const { caseId } = world.aws.openCase({
      ...{ subject: 'Broken', body: 'Opening.', displayId: '1234563851' },
      ...what,
    } as Parameters<World['aws']['openCase']>[0]);
    const shows = what.displayId ?? '1234563851';
    await world.until(
      () =>
        [CHANNEL, PROD]
          .flatMap((channel) => caseThreads(world.slack, channel))
          .some(({ card, replies }) => replies.length > 0 && card.text.includes(shows)),
      `the thread of ${shows}`,
    );
    return caseId;
  };
  const type = async (text: string, user = ALICE, channel = CHANNEL): Promise<string> => {
    const before = toldTo(world.slack, user).length;
    await world.slack.command(world.botUrl, { command: '/support', text, user, channel });
    return toldTo(world.slack, user).slice(before).join('\n');
  };
  const told = (part: RegExp, user = ALICE) =>
    world.until(() => toldTo(world.slack, user).find((text) => part.test(text)), `${part} to ${user}`);
  const last = (user = ALICE): Ephemeral => {
    const found = world.slack.ephemerals.filter((each) => each.user === user && !each.deleted).at(-1);
    assert.ok(found);
    return found;
  };
  /** Direct messages of answers. */
  const directs = (user: string) =>
    world.slack.channels
      .filter(({ im }) => im === user)
      .flatMap(({ id }) => world.slack.messages(id).map((message) => shownText(message)))
      .filter((text) => /AWS/.test(text) && /answer/i.test(text));
  const bodies = (caseId: string) => world.aws.case(caseId).communications.map(({ body }) => body);
  const form = (user = ALICE): ScreenView => {
    const view = world.slack.modalOf(user);
    assert.ok(view, 'no form is open');
    return view;
  };
  const submit = (values: Parameters<World['slack']['submitView']>[1]['values'] & object, user = ALICE) =>
    world.slack.submitView(world.botUrl, { view: form(user), user, values });

  describe('of a reply', () => {
    it('are those of a user group: others get their words back, with whom to ask, until they are in it', async () => {
      await start([rule(['reply'], [ONCALL, CAROL])]);
      const caseId = await openCase();
      const said = await type('reply 1234563851 My careful words');
      assert.match(said, /You may not reply to Case 1234563851, or take care of it, so nothing was done/);
      assert.match(said, /My careful words/);
      assert.deepEqual(mentionsOf(last()).sort(), [`<!subteam^${ONCALL}>`, `<@${CAROL}>`]);
      assert.equal(bodies(caseId).length, 1);
      assert.match(await type('reply 1234563851 From the group', BOB), /on its way|Sending/i);
      world.slack.setGroup({ id: ONCALL, handle: 'oncall', users: [ALICE] });
      await poll(
        async () => /Sending|on its way/i.test(await type('reply 1234563851 Once more')),
        'the group',
      );
      await world.until(() => bodies(caseId).some((body) => body.includes('Once more')), 'the reply');
      await poll(async () => /may not reply/.test(await type('reply 1234563851 Late', BOB)), 'out of it');
    });

    it('are asked for when the form opens, and again when it is sent, and nothing typed is lost', async () => {
      await start([rule(['reply'], [ONCALL])]);
      const caseId = await openCase();
      await pressOnCard(world, ALICE, 'card_reply', `${ACCOUNT}/${caseId}`);
      await told(/You may not reply to Case 1234563851/);
      assert.equal(world.slack.modalOf(ALICE), undefined);
      await type('reply 1234563851', BOB);
      await world.until(
        () => shownText({ blocks: form(BOB).view.blocks } as never).includes('Broken'),
        'form',
      );
      world.slack.setGroup({ id: ONCALL, handle: 'oncall', users: [] });
      const sent = await submit({ 'text-1': { text: 'Written meanwhile' } }, BOB);
      assert.match(JSON.stringify(sent), /You may not do this now, so nothing was sent/);
      assert.equal(form(BOB).state, 'open');
      await told(/You may not reply to Case 1234563851/, BOB);
      assert.equal(bodies(caseId).length, 1);
    });

    it('with files need one right more', async () => {
      await start([rule(['attach'], [ONCALL])]);
      const caseId = await openCase();
      const threadTs = onlyThread(world.slack).card.ts;
      const say = (user: string, files: { name: string; data: Buffer }[]) =>
        world.slack.mention(world.botUrl, {
          ...{ user, channel: CHANNEL, threadTs, files },
          text: `<@${world.slack.app.botUser}> reply See this`,
        });
      const log = [{ name: 'app.log', data: Buffer.from('x') }];
      await say(ALICE, log);
      await told(/You may not send files with Case 1234563851[\s\S]*See this/);
      await say(ALICE, []);
      await say(BOB, log);
      await world.until(() => bodies(caseId).length === 3, 'one with files, one without');
    });

    it('are asked for once more when what waited for a click is to be sent', async () => {
      await start([rule(['reply'], [ONCALL])]);
      const caseId = await openCase();
      await type(
        'reply 1234563851 The key is AKIAIOSFODNN7EXAMPLE wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
        BOB,
      );
      const question = last(BOB);
      assert.match(shownText(question), /looks like/);
      world.slack.setGroup({ id: ONCALL, handle: 'oncall', users: [] });
      await world.slack.click(world.botUrl, { ephemeral: question, actionId: 'secrets_send', user: BOB });
      await told(/You may not reply to Case 1234563851/, BOB);
      world.slack.setGroup({ id: ONCALL, handle: 'oncall', users: [BOB] });
      await quiet(world);
      assert.equal(bodies(caseId).length, 1);
      await world.slack.click(world.botUrl, { ephemeral: question, actionId: 'secrets_send', user: BOB });
      await world.until(() => bodies(caseId).length === 2, 'what waited');
    });
  });

  it('let a case be resolved by nobody from Slack', async () => {
    await start([rule(['resolve'], ['nobody'], { severities: ['low', 'normal'] })]);
    const caseId = await openCase();
    assert.match(
      await type('resolve 1234563851'),
      /Nobody may resolve Case 1234563851 from Slack.*AWS console/,
    );
    await pressOnCard(world, BOB, 'card_resolve', `${ACCOUNT}/${caseId}`);
    await told(/Nobody may resolve/, BOB);
    assert.notEqual(world.aws.case(caseId).status, 'resolved');
  });

  it('let guests and people of other companies read, and act only where a rule says so', async () => {
    await start([]);
    const caseId = await openCase();
    const { card } = onlyThread(world.slack);
    for (const [user, says] of [
      [GUEST, /You may not reply to Case 1234563851.*people of this workspace who are in #C0CASES0001/],
      [PARTNER, /Only people of the workspace in which I am installed/],
    ] as const) {
      assert.match(await type('show 1234563851', user), /Broken/);
      assert.match(await type('list', user), /Broken/);
      assert.match(await type('reply 1234563851 Hello', user), /Hello/);
      await told(says, user);
      const eyes = { user, channel: CHANNEL, ts: card.ts, name: 'eyes' };
      const before = toldTo(world.slack, user).length;
      await world.slack.react(world.botUrl, eyes);
      await world.until(() => toldTo(world.slack, user).length > before, 'an answer to the eyes');
      assert.match(toldTo(world.slack, user).at(-1) ?? '', says);
      await pressOnCard(world, user, 'card_take', `${ACCOUNT}/${caseId}`);
    }
    assert.equal(bodies(caseId).length, 1);
    assert.doesNotMatch(shownText(onlyThread(world.slack).card), /Owned by/);
    world.reload({ rules: [rule(['reply'], ['everybody', 'guests'])], routes: [TO_PROD] });
    await type('reply 1234563851 From a guest', GUEST);
    await world.until(() => bodies(caseId).length === 2, 'the reply of the guest');
    assert.match(await type('reply 1234563851 Hello', PARTNER), /may not reply to Case/);
    assert.match(await type('doctor', GUEST), /for those who take care of Casethread/);
  });

  describe('of people outside the channel of a case', () => {
    it('are not counted on their Home among those that need a person', async () => {
      await start([]);
      const caseId = await openCase({ subject: 'Secret', severity: 'critical' });
      world.slack.changeChannel(PROD, { isArchived: true });
      world.aws.reply(caseId, { from: 'aws', body: 'Which region?' });
      const ready = async () => (await fetch(`${world.botUrl}/readyz`)).text();
      await poll(async () => (await ready()).includes('"parked":1'), 'the case waits for a person');
      for (const user of [ALICE, BOB, CAROL]) await world.slack.openHome(world.botUrl, { user });
      const home = (user: string) => shownText(world.slack.homeOf(user)?.view as never);
      for (const user of [ALICE, CAROL])
        assert.match(home(user), /1 case needs a person: \/support list says which/);
      assert.match(home(BOB), /no case needs a person/);
      assert.match(await type('list all', BOB), /^There are no cases yet/);
      assert.match(await type('list', ALICE), /needs a person/);
    });

    it('are none: it is in no list, search, menu or Home of theirs, and no page has holes', async () => {
      await start([]);
      for (let n = 0; n < 12; n++) {
        const displayId = `17020000${10 + n}`;
        const severity = n % 2 === 0 ? 'critical' : 'low';
        await openCase({ subject: `Matter ${n}`, displayId, severity });
      }
      assert.match(await type('list', ALICE), /^12 open cases, 1 to 10/);
      assert.match(await type('list', CAROL, RANDOM), /^6 open cases\n/);
      assert.match(await type('list', BOB, RANDOM), /^6 open cases\n/);
      assert.doesNotMatch(await type('list', BOB, RANDOM), /Matter [02468]/);
      await poll(async () => /^12 cases with/.test(await type('search matter', ALICE)), 'the words');
      assert.match(await type('search matter', CAROL, RANDOM), /^6 cases with/);
      assert.match(await type('search matter', GUEST), /^6 cases with/);
      await type('resolve', BOB, RANDOM);
      const { options: choices } = await world.slack.suggest(world.botUrl, {
        ...{ ephemeral: last(BOB), actionId: 'resolve_pick', user: BOB, typed: '' },
      });
      assert.doesNotMatch(JSON.stringify(choices), /Matter (0|2|4|6|8|10)\b/);
      assert.match(JSON.stringify(choices), /Matter 11/);
      await world.slack.openHome(world.botUrl, { user: BOB });
      await world.slack.openHome(world.botUrl, { user: CAROL });
      const home = (user: string) => shownText(world.slack.homeOf(user)?.view as never);
      await world.until(() => /6 open cases/.test(home(BOB)) && /6 open cases/.test(home(CAROL)), 'Homes');
      assert.doesNotMatch(home(CAROL), /Matter (1|3|5|7|9|11)\b/);
      assert.match(await type('show 1702000011', CAROL, RANDOM), /I find no case “1702000011” that you may/);
      const said = await type('reply 1702000011 My words', CAROL, PROD);
      assert.match(said, /I find no case “1702000011” that you may read/);
      assert.match(said, /My words/);
      assert.equal(
        JSON.stringify(world.slack.ephemerals.filter(({ user }) => user === CAROL)).includes('Matter 1"'),
        false,
      );
    });

    it('are theirs where a rule names them, wherever they are', async () => {
      await start([
        rule(['read'], ['everybody', CAROL], { channels: [CHANNEL] }),
        rule(['reply'], ['everybody', CAROL]),
      ]);
      const caseId = await openCase();
      assert.match(await type('list', CAROL, RANDOM), /Broken/);
      await type('reply 1234563851 From afar', CAROL, RANDOM);
      await world.until(() => bodies(caseId).length === 2, 'the reply from outside');
      assert.match(await type('list', GUEST), /no open case/i);
      assert.match(await type('resolve 1234563851', CAROL, RANDOM), /may not resolve/);
    });

    it('do not even exist: what is said of them is what is said of a number that nobody has', async () => {
      for (const rules of [[], [rule(['read'], ['nobody'])]]) {
        await start(rules);
        const caseId = await openCase();
        world.aws.openCase({ subject: 'Silent', body: 'x', displayId: '7777777777', silent: true });
        const { ts } = onlyThread(world.slack).card;
        const linkTo = (to: string) => `https://acme.slack.com/archives/${CHANNEL}/p${to.replace('.', '')}`;
        const same = async (typed: string, unknown: string) => {
          for (const text of ['show CASE', 'resolve CASE', 'reply CASE My words'])
            assert.equal(
              (await type(text.replace('CASE', typed), CAROL, RANDOM)).replaceAll(typed, unknown),
              await type(text.replace('CASE', unknown), CAROL, RANDOM),
            );
        };
        await same('1234563851', '8888888888');
        await same('7777777777', '8888888888');
        await same(caseId, 'case-111122223333-muen-2022-0000');
        await same(linkTo(ts), linkTo('1700000000.000100'));
        world.aws.account(ACCOUNT).deny = ['DescribeCases'];
        await same('1234563851', '8888888888');
        world.aws.account(ACCOUNT).deny = [];
        assert.equal(world.aws.callsOf('ResolveCase').length, 0);
        if (rules.length > 0)
          assert.match(await type('show 1234563851'), /Nobody may read Case 1234563851 from Slack/);
        assert.match(await type('audit'), /Carol Outside wanted to read Case 1234563851/);
        if (rules.length === 0) await world.stop();
      }
    });

    it('end with the channel: whoever leaves it hears no more of a case that they follow', async () => {
      await start([]);
      const caseId = await openCase();
      const ts = onlyThread(world.slack).card.ts;
      for (const user of [ALICE, BOB]) {
        await world.slack.react(world.botUrl, { user, channel: CHANNEL, ts, name: 'eyes' });
        await told(/You have/, user);
      }
      await chooseOnCard(world, ALICE, 'card_more', 'follow');
      await told(/You follow/);
      world.slack.changeChannel(CHANNEL, { members: [BOB] });
      world.aws.reply(caseId, { from: 'aws', body: 'Which region?' });
      await world.until(() => directs(BOB).length === 1, 'Bob is told');
      await quiet(world);
      assert.deepEqual(directs(ALICE), []);
    });
  });

  it('that Slack does not let the bot look up hold back direct messages, and /readyz and the log say so', async () => {
    await start([]);
    const caseId = await openCase();
    await world.slack.react(world.botUrl, {
      ...{ user: ALICE, channel: CHANNEL, ts: onlyThread(world.slack).card.ts, name: 'eyes' },
    });
    await told(/You have/);
    const missing = { kind: 'error', error: 'missing_scope', times: 1_000 } as const;
    const fault = world.slack.fault('conversations.members', missing);
    await world.restart();
    world.aws.reply(caseId, { from: 'aws', body: 'Which region?' });
    const waits = () => world.log.filter((line) => line.includes('a direct message waits')).length;
    await world.until(() => waits() > 0, 'it is logged');
    const ready = async () => (await fetch(`${world.botUrl}/readyz`)).text();
    await world.until(async () => /lacks a permission/.test(await ready()), 'it is said');
    assert.deepEqual(directs(ALICE), []);
    fault.cancel();
    await world.until(() => directs(ALICE).length === 1, 'Alice is told');
    assert.equal(waits(), 1);
  });

  describe('by a severity that AWS has changed without an event', () => {
    const byCritical = (may: CaseRight[]) => [rule(may, [ONCALL], { severities: ['critical'] })];
    const raised = async (may: CaseRight[] = ['read', 'reply']) => {
      await start(byCritical(may));
      const caseId = await openCase({ severity: 'low' });
      await quiet(world);
      world.aws.setSeverity(caseId, 'critical');
      return caseId;
    };
    const cardSays = (part: string) =>
      world.until(() => JSON.stringify(onlyThread(world.slack).card).includes(part), `${part} on the card`);

    it('hold from the `show` that sees it: who may not read it is shown nothing, and all is brought up to date', async () => {
      const caseId = await raised();
      const said = await type('show 1234563851');
      assert.match(said, /You may not read Case 1234563851/);
      assert.doesNotMatch(said, /critical|Opening/);
      // No sweep is due: the look itself told.
      await cardSays('critical');
      assert.doesNotMatch(await type('list'), /1234563851/);
      assert.match(await type('reply 1234563851 My words'), /You may not [\s\S]*My words/);
      assert.equal(bodies(caseId).length, 1);
      assert.match(await type('show 1234563851', BOB), /Broken[\s\S]*critical/);
      await told(/Opening/, BOB);
      assert.doesNotMatch(toldTo(world.slack, ALICE).join(), /Opening/);
      assert.match(await type('audit', BOB), /Alice Example wanted to read Case 1234563851/);
    });

    it('leave outside its channel nothing but a number that nobody has', async () => {
      await start([...byCritical(['read']), rule(['read'], [CAROL])]);
      const caseId = await openCase({ severity: 'low' });
      await type('show 1234563851', CAROL, RANDOM);
      await told(/Opening/, CAROL);
      world.aws.setSeverity(caseId, 'critical');
      const said = await type('show 1234563851', CAROL, RANDOM);
      const unknown = await type('show 8888888888', CAROL, RANDOM);
      assert.equal(said, unknown.replaceAll('8888888888', '1234563851'));
      assert.match(await type('audit'), /Carol Outside wanted to read Case 1234563851/);
    });

    const openingEntry = () =>
      String(onlyThread(world.slack).replies[0]?.metadata?.event_payload.entry ?? assert.fail('no entry'));

    it('hold for `show` in its thread, who is on it, and a text that is read from AWS', async () => {
      const asks = {
        show: (threadTs: string) =>
          world.slack.mention(world.botUrl, { user: ALICE, channel: CHANNEL, text: 'show', threadTs }),
        who: () => chooseOnCard(world, ALICE, 'card_more', 'who'),
        text: (_: string, caseId: string) =>
          pressOnCard(world, ALICE, 'show_text', `${ACCOUNT}/${caseId} ${openingEntry()}`),
      };
      for (const [name, ask] of Object.entries(asks)) {
        const caseId = await raised();
        await ask(onlyThread(world.slack).card.ts, caseId);
        await told(/You may not read Case 1234563851/);
        assert.doesNotMatch(toldTo(world.slack, ALICE).join(), /Opening|Who is on|critical/, name);
        await cardSays('critical');
        await world.stop();
      }
      await start([]);
    });

    it('are learnt from a reply that AWS then does not take', async () => {
      await raised(['reply']);
      world.aws.account(ACCOUNT).deny = ['AddCommunicationToCase'];
      await type('reply 1234563851 My words');
      await cardSays('critical');
      await poll(async () => /You may not/.test(await type('reply 1234563851 Again')), 'the right');
    });

    it('cost no call of AWS where a look shows what is kept', async () => {
      await start(byCritical(['reply']));
      await openCase({ severity: 'low' });
      await quiet(world);
      const before = world.aws.callsOf('DescribeCases').length;
      await type('show 1234563851');
      await told(/Opening/);
      await quiet(world);
      assert.equal(world.aws.callsOf('DescribeCases').length, before + 1);
    });
  });

  it('leave out of a question which case is meant those that somebody may not read', async () => {
    const about = { accounts: [NORTH] };
    world = await startAccountsWorld({ file: { rules: [rule(['read'], [BOB], about)] } });
    for (const account of [HUB, NORTH])
      world.aws.openCase({ account, subject: `In ${account}`, body: 'Opening.', displayId: '1702000001' });
    await world.until(
      () => caseThreads(world.slack).filter(({ replies }) => replies.length > 0).length === 2,
      'both threads',
    );
    assert.match(await type('show 1702000001', BOB), /two|several|which/i);
    const said = await type('show 1702000001');
    assert.match(said, new RegExp(`In ${HUB}`));
    assert.doesNotMatch(said, new RegExp(NORTH));
    assert.match(await type('show data team/1702000001'), /.+/);
    assert.doesNotMatch(toldTo(world.slack, ALICE).join(), new RegExp(`In ${NORTH}`));
  });

  it('do not keep from asking whether a case is meant while an account is away, and say nothing of one that is not theirs', async () => {
    world = await startAccountsWorld({ file: { rules: [rule(['read'], [BOB], { accounts: [SOUTH] })] } });
    for (const [account, displayId] of [
      [HUB, '1702000001'],
      [SOUTH, '1702000002'],
    ] as const)
      world.aws.openCase({ account, subject: `In ${account}`, body: 'x', displayId, silent: true });
    world.aws.account(NORTH).deny = ['DescribeCases'];
    assert.match(await type('resolve 1702000001'), /Is this the one that you mean\?/);
    const said = await type('resolve 1702000002');
    assert.match(said, /may not (see|read)/);
    assert.doesNotMatch(said, /Is this the one/);
    assert.doesNotMatch(toldTo(world.slack, ALICE).join(), new RegExp(`In ${SOUTH}`));
    assert.equal(world.aws.callsOf('ResolveCase').length, 0);
  });

  it('are asked for first on cases of accounts that cannot be asked, with a line in the trail', async () => {
    const about = { accounts: [NORTH] };
    world = await startAccountsWorld({
      file: {
        rules: [rule(['reply', 'resolve'], [BOB], about)],
        accounts: ACCOUNTS.filter(({ id }) => id !== NORTH),
        unlisted: 'follow',
      },
    });
    world.aws.openCase({ account: NORTH, subject: 'Followed', body: 'x', displayId: '1702000003' });
    await world.until(() => caseThreads(world.slack).length === 1, 'its thread');
    assert.match(await type('reply 1702000003 My words.'), /You may not [\s\S]*My words\./);
    assert.match(await type('resolve 1702000003'), /You may not /);
    assert.doesNotMatch(toldTo(world.slack, ALICE).join(), /is not listed/);
    assert.match(await type('reply 1702000003 My words.', BOB), /is not listed[\s\S]*My words\./);
    assert.match(await type('audit'), /refused[\s\S]*refused/);
  });

  describe('of a new case', () => {
    it('are asked for before the form opens', async () => {
      await start([rule(['create'], [ONCALL])]);
      assert.match(await type('create Disk is slow'), /You may not open a new case[\s\S]*Disk is slow/);
      assert.equal(world.slack.modalOf(ALICE), undefined);
    });

    it('leave out severities that somebody may not choose, and are asked for again when it is sent', async () => {
      await start([rule(['create'], [ONCALL], { severities: ['urgent', 'critical'] })]);
      await type('create Disk is slow');
      const shown = () => JSON.stringify(form().view.blocks);
      await world.until(() => /"severity"/.test(shown()), 'the form');
      assert.doesNotMatch(shown(), /"value":"(urgent|critical)"/);
      assert.match(shown(), /"value":"low"/);
      await type('create Disk is slow', BOB);
      await world.until(() => /"value":"urgent"/.test(JSON.stringify(form(BOB).view.blocks)), "Bob's form");
      const { options } = await world.slack.suggest(world.botUrl, {
        ...{ view: form(BOB), actionId: 'create_service', typed: 'sqs', user: BOB },
      });
      const [service] = options as { text: { text: string }; value: string }[];
      assert.ok(service);
      const click = { view: form(BOB), actionId: 'create_service', selectedOption: service, user: BOB };
      await world.slack.click(world.botUrl, click);
      const values = {
        ...{ create_category: 'performance', subject: 'Queue stuck', severity: 'urgent' },
        'text-1': { text: 'Since 09:00.' },
      };
      world.slack.setGroup({ id: ONCALL, handle: 'oncall', users: [] });
      await submit(values, BOB);
      await world.until(
        () => /You may not open a new case/.test(shownText({ blocks: form(BOB).view.blocks } as never)),
        'the refusal in the form',
      );
      assert.match(JSON.stringify(form(BOB).view.blocks), /Since 09:00\./);
      assert.equal(world.aws.cases().length, 0);
      world.slack.setGroup({ id: ONCALL, handle: 'oncall', users: [BOB] });
      await submit({ ...values, severity: 'low' }, BOB);
      await world.until(() => world.aws.cases().length === 1, 'the case');
    });
  });

  describe('that hang on what Slack does not say', () => {
    it('are refused while it was never said, with the words and what to do', async () => {
      await start([rule(['reply'], [ONCALL])]);
      const caseId = await openCase();
      world.slack.fault('usergroups.users.list', { kind: 'error', error: 'internal_error', times: 1_000 });
      const said = await type('reply 1234563851 My words', BOB);
      assert.match(
        said,
        /cannot be checked now, because Slack does not answer, so nothing was done\. Try again/,
      );
      assert.match(said, /My words/);
      assert.match(await type('show 1234563851', BOB), /Broken/);
      assert.equal(bodies(caseId).length, 1);
    });

    it('are said to be unknown, and nobody is told that there is nothing, however they ask', async () => {
      await start([]);
      await openCase();
      await openCase({ subject: 'In production', displayId: '1702000002', severity: 'critical' });
      await poll(async () => /^2 cases with/.test(await type('search open', ALICE)), 'the words');
      world.slack.fault('conversations.members', { kind: 'error', error: 'internal_error', times: 1_000 });
      // What Slack said last would count.
      await world.restart();
      for (const text of ['list', 'list all', 'search open', 'resolve'])
        assert.equal(
          await type(text, ALICE, RANDOM),
          ':hourglass: I could not ask Slack which cases you may see, so I show none. Try again in a minute.',
        );
      await world.slack.openHome(world.botUrl, { user: ALICE });
      const home = () => shownText(world.slack.homeOf(ALICE)?.view as never);
      await world.until(() => /I could not ask Slack which cases you may see/.test(home()), 'Home');
      assert.doesNotMatch(home(), /No open cases|no case needs a person/);
      // In the channel of a case nothing has to be asked for it.
      world.slack.fault('users.info', { kind: 'error', error: 'internal_error', times: 1_000 });
      for (const text of ['list', 'search open'])
        assert.match(
          await type(text, BOB),
          /^1 (open case|case with “open”)\n:hourglass: I could not ask Slack which other cases you may see, so some may be missing\.[\s\S]*Broken/,
        );
      assert.match(await type('show 1234563851', BOB), /Broken/);
      await type('resolve', BOB);
      const choices = async () =>
        JSON.stringify(
          (
            await world.slack.suggest(world.botUrl, {
              ...{ ephemeral: last(BOB), actionId: 'resolve_pick', user: BOB, typed: '' },
            })
          ).options,
        );
      assert.match(await choices(), /Broken/);
      assert.doesNotMatch(await choices(), /In production/);
    });

    it('leave a menu that says so, where it was open before', async () => {
      await start([]);
      await openCase();
      await type('resolve', ALICE, RANDOM);
      world.slack.fault('conversations.members', { kind: 'error', error: 'internal_error', times: 1_000 });
      await world.restart();
      const where = { ephemeral: last(ALICE), actionId: 'resolve_pick', user: ALICE };
      const { options } = await world.slack.suggest(world.botUrl, { ...where, typed: '' });
      const [only] = options as { text: { text: string }; value: string }[];
      assert.match(only?.text.text ?? '', /^Slack does not say which cases you may see: try again/);
      assert.equal(options.length, 1);
      await world.slack.click(world.botUrl, { ...where, selectedOption: only as never });
      await told(/I could not ask Slack which cases you may see/);
    });

    it('go by what it said last', async () => {
      await start([rule(['reply'], [ONCALL])]);
      const caseId = await openCase();
      await type('reply 1234563851 First', BOB);
      world.slack.fault('usergroups.users.list', { kind: 'error', error: 'internal_error', times: 1_000 });
      await type('reply 1234563851 Second', BOB);
      await world.until(() => bodies(caseId).length === 3, 'both replies');
      assert.match(await type('reply 1234563851 Mine', ALICE), /You may not reply/);
    });
  });
});
