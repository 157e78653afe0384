import assert from 'node:assert/strict';
import { shownText } from '../../src/sandbox/slack/start-slack.js';
import { loseStore } from '../world/lose-store.js';
import { chooseOnCard, directsTo, ownerOnCard, pressOnCard } from '../world/on-card.js';
import { quiet } from '../world/quiet.js';
import { count, onlyThread, toldTo } from '../world/reading.js';
import { describeWithRedis } from '../world/redis-server.js';
import {
  ACCOUNT,
  ALICE,
  BOB,
  CHANNEL,
  startProcessWorld,
  startWorld,
  type World,
  type WorldOptions,
} from '../world/world.js';

const CAROL = 'U0CAROL0001';
const NUMBER = '1234563851';
const SECRET = 'Your root volume vol-123 is full.';

function withoutLinks(text: string): string {
  return text.replaceAll(/ \(https:[^)]*\)/g, '');
}

/** A world with one case, whose thread is there. */
function peopleWorld<W extends World>(start: (options: WorldOptions) => Promise<W>) {
  let world: W;
  let caseId = '';
  const open = async (options: WorldOptions = {}) => {
    world = await start(options);
    world.slack.addUser({ id: CAROL, name: 'carol', realName: 'Carol Third' });
    ({ caseId } = world.aws.openCase({ subject: 'Disk *full*', body: 'Opening.', displayId: NUMBER }));
    await world.until(() => onlyThread(world.slack).texts.length === 1, 'the thread');
  };
  const value = () => `${ACCOUNT}/${caseId}`;
  /** What one person was told, without the addresses of links. */
  const said = (user: string) => toldTo(world.slack, user).map(withoutLinks);
  const told = async (user: string, part: RegExp) => {
    const find = () => said(user).find((text) => part.test(text));
    await world.until(() => find() !== undefined, `"${part}" to ${user}`);
    return find() ?? '';
  };
  const entries = (n: number) =>
    world.until(() => onlyThread(world.slack).texts.length === n, `${n} entries`);
  return {
    open,
    get world() {
      return world;
    },
    get caseId() {
      return caseId;
    },
    value,
    told,
    entries,
    async take(user: string) {
      await pressOnCard(world, user, 'card_take', value());
      await world.until(() => ownerOnCard(world) === user, `the card shows ${user}`);
    },
    async choose(user: string, what: 'who' | 'follow' | 'mute' | 'give-back') {
      const before = toldTo(world.slack, user).length;
      await chooseOnCard(world, user, 'card_more', what);
      await world.until(() => toldTo(world.slack, user).length > before, `an answer to ${user}`);
      return said(user).at(-1) ?? '';
    },
    react: (user: string, name = 'eyes', ts = onlyThread(world.slack).card.ts) =>
      world.slack.react(world.botUrl, { user, channel: CHANNEL, ts, name }),
    unreact: (user: string, name = 'eyes') =>
      world.slack.unreact(world.botUrl, {
        user,
        channel: CHANNEL,
        ts: onlyThread(world.slack).card.ts,
        name,
      }),
    /** AWS writes, and all is done that comes of it. */
    async answers(body = SECRET) {
      const before = onlyThread(world.slack).texts.length;
      world.aws.reply(caseId, { from: 'aws', body });
      await entries(before + 1);
    },
    directs: (user: string) => directsTo(world, user).map((each) => withoutLinks(shownText(each))),
    async direct(user: string, part: string) {
      await world.until(
        () => directsTo(world, user).some((each) => withoutLinks(shownText(each)).includes(part)),
        `"${part}" to ${user} directly`,
      );
    },
    async pressTold(user: string, actionId: string) {
      const ephemeral = world.slack.ephemerals.findLast((each) => each.user === user && !each.deleted);
      assert.ok(ephemeral);
      await world.slack.click(world.botUrl, { ephemeral, actionId, user });
    },
    lastEvent: () =>
      JSON.parse(world.slack.lastRequest?.body ?? '{}') as {
        event: Record<string, string>;
        event_id: string;
      },
  };
}

