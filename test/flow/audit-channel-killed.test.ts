import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Slack, shownText } from '../../src/sandbox/slack/start-slack.js';
import { temporaryFolder } from '../temporary-folder.js';
import { until as poll } from '../until.js';
import { type Json, record, send, user, wrapped } from '../world/cloudtrail.js';
import { REPLICA } from '../world/process.js';
import { type ProcessStage, startProcessStage } from '../world/process-stage.js';
import { count } from '../world/reading.js';
import { describeWithRedis } from '../world/redis-server.js';
import { type ProcessWorld, startProcessWorld } from '../world/world.js';

const AUDIT = 'C0AUDIT0001';
const OTHER = 'C0AUDIT0002';
const FILE = `audit:\n  channel: ${AUDIT}\n`;
const QUICK = { settlesWithinMs: 300, audit: { updateEveryMs: 50, lookEveryMs: 200 } };

let folder: ReturnType<typeof temporaryFolder>;
let path: string;
before(() => {
  folder = temporaryFolder();
  path = join(folder.path, 'casethread.yml');
});
after(() => folder.remove());

function refresh(name: string): Json {
  return wrapped(
    record('RefreshTrustedAdvisorCheck', '', Date.now(), {
      ...user(name),
      requestParameters: { checkId: 'Pfx0RwqBli' },
      responseElements: null,
    }),
  );
}

/** The messages on calls of one user, which is all that a test has to do with. */
function textsOf(slack: Slack, name: string, channel = AUDIT): string[] {
  return slack
    .messages(channel)
    .map((message) => shownText(message))
    .filter((text) => text.includes(name));
}

describe('flow: the process is killed while it writes into the audit channel', function () {
  this.timeout(40_000);
  let stage: ProcessStage;
  let name: string;
  let tests = 0;
  before(async () => {
    writeFileSync(path, FILE);
    stage = await startProcessStage();
    for (const id of [AUDIT, OTHER]) stage.slack.addChannel({ id, name: id.toLowerCase() });
    await restart();
  });
  after(() => stage.stop());
  beforeEach(() => {
    tests += 1;
    name = `killed-${tests}`;
  });

  const restart = () => stage.restart({ CONFIG_FILE: path, TIMING: JSON.stringify(QUICK) }, REPLICA);
  const hand = async () => assert.equal((await send(stage.bot.url, refresh(name))).status, 202);
  const shows = (part: string, channel = AUDIT) =>
    poll(() => textsOf(stage.slack, name, channel)[0]?.includes(part) ?? false, `${part} in ${channel}`);
  /** Until it has looked a few times for what there is to do. */
  const rests = async () => {
    const turns = () => stage.bot.output().split('"key":"audit-channel"').length;
    const had = turns();
    await poll(() => turns() >= had + 3, 'some turns');
  };

  for (const kind of ['hold-before', 'hold-after'] as const) {
    it(`posts once when it is killed at ${kind} of its post`, async () => {
      const fault = stage.slack.fault('chat.postMessage', { kind });
      await hand();
      await fault.reached;
      await hand();
      await restart();
      fault.release();
      await shows('twice');
      await rests();
      assert.equal(textsOf(stage.slack, name).length, 1);
    });
  }

  it('counts once when it is killed after Slack took its update', async () => {
    await hand();
    await shows(name);
    const fault = stage.slack.fault('chat.update', { kind: 'hold-after' });
    await hand();
    await fault.reached;
    await hand();
    await restart();
    fault.release();
    await shows('3 times');
    await rests();
    assert.equal(textsOf(stage.slack, name).length, 1);
  });

  it('goes by a changed CONFIG_FILE after a SIGHUP', async () => {
    await hand();
    await shows(name);
    // The process as operators run it: with real delays, and with its signals.
    await stage.restart({ CONFIG_FILE: path });
    writeFileSync(path, FILE.replace(AUDIT, OTHER));
    const output = () => stage.bot.output();
    process.kill(stage.bot.pid, 'SIGHUP');
    await poll(() => output().includes('CONFIG_FILE was read again'), 'the new file');
    const earlier = name;
    name = 'after-the-change';
    await hand();
    await shows(name, OTHER);
    assert.equal(textsOf(stage.slack, earlier).length, 1);
  });
});

describeWithRedis('flow: replicas write into the audit channel', function () {
  this.timeout(40_000);
  let world: ProcessWorld;
  before(async () => {
    writeFileSync(path, FILE);
    world = await startProcessWorld({
      store: 'redis',
      replicas: 2,
      bridge: false,
      environment: { CONFIG_FILE: path },
      timing: { ...QUICK, leaseMs: 700 },
    });
    world.slack.addChannel({ id: AUDIT, name: 'aws-audit' });
  });
  after(() => world.stop());

  const shows = (name: string, part: string) =>
    poll(() => textsOf(world.slack, name)[0]?.includes(part) ?? false, part);
  const posted = (name: string) =>
    world.slack
      .callsOf('chat.postMessage')
      .filter((call) => call.args.channel === AUDIT && JSON.stringify(call.args).includes(name)).length;

  it('as one, whichever of them the calls come to', async () => {
    await Promise.all(Array.from({ length: 20 }, () => send(world.botUrl, refresh('both'))));
    await shows('both', '20 times');
    assert.deepEqual([textsOf(world.slack, 'both').length, posted('both')], [1, 1]);
  });

  it('leaves it to the other when one is killed after Slack took its message', async () => {
    const [first, second] = world.bots;
    assert.ok(first && second);
    second.pause();
    const fault = world.slack.fault('chat.postMessage', { kind: 'hold-after' });
    await send(first.url, refresh('taken-over'));
    await fault.reached;
    await first.kill();
    second.resume();
    fault.release();
    await send(second.url, refresh('taken-over'));
    await shows('taken-over', 'twice');
    assert.equal(textsOf(world.slack, 'taken-over').length, 1);
    await first.start();
  });

  it('writes nothing more when one stood still before Slack got its message', async () => {
    const [first, second] = world.bots;
    assert.ok(first && second);
    second.pause();
    const fault = world.slack.fault('chat.postMessage', { kind: 'hold-before' });
    await send(first.url, refresh('stood-still'));
    await fault.reached;
    first.pause();
    second.resume();
    await send(second.url, refresh('stood-still'));
    await shows('stood-still', 'twice');
    await first.kill();
    fault.release();
    assert.equal(textsOf(world.slack, 'stood-still').length, 1);
    assert.equal(count(second.log, '"event":"notices failed"'), 0);
    await first.start();
  });
});
