import assert from 'node:assert/strict';
import { shownText } from '../../src/sandbox/slack/start-slack.js';
import { count, entries, onlyThread } from '../world/reading.js';
import { CHANNEL, startWorld, type World, type WorldOptions } from '../world/world.js';

describe('flow: the sweep finds what no event told', () => {
  let world: World;
  const start = async (options: WorldOptions = {}) => {
    world = await startWorld({ ...options, timing: { sweepMs: 100, ...options.timing } });
    return world;
  };
  afterEach(() => world.stop());

  it('brings an update whose event never came within one interval', async () => {
    const { aws, slack, until, bridge, botUrl } = await start();
    const { caseId } = aws.openCase({ subject: 'Swept', body: 'Opening.' });
    await until(() => onlyThread(slack).texts.length === 1, 'the thread');
    bridge.loseNext(2);
    aws.reply(caseId, { from: 'aws', body: 'Unannounced.' });
    await until(() => count(onlyThread(slack).texts, 'Unannounced.') === 1, 'the answer');
    aws.resolve(caseId);
    await until(() => count(onlyThread(slack).texts, 'Resolved') === 1, 'the resolving');
    await until(() => shownText(onlyThread(slack).card).includes('Reopen by replying'), 'the card');
    assert.match(await (await fetch(`${botUrl}/metrics`)).text(), /^casethread_sweep_repairs_total [2-9]/m);
  });

  it('brings a new case, a changed severity and a changed status', async () => {
    const { aws, slack, until } = await start();
    const { caseId } = aws.openCase({ subject: 'Silent', body: 'Opening.', silent: true });
    await until(() => onlyThread(slack).texts.length === 1, 'the thread');
    aws.setSeverity(caseId, 'critical');
    await until(
      () => shownText(onlyThread(slack).card).includes('Business-critical system down'),
      'the severity',
    );
    aws.setStatus(caseId, 'pending-customer-action');
    await until(() => shownText(onlyThread(slack).card).includes('Waiting for us'), 'the turn');
  });

  it('catches up at the start with what happened while the bot was away', async () => {
    const { aws, slack, until } = await start();
    const { caseId } = aws.openCase({ subject: 'Away', body: 'Opening.' });
    await until(() => onlyThread(slack).texts.length === 1, 'the thread');
    await world.stopBot();
    world.bridge.loseNext(3);
    for (const body of ['one', 'two']) aws.reply(caseId, { from: 'aws', body });
    aws.resolve(caseId);
    await world.restart();
    await until(() => onlyThread(slack).texts.length === 4, 'everything');
    assert.deepEqual(
      entries(slack)[0]
        ?.slice(1, 3)
        .map((text) => text.split('\n').at(-1)),
      ['one', 'two'],
    );
  });

  it('costs one call for a hundred open cases', async () => {
    const { aws, slack, until } = await start({ timing: { sweepMs: 1_000_000 }, bridge: false });
    for (let i = 0; i < 100; i++) aws.openCase({ subject: `Case ${i}`, body: 'x', silent: true });
    const restartAndSweep = async () => {
      const before = world.log.filter((line) => line.includes('sweep done')).length;
      await world.restart();
      const isDone = () => world.log.filter((line) => line.includes('sweep done')).length > before;
      for (let waited = 0; !isDone() && waited < 200; waited++)
        await new Promise((resolve) => setTimeout(resolve, 10));
    };
    await restartAndSweep();
    await until(() => entries(slack).flat().length === 100, 'all threads');
    await restartAndSweep();
    const before = aws.calls.length;
    await restartAndSweep();
    assert.deepEqual(
      aws.calls.slice(before).map((call) => call.operation),
      ['DescribeCases'],
    );
    assert.equal(slack.threads(CHANNEL).length, 100);
  });

  it('finds in time what AWS showed late behind newer communications, and of which no event came', async () => {
    const { aws, slack, until } = await start({ timing: { walkEveryMs: 300 } });
    const began = Date.now() - 3_600_000;
    const { caseId } = aws.openCase({ subject: 'Late', body: 'Opening.', at: began });
    for (let i = 1; i < 8; i++)
      aws.reply(caseId, { from: 'aws', body: `answer ${i}`, at: began + i * 60_000 });
    await until(() => onlyThread(slack).texts.length === 8, 'the thread');
    aws.reply(caseId, { from: 'aws', body: 'Shown late.', at: began + 90_000, silent: true });
    await until(() => count(onlyThread(slack).texts, 'Shown late.') === 1, 'the late one');
  });

  it('says in readyz that AWS cannot be asked, and why', async () => {
    await start({
      aws: {
        accounts: [
          { id: '111122223333', accessKeyId: 'AKIACASETHREADTEST11', secretAccessKey: 's', plan: 'none' },
        ],
      },
    });
    const { until, slack, botUrl } = world;
    const problem = async () => {
      const answer = await fetch(`${botUrl}/readyz`);
      const state = (await answer.json()) as { sweep: { problem: string | null } };
      slack.nudge();
      return answer.status === 503 && state.sweep.problem?.includes('no support plan');
    };
    await until(problem, 'the reason');
  });
});