describe('flow: who has a case', () => {
  const at = peopleWorld(startWorld);
  beforeEach(() => at.open());
  afterEach(() => at.world.stop());

  it('is whoever presses “I’ll take it”: the card shows it, and they read what it means', async () => {
    await at.take(ALICE);
    const said = await at.told(ALICE, /You have Case 1234563851 now/);
    assert.match(said, /write to you directly whenever AWS answers/);
    // Where she pressed it: in the channel.
    assert.equal(at.world.slack.ephemerals.at(-1)?.threadTs, undefined);
    // Pressed twice it stays theirs.
    await pressOnCard(at.world, ALICE, 'card_take', at.value());
    await at.told(ALICE, /already, so nothing was changed/);
    assert.equal(ownerOnCard(at.world), ALICE);
    assert.deepEqual(at.directs(ALICE), []);
  });

  it('is the last who took it; whoever had it is told directly, by name', async () => {
    await at.take(ALICE);
    await at.take(BOB);
    assert.match(await at.told(BOB, /taken over/), /from Alice Example, and I tell them so/);
    await at.direct(ALICE, 'Bob Sample has taken over Case 1234563851: Disk *full*');
    await at.answers();
    await at.direct(BOB, 'AWS Support answered');
    await quiet(at.world);
    assert.equal(at.directs(ALICE).length, 1);
  });

  it('is nobody once the owner gives it back, and nobody else can', async () => {
    await at.take(ALICE);
    await pressOnCard(at.world, BOB, 'case_give_back', at.value());
    await at.told(BOB, /Alice Example has Case 1234563851, so nothing was changed/);
    assert.equal(ownerOnCard(at.world), ALICE);
    await at.told(ALICE, /You have/);
    await at.pressTold(ALICE, 'case_give_back');
    await at.world.until(() => ownerOnCard(at.world) === undefined, 'nobody on the card');
    await at.told(ALICE, /Nobody has Case 1234563851 now/);
    assert.equal(count(toldTo(at.world.slack, ALICE), 'You have'), 0, 'the answer has given way');
    await at.answers();
    await quiet(at.world);
    assert.deepEqual(at.directs(ALICE), []);
  });

  it('is whoever puts :eyes: on the card, until they take it away', async () => {
    await at.react(ALICE);
    await at.world.until(() => ownerOnCard(at.world) === ALICE, 'Alice on the card');
    await at.told(ALICE, /You have Case/);
    await at.react(BOB);
    await at.world.until(() => ownerOnCard(at.world) === BOB, 'Bob on the card');
    await at.direct(ALICE, 'Bob Sample has taken over');
    // Hers means nothing any more.
    await at.unreact(ALICE);
    await at.unreact(BOB);
    await at.world.until(() => ownerOnCard(at.world) === undefined, 'nobody on the card');
    await at.told(BOB, /Nobody has Case/);
    assert.equal(count(toldTo(at.world.slack, ALICE), 'Nobody has'), 0);
  });

  it('is not changed by other reactions, on other messages, or of bots', async () => {
    const { slack, app } = { slack: at.world.slack, app: at.world.slack.app };
    const [entry] = onlyThread(slack).replies;
    const threadTs = onlyThread(slack).card.ts;
    const talk = slack.say({ user: BOB, channel: CHANNEL, threadTs, text: 'Look.' });
    for (const name of ['thumbsup', 'eyes::skin-tone-2']) await at.react(ALICE, name);
    for (const ts of [entry?.ts ?? '', talk.ts]) await at.react(ALICE, 'eyes', ts);
    await at.react(app.botUser);
    // What comes behind has been done: nothing of those before is under way.
    await at.react(BOB);
    await at.world.until(() => ownerOnCard(at.world) === BOB, 'Bob on the card');
    await at.told(BOB, /You have Case/);
    assert.deepEqual(toldTo(slack, ALICE), []);
    assert.equal(slack.ephemerals.length, 1);
    assert.deepEqual(at.directs(ALICE), []);
  });

  it('is not given away again by an event that Slack sends once more', async () => {
    await at.react(ALICE);
    const { event, event_id } = at.lastEvent();
    await at.take(BOB);
    for (const retryNum of [1, 2, 3]) {
      const { status } = await at.world.slack.event(at.world.botUrl, event, { eventId: event_id, retryNum });
      assert.equal(status, 200);
    }
    assert.equal(ownerOnCard(at.world), BOB);
    assert.equal(toldTo(at.world.slack, ALICE).length, 1);
  });

  it('does nothing at reactions whose fields are odd', async () => {
    const { card } = onlyThread(at.world.slack);
    const good = { type: 'reaction_added', user: ALICE, reaction: 'eyes', event_ts: '1.2' };
    const item = { type: 'message', channel: CHANNEL, ts: card.ts };
    for (const change of [
      { item: {} },
      { item: { ...item, ts: 7 } },
      { item: { ...item, type: 'file' } },
      { item: { ...item, channel: '__proto__' } },
      { item, user: {} },
      { item, reaction: ['eyes'] },
      { item, event_ts: null },
    ]) {
      const inner = { ...good, ...change } as Parameters<typeof at.world.slack.event>[1];
      assert.equal((await at.world.slack.event(at.world.botUrl, inner)).status, 200, JSON.stringify(change));
    }
    await at.take(BOB);
    assert.deepEqual(toldTo(at.world.slack, ALICE), []);
  });

  it('is still known after a restart, and from the card when the store is lost', async () => {
    await at.take(ALICE);
    await at.world.restart();
    await at.answers('First.');
    await at.direct(ALICE, 'AWS Support answered');
    await at.world.stopBot();
    await loseStore(at.world);
    await at.world.restart();
    await at.answers('Second.');
    assert.match(await at.choose(BOB, 'who'), /Owner: Alice Example/);
    assert.equal(ownerOnCard(at.world), ALICE);
  });

  it('is in what the card carries also where nobody sees it: of another of the same name, and once resolved', async () => {
    const { slack, aws } = at.world;
    slack.addUser({ id: 'U0ALICE0002', name: 'alice2', realName: 'Alice Example' });
    await at.take(ALICE);
    await at.take('U0ALICE0002');
    aws.resolve(at.caseId);
    await at.world.until(() => /Reopen by/.test(shownText(onlyThread(slack).card)), 'the resolved card');
    await at.take(BOB);
    await quiet(at.world);
    await loseStore(at.world);
    await at.world.restart();
    aws.reply(at.caseId, { from: 'customer', body: 'Once more.' });
    await at.world.until(() => /Owned by/.test(shownText(onlyThread(slack).card)), 'the owner on the card');
    assert.match(shownText(onlyThread(slack).card), /Owned by: Bob Sample/);
    assert.equal(ownerOnCard(at.world), BOB);
  });

  it('is nobody of another company who shares the channel, whatever they put on the card', async () => {
    const PARTNER = 'U0PARTNER01';
    at.world.slack.addUser({ id: PARTNER, name: 'pat', realName: 'Pat Partner', teamId: 'T0PARTNER01' });
    await at.react(PARTNER);
    await at.told(PARTNER, /Only people of the workspace/);
    assert.deepEqual(toldTo(at.world.slack, PARTNER).length, 1);
    // What comes behind has been done: nothing of theirs is under way.
    await at.react(BOB);
    await at.told(BOB, /You have Case/);
    assert.deepEqual(at.directs(PARTNER), []);
  });

  it('is given back from the menu of the card by whoever has it, and by nobody else', async () => {
    await at.take(ALICE);
    assert.match(await at.choose(BOB, 'give-back'), /Alice Example/);
    assert.equal(ownerOnCard(at.world), ALICE);
    await at.choose(ALICE, 'give-back');
    await at.world.until(() => ownerOnCard(at.world) === undefined, 'nobody on the card');
  });

  it('says why nothing was done where the case is not known any more', async () => {
    await pressOnCard(at.world, ALICE, 'card_take', `${ACCOUNT}/case-of-long-ago`);
    await at.told(ALICE, /no record of this case any more, so nothing was done/);
    await chooseOnCard(at.world, ALICE, 'card_more', 'constructor');
    await at.told(ALICE, /belongs to another version/);
  });
});

