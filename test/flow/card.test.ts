import assert from 'node:assert/strict';
import { shownText } from '../../src/sandbox/slack/start-slack.js';
import { quiet } from '../world/quiet.js';
import { caseThreads, count, onlyThread } from '../world/reading.js';
import { describeWithRedis } from '../world/redis-server.js';
import { ACCOUNT, startProcessWorld, startWorld, type World, type WorldOptions } from '../world/world.js';

const OPENING = {
  subject: 'Deploy hangs',
  body: 'Please look.',
  service: 'aws-lambda',
  category: 'invocation',
};
const HOUR = 3_600_000;

describe('flow: the card lives', () => {
  let world: World;
  const start = async (options: WorldOptions = {}) => {
    world = await startWorld(options);
    return world;
  };
  afterEach(() => world.stop());
  const card = () => shownText(onlyThread(world.slack).card);
  const reads = (words: string | RegExp) =>
    world.until(
      () => (typeof words === 'string' ? card().includes(words) : words.test(card())),
      `a card with ${words}`,
    );
  const buttons = () => {
    const { blocks } = onlyThread(world.slack).card;
    return blocks.some(({ type }) => type === 'actions');
  };
  const updates = () => world.slack.callsOf('chat.update');

  it('tells at one glance how the case stands, and each time it changes', async () => {
    const { aws } = await start({ environment: { AWS_ACCOUNT_ALIASES: `${ACCOUNT}=production` } });
    const { caseId, displayId } = aws.openCase({ ...OPENING, severity: 'urgent' });
    await reads('First answer from AWS due in about 1 h');
    const lines = card()
      .split('\n')
      .filter((line) => line !== '');
    assert.equal(lines[0], ':hourglass_flowing_sand: Deploy hangs');
    assert.match(
      lines[2] ?? '',
      new RegExp(
        `^Case ${displayId} in the AWS console \\(https://.*\\) · account production \\(${ACCOUNT}\\)$`,
      ),
    );
    assert.equal(lines[1], 'Waiting for AWS · First answer from AWS due in about 1 h');
    assert.deepEqual(lines.slice(3, 5), [
      'Severity: Production system down (urgent)',
      'Service: Lambda / Invocation',
    ]);
    assert.match(lines[5] ?? '', /^Opened: .* UTC by .*janedoe@example\.com/);
    assert.match(lines[6] ?? '', /^Last word: janedoe@example\.com \(AdminRole\), outside Slack, /);
    assert.ok(buttons());

    aws.reply(caseId, { from: 'aws', body: 'Which function is it?' });
    await reads('Waiting for us · First answer from AWS after less than a minute');
    await reads('Last word: AWS Support, ');
    aws.setStatus(caseId, 'with-the-oracle');
    aws.reply(caseId, { from: 'customer', body: 'It is main.' });
    await reads('Waiting for AWS');
  });

  it('is one quiet line once the case is resolved, and has its buttons again when it is reopened', async () => {
    const { aws, slack } = await start();
    const { caseId, displayId } = aws.openCase(OPENING);
    await reads('Waiting for AWS');
    const before = onlyThread(slack).card.metadata;
    aws.resolve(caseId);
    await reads('Reopen by replying');
    assert.match(
      card(),
      new RegExp(
        `^:white_check_mark: Deploy hangs · Case ${displayId} \\(.*\\) · account ${ACCOUNT} · Resolved .* UTC · Reopen by replying$`,
      ),
    );
    assert.ok(!buttons());
    aws.reply(caseId, { from: 'customer', body: 'It hangs again.' });
    await reads('Reopened. Waiting for AWS');
    assert.ok(buttons());
    const { card: after } = onlyThread(slack);
    const tagged = (metadata: typeof before) => {
      const { event_type, event_payload } = metadata as unknown as {
        event_type: string;
        event_payload: { case: string; entry: string };
      };
      return [event_type, event_payload.case, event_payload.entry];
    };
    assert.deepEqual(tagged(after.metadata), tagged(before));
    assert.deepEqual(tagged(after.metadata), ['casethread_entry', `${ACCOUNT}/${caseId}`, 'card']);
  });

  it('is shown anew once and once more at most, however much happens at once', async () => {
    const everyMs = 300;
    const { aws } = await start({ timing: { cardEveryMs: everyMs } });
    const { caseId } = aws.openCase(OPENING);
    await reads('Waiting for AWS');
    await quiet(world);
    const before = updates().length;
    for (let n = 0; n < 10; n++) aws.reply(caseId, { from: n % 2 === 0 ? 'customer' : 'aws', body: `${n}` });
    await reads('Waiting for us');
    await quiet(world);
    const times = updates()
      .slice(before)
      .map(({ at }) => at);
    assert.ok(times.length <= 2, `${times.length} updates`);
    if (times.length === 2) assert.ok((times[1] ?? 0) - (times[0] ?? 0) >= everyMs - 50);
  });

  it('says that the answer is due as time goes by, also after a restart', async () => {
    // AWS's times are whole seconds: due in half a second, or in one and a half.
    const due = Math.ceil((Date.now() + 500) / 1_000) * 1_000;
    const { aws } = await start();
    aws.openCase({ ...OPENING, severity: 'urgent', at: due - HOUR });
    await reads('First answer from AWS due in a few minutes');
    await quiet(world);
    await world.restart();
    await reads('First answer from AWS due now');
  });

  it('calls services by name once AWS allows to ask for the names', async () => {
    const { aws, slack, until } = await start({ timing: { sweepMs: 50 } });
    aws.account(ACCOUNT).deny = ['DescribeServices'];
    aws.openCase(OPENING);
    await reads('Service: aws-lambda / invocation');
    await until(() => onlyThread(slack).texts.length === 1, 'the opening text');
    const asked = () => aws.callsOf('DescribeServices').length;
    assert.equal(asked(), 1);
    aws.account(ACCOUNT).deny = [];
    // After a restart it is asked at once; else in ten minutes.
    await world.restart();
    aws.openCase({ subject: 'Another', body: 'Please look.' });
    const cards = () => caseThreads(slack).map((thread) => shownText(thread.card));
    await until(
      () => cards().length === 2 && cards()[1]?.includes('General Info and Getting Started'),
      'names',
    );
    assert.equal(asked(), 2);
    await until(() => cards()[0]?.includes('Service: Lambda / Invocation'), 'names on the first');
    await world.restart();
    aws.openCase({ ...OPENING, subject: 'Third' });
    await until(() => cards()[2]?.includes('Service: Lambda / Invocation'), 'the third');
    assert.equal(asked(), 2);
  });

  it('is not held up by a list of services that does not come', async () => {
    const { aws, slack } = await start();
    const held = aws.fault('DescribeServices', { kind: 'hold-before' });
    aws.openCase(OPENING);
    await reads('Service: aws-lambda / invocation');
    await world.until(() => onlyThread(slack).texts.length === 1, 'the opening text');
    held.release();
    await reads('Service: Lambda / Invocation');
  });

  it('tells once of a status and of a severity that the sweep finds, by entries of their own', async () => {
    const { aws, slack } = await start({ timing: { sweepMs: 40 } });
    const { caseId } = aws.openCase({ ...OPENING, severity: 'low' });
    await reads('Waiting for AWS');
    await quiet(world);
    const texts = () => onlyThread(slack).texts;
    aws.setSeverity(caseId, 'critical');
    await world.until(() => texts().length === 2, 'the severity');
    assert.match(
      texts()[1] ?? '',
      /^Severity: General guidance \(low\) → Business-critical system down \(critical\) · seen .* UTC$/,
    );
    aws.setStatus(caseId, 'pending-customer-action');
    await world.until(() => texts().length === 3, 'the status');
    assert.match(texts()[2] ?? '', /^Status: .* → Pending customer action · /);
    aws.setSeverity(caseId, 'low');
    await world.until(() => texts().length === 4, 'the severity as it was');
    aws.setSeverity(caseId, 'critical');
    await world.until(() => texts().length === 5, 'the same change on another day');
    aws.resolve(caseId);
    await world.until(() => texts().length === 6, 'the resolving');
    await reads('Reopen by replying');
    await quiet(world);
    assert.deepEqual([count(texts(), 'Status: '), count(texts(), 'Severity: ')], [1, 3]);
  });

  it('shows how it stands also when that changes there and back while the card is on its way', async () => {
    const { aws, slack } = await start({ timing: { sweepMs: 40 } });
    const { caseId } = aws.openCase({ ...OPENING, severity: 'low' });
    await reads('Waiting for AWS');
    await quiet(world);
    const before = updates().length;
    const texts = () => onlyThread(slack).texts;
    const held = slack.fault('chat.update', { kind: 'hold-before' });
    aws.setSeverity(caseId, 'critical');
    await held.reached;
    aws.setSeverity(caseId, 'low');
    await world.until(() => count(texts(), 'Severity: ') === 2, 'both entries');
    held.release();
    await world.until(() => updates().length === before + 2, 'the card once more');
    await quiet(world);
    assert.match(card(), /Severity: General guidance \(low\)/);
    assert.equal(updates().length, before + 2);
  });
});

