import assert from 'node:assert/strict';
import { caseThreads, count, entries, toldTo } from '../world/reading.js';
import { describeWithRedis } from '../world/redis-server.js';
import { ALICE, CHANNEL, type ProcessWorld, startProcessWorld } from '../world/world.js';

/** Two replicas, in processes of their own; the one that is opening a case is killed, as a power cut would. */
describeWithRedis('flow: a replica is killed while it opens a case', () => {
  let world: ProcessWorld;
  before(async () => {
    const timing = { leaseMs: 700, roundMs: 300 };
    world = await startProcessWorld({ store: 'redis', replicas: 2, bridge: false, timing });
  });
  after(() => world.stop());

  const top = () => {
    const view = world.slack.views.findLast((each) => each.state === 'open');
    assert.ok(view);
    return view;
  };
  const shown = () => JSON.stringify(top().view.blocks);
  /** Types the command, fills the form in and sends it, all by one replica. */
  const open = async (url: string, subject: string) => {
    const { slack } = world;
    await slack.command(url, { command: '/support', text: 'create', user: ALICE, channel: CHANNEL });
    await world.until(() => shown().includes('create_service'), 'the form');
    const on = { view: top(), actionId: 'create_service', user: ALICE };
    const { options } = await slack.suggest(url, { ...on, typed: 'lambda' });
    const [service] = options;
    assert.ok(service);
    await slack.click(url, { ...on, selectedOption: service });
    const values = { create_category: 'performance', subject, 'text-1': { text: `Text of ${subject}.` } };
    await slack.submitView(url, { view: top(), user: ALICE, values });
  };
  const about = (subject: string) => toldTo(world.slack, ALICE).filter((text) => text.includes(subject));
  const cases = (subject: string) => world.aws.cases().filter((each) => each.subject === subject);

  for (const [when, kind, isOpened] of [
    ['before AWS has it', 'hold-before', false],
    ['after AWS has it', 'hold-after', true],
  ] as const) {
    it(`${when}: the other one finds out, and the person knows`, async () => {
      const [first, second] = world.bots;
      assert.ok(first && second);
      const held = world.aws.fault('CreateCase', { kind, when: ({ input }) => input.dryRun !== true });
      // Whichever has taken it up is killed, and the other one, too, as nobody can say which it is.
      await open(first.url, when);
      await held.reached;
      await Promise.all([first.kill(), second.kill()]);
      held.cancel();
      await second.start();
      if (isOpened) {
        const told = () => count(toldTo(world.slack, ALICE), 'AWS has your case: ');
        await world.until(() => told() === 1, 'the end');
        await world.until(() => entries(world.slack)[0]?.length === 1, 'the entry');
        assert.equal(caseThreads(world.slack).length, 1);
        assert.match(entries(world.slack)[0]?.[0] ?? '', /^Alice Example, from Slack/);
      } else {
        await world.until(
          () => about(when).some((text) => text.includes('there is no such case')),
          'it back',
        );
      }
      assert.equal(cases(when).length, isOpened ? 1 : 0);
      await first.start();
    });
  }
});