describe('flow: who hears of a case', () => {
  const at = peopleWorld(startWorld);
  beforeEach(() => at.open());
  afterEach(() => at.world.stop());

  it('are owner and followers, each once for each answer of AWS, without a word of it', async () => {
    await at.take(ALICE);
    assert.match(await at.choose(BOB, 'follow'), /You follow Case 1234563851/);
    await at.answers();
    await Promise.all([ALICE, BOB].map((user) => at.direct(user, 'AWS Support answered on Case 1234563851')));
    await at.answers('Second answer.');
    await at.world.until(() => at.directs(BOB).length === 2 && at.directs(ALICE).length === 2, 'the second');
    await quiet(at.world);
    for (const user of [ALICE, BOB]) {
      assert.equal(at.directs(user).length, 2);
      assert.match(at.directs(user)[0] ?? '', /: Disk \*full\*/);
      assert.equal(count(at.directs(user), 'vol-123'), 0);
    }
    assert.deepEqual(at.directs(CAROL), []);
    const { card, replies } = onlyThread(at.world.slack);
    const json = JSON.stringify(directsTo(at.world, ALICE)[0]?.blocks);
    const p = (ts = '') => `https://acme.slack.com/archives/${CHANNEL}/p${ts.replace('.', '')}`;
    assert.ok(json.includes(`"${p(card.ts)}"`), json);
    assert.ok(json.includes(`"${p(replies[1]?.ts)}?thread_ts=${card.ts}&cid=${CHANNEL}"`), json);
  });

  it('are not told of what their own side writes', async () => {
    await at.take(ALICE);
    at.world.aws.reply(at.caseId, { from: 'customer', body: 'From the console.' });
    await at.entries(2);
    await at.answers();
    await at.direct(ALICE, 'AWS Support answered');
    assert.equal(at.directs(ALICE).length, 1);
  });

  it('are not those who have muted it, even the owner, until they follow it again', async () => {
    await at.take(ALICE);
    assert.match(await at.choose(ALICE, 'mute'), /it stays yours/);
    await at.choose(BOB, 'follow');
    await at.answers();
    await at.direct(BOB, 'AWS Support answered');
    const [direct] = directsTo(at.world, BOB);
    assert.ok(direct);
    await at.world.slack.click(at.world.botUrl, { message: direct, actionId: 'case_mute', user: BOB });
    await at.direct(BOB, 'You get no messages about Case 1234563851');
    assert.match(await at.choose(ALICE, 'follow'), /You follow/);
    await at.answers('Another.');
    await at.direct(ALICE, 'AWS Support answered');
    await quiet(at.world);
    assert.equal(count(at.directs(BOB), 'AWS Support answered'), 1);
    assert.equal(count(at.directs(ALICE), 'AWS Support answered'), 1);
    assert.equal(ownerOnCard(at.world), ALICE);
  });

  it('hear of it again when they take a case that they had muted', async () => {
    await at.choose(ALICE, 'mute');
    await at.take(ALICE);
    await at.answers();
    await at.direct(ALICE, 'AWS Support answered');
  });

  it('hear nothing of what was said long ago', async () => {
    await at.take(ALICE);
    at.world.aws.reply(at.caseId, {
      from: 'aws',
      body: 'Of last week.',
      at: Date.now() - 7 * 86_400_000,
      silent: true,
    });
    at.world.aws.reply(at.caseId, { from: 'aws', body: 'Of now.' });
    await at.entries(3);
    await at.direct(ALICE, 'AWS Support answered');
    await quiet(at.world);
    assert.equal(at.directs(ALICE).length, 1);
  });

  it('are named, with who has written, to whoever asks', async () => {
    await at.take(ALICE);
    await at.choose(BOB, 'follow');
    await at.answers();
    const said = await at.choose(CAROL, 'who');
    assert.match(said, /Who is on Case 1234563851/);
    assert.match(said, /Owner: Alice Example\n/);
    assert.match(said, /Told when AWS answers: Alice Example, Bob Sample\n/);
    assert.match(said, /Have written: .*AWS Support/);
    await at.pressTold(CAROL, 'case_follow');
    await at.told(CAROL, /You follow Case 1234563851/);
    assert.match(await at.choose(CAROL, 'who'), /Bob Sample, Carol Third \(you\)/);
    at.world.aws.fault('DescribeCases', { kind: 'error', name: 'AccessDeniedException', times: 9 });
    assert.match(await at.choose(CAROL, 'who'), /AWS does not say now who else has written/);
  });

  it('are told all the same when Slack was away, and nobody twice', async () => {
    await at.take(ALICE);
    await at.choose(BOB, 'follow');
    const fault = at.world.slack.fault('chat.postMessage', {
      kind: 'status',
      status: 503,
      times: 4,
      when: ({ channel }) => channel === ALICE,
    });
    await at.answers();
    await at.direct(BOB, 'AWS Support answered');
    await at.direct(ALICE, 'AWS Support answered');
    assert.equal(fault.hits, 4);
    await at.answers('Another.');
    await at.world.until(() => at.directs(ALICE).length === 2 && at.directs(BOB).length === 2, 'the next');
  });

  it('are left alone where Slack does not let us write to them; the others are told', async () => {
    await at.take(ALICE);
    await at.choose(BOB, 'follow');
    for (const error of ['messages_tab_disabled', 'channel_not_found']) {
      const fault = at.world.slack.fault('chat.postMessage', {
        kind: 'error',
        error,
        times: 99,
        when: ({ channel }) => channel === ALICE,
      });
      const before = at.directs(BOB).length;
      await at.answers(`Answer ${error}.`);
      await at.world.until(() => at.directs(BOB).length === before + 1, 'Bob is told');
      await at.world.until(
        () =>
          at.world.log.some((line) => line.includes('does not let the bot write') && line.includes(error)),
        'the log says so',
      );
      assert.equal(fault.hits, 1);
      fault.cancel();
    }
    assert.equal(count(at.world.log, 'vol-123'), 0);
  });
});