describe('flow: a change that no event announced, and a bot that is killed', () => {
  it('is told of once when that happens after Slack has the entry', async () => {
    const world = await startProcessWorld({ timing: { sweepMs: 60, settlesWithinMs: 300, leaseMs: 700 } });
    try {
      const { aws, slack, until, bots } = world;
      const { caseId } = aws.openCase({ ...OPENING, severity: 'low' });
      await until(() => onlyThread(slack).texts.length === 1, 'the thread');
      await quiet(world);
      const held = slack.fault('chat.postMessage', { kind: 'hold-after' });
      aws.setSeverity(caseId, 'urgent');
      await held.reached;
      await bots[0]?.kill();
      held.release();
      await bots[0]?.start();
      await until(
        () => shownText(onlyThread(slack).card).includes('Production system down'),
        'the card after the restart',
      );
      await quiet(world);
      assert.equal(count(onlyThread(slack).texts, 'Severity: General guidance (low) → '), 1);
    } finally {
      await world.stop();
    }
  });
});

describeWithRedis('flow: a change that no event announced, and two replicas that sweep', () => {
  it('is told of once', async () => {
    const world = await startWorld({ store: 'redis', replicas: 2, timing: { sweepMs: 40 } });
    try {
      const { aws, slack, until } = world;
      const { caseId } = aws.openCase({ ...OPENING, severity: 'low' });
      await until(() => onlyThread(slack).texts.length === 1, 'the thread');
      await quiet(world);
      aws.setSeverity(caseId, 'urgent');
      await until(() => shownText(onlyThread(slack).card).includes('Production system down'), 'the card');
      aws.setStatus(caseId, 'pending-customer-action');
      await until(() => shownText(onlyThread(slack).card).includes('Waiting for us'), 'the turn');
      await quiet(world);
      const { texts } = onlyThread(slack);
      assert.deepEqual([count(texts, 'Severity: '), count(texts, 'Status: '), texts.length], [1, 1, 3]);
    } finally {
      await world.stop();
    }
  });
});
