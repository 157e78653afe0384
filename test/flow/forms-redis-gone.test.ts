import assert from 'node:assert/strict';
import { shownText } from '../../src/sandbox/slack/start-slack.js';
import { count, onlyThread, toldTo } from '../world/reading.js';
import { describeWithRedis, type RedisServer } from '../world/redis-server.js';
import { ALICE, BOB, CHANNEL, startWorld, type World } from '../world/world.js';

const CAROL = 'U0CAROL0001';
const LEAKY = 'It took me an hour to write this. DB_PASSWORD=hunter2';

describeWithRedis('flow: forms are sent and closed while Redis is gone', () => {
  let world: World;
  let redis: RedisServer;
  let caseId: string;
  beforeEach(async () => {
    world = await startWorld({ store: 'redis' });
    assert.ok(world.redis);
    redis = world.redis;
    ({ caseId } = world.aws.openCase({ subject: 'Broken', body: 'Opening.', displayId: '1234563851' }));
    await world.until(() => onlyThread(world.slack).texts.length === 1, 'the thread');
  });
  afterEach(() => world.stop());

  const type = (text: string, user: string) =>
    world.slack.command(world.botUrl, { command: '/support', text, user, channel: CHANNEL });
  const form = (user: string) => {
    const view = world.slack.modalOf(user);
    assert.ok(view, 'no form is open');
    return view;
  };
  const send = (user: string, values: Parameters<typeof world.slack.submitView>[1]['values'] = {}) =>
    world.slack.submitView(world.botUrl, { view: form(user), user, values });
  const told = (part: string, user: string) =>
    world.until(() => toldTo(world.slack, user).find((text) => text.includes(part)), `"${part}" to ${user}`);
  const atAws = () => world.aws.case(caseId).communications.map((each) => each.body.split('\n')[0] ?? '');

  const openAll = async () => {
    world.slack.addUser({ id: CAROL, name: 'carol', realName: 'Carol Example' });
    await type('reply 1234563851', ALICE);
    await type('reply 1234563851', BOB);
    await send(BOB, { 'text-1': { text: LEAKY } });
    assert.match(shownText({ text: '', blocks: form(BOB).view.blocks } as never), /looks like a password/);
    await type('create', CAROL);
    await world.until(() => JSON.stringify(form(CAROL).view.blocks).includes('create_service'), 'the form');
    const actionId = 'create_service';
    const { options } = await world.slack.suggest(world.botUrl, {
      view: form(CAROL),
      actionId,
      typed: 'sqs',
      user: CAROL,
    });
    const [selectedOption] = options as { text: { text: string }; value: string }[];
    assert.ok(selectedOption);
    await world.slack.click(world.botUrl, { view: form(CAROL), actionId, selectedOption, user: CAROL });
  };
  const FILLED = { create_category: 'performance', subject: 'Stuck', 'text-1': { text: 'A queue.' } };

  for (const [how, lose, bringBack] of [
    ['hangs', async () => process.kill(redis.pid, 'SIGSTOP'), async () => process.kill(redis.pid, 'SIGCONT')],
    ['was killed', () => redis.kill(), () => redis.restart()],
  ] satisfies [string, () => Promise<unknown>, () => Promise<unknown>][]) {
    it(`says in every form what to do, in time, and does each thing once, when Redis ${how}`, async () => {
      await openAll();
      await lose();
      const answers = await Promise.all([
        send(ALICE, { 'text-1': { text: 'Words.' } }),
        send(BOB, { secrets_choice: 'remove' }),
        send(CAROL, FILLED),
      ]);
      for (const { failed, tookMs } of answers) {
        assert.equal(failed, undefined);
        assert.ok(tookMs < 2_900, `${tookMs} ms`);
      }
      for (const user of [ALICE, BOB, CAROL])
        assert.match(Object.values(form(user).errors).join(''), / in a (?:moment|minute)/, user);
      await bringBack();
      const again = (user: string, values?: Parameters<typeof send>[1]) =>
        world.until(async () => {
          if (world.slack.modalOf(user) === undefined) return true;
          await send(user, values);
          return false;
        }, `the form of ${user} to be taken`);
      await again(ALICE, { 'text-1': { text: 'Words.' } });
      await again(BOB, { secrets_choice: 'remove' });
      await again(CAROL, FILLED);
      await told('AWS has your reply', ALICE);
      await told('AWS has your reply', BOB);
      await told('AWS has your case', CAROL);
      assert.equal(count(atAws(), 'Words.'), 1);
      assert.equal(count(atAws(), 'DB_PASSWORD=[removed: password]'), 1);
      assert.equal(world.aws.cases().length, 2);
    });
  }

  it('leads back from a question that is closed meanwhile, and sends what is changed in the form', async () => {
    await type('reply 1234563851', ALICE);
    await send(ALICE, { 'text-1': { text: LEAKY } });
    await redis.kill();
    await world.slack.closeView(world.botUrl, { view: form(ALICE), user: ALICE });
    await redis.restart();
    await world.until(async () => {
      if (world.slack.modalOf(ALICE) === undefined) return true;
      await send(ALICE, { 'text-1': { text: 'Words.' } });
      return false;
    }, 'the form to be taken');
    await told('AWS has your reply', ALICE);
    assert.deepEqual(atAws(), ['Opening.', 'Words.']);
    assert.equal(count(toldTo(world.slack, ALICE), 'Not sent'), 0);
  });
});