describe('flow: people hear of a case although the process is killed', () => {
  const at = peopleWorld(startProcessWorld);
  afterEach(() => at.world.stop());

  it('after the entry is posted, and again before the message is sent', async () => {
    // On Redis the next process waits until nobody else can be at it.
    await at.open({ timing: { leaseMs: 500 } });
    await at.take(ALICE);
    const [bot] = at.world.bots;
    const { slack } = at.world;
    const entry = slack.fault('chat.postMessage', {
      kind: 'hold-after',
      when: ({ channel }) => channel === CHANNEL,
    });
    at.world.aws.reply(at.caseId, { from: 'aws', body: SECRET });
    await entry.reached;
    await bot?.kill();
    entry.cancel();
    const message = slack.fault('chat.postMessage', {
      kind: 'hold-before',
      when: ({ channel }) => channel === ALICE,
    });
    await bot?.start();
    await message.reached;
    await bot?.kill();
    message.cancel();
    await bot?.start();
    await at.direct(ALICE, 'AWS Support answered');
    await at.entries(2);
    await quiet(at.world);
    assert.equal(at.directs(ALICE).length, 1);
  });
});

describeWithRedis('flow: who has a case, with several replicas', () => {
  const at = peopleWorld(startWorld);
  afterEach(() => at.world.stop());

  it('is the same for all, and each person is told of each answer once', async () => {
    await at.open({ store: 'redis', replicas: 2 });
    at.world.bridge.repeat = 3;
    await at.take(ALICE);
    await at.choose(BOB, 'follow');
    await at.react(CAROL);
    const { event, event_id } = at.lastEvent();
    await Promise.all(
      [1, 2, 3].map((retryNum) =>
        at.world.slack.event(at.world.botUrl, event, { eventId: event_id, retryNum }),
      ),
    );
    await at.world.until(() => ownerOnCard(at.world) === CAROL, 'Carol on the card');
    await at.direct(ALICE, 'Carol Third has taken over');
    for (const body of ['One.', 'Two.', 'Three.']) await at.answers(body);
    await at.world.until(() => at.directs(CAROL).length >= 3 && at.directs(BOB).length >= 3, 'both');
    await quiet(at.world);
    assert.equal(at.directs(CAROL).length, 3);
    assert.equal(at.directs(BOB).length, 3);
    assert.equal(at.directs(ALICE).length, 1);
    assert.equal(toldTo(at.world.slack, CAROL).length, 1);
  });
});
