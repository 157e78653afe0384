import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Slack, shownText } from '../../src/sandbox/slack/start-slack.js';
import { temporaryFolder } from '../temporary-folder.js';
import { until as poll } from '../until.js';
import { type Json, ROOT, record, send, user, wrapped } from '../world/cloudtrail.js';
import { REPLICA } from '../world/process.js';
import { type ProcessStage, startProcessStage } from '../world/process-stage.js';
import { count } from '../world/reading.js';
import { describeWithRedis } from '../world/redis-server.js';
import { type ProcessWorld, startProcessWorld } from '../world/world.js';

const AUDIT = 'C0AUDIT0001';
const OTHER = 'C0AUDIT0002';
const FILE = `audit:\n  channel: ${AUDIT}\n`;
const QUICK = { settlesWithinMs: 150, audit: { gatherMs: 0, updateEveryMs: 50, lookEveryMs: 50 } };

let folder: ReturnType<typeof temporaryFolder>;
let path: string;
before(() => {
  folder = temporaryFolder();
  path = join(folder.path, 'casethread.yml');
});
after(() => folder.remove());

function refresh(who: Json): Json {
  return wrapped(
    record('RefreshTrustedAdvisorCheck', '', Date.now(), {
      ...who,
      requestParameters: { checkId: 'Pfx0RwqBli' },
      responseElements: null,
    }),
  );
}

function alias(who: Json): Json {
  const about = { eventSource: 'supportapp.amazonaws.com', requestParameters: { accountAlias: 'prod' } };
  return wrapped(record('PutAccountAlias', '', Date.now(), { ...who, ...about, responseElements: {} }));
}

/** The messages on calls of one user, which is all that a test has to do with. */
function textsOf(slack: Slack, name: string, channel = AUDIT): string[] {
  return slack
    .messages(channel)
    .map((message) => shownText(message))
    .filter((text) => text.includes(name));
}

describe('flow: the process is killed while it writes into the audit channel', () => {
  let stage: ProcessStage;
  before(async () => {
    writeFileSync(path, FILE);
    stage = await startProcessStage({ CONFIG_FILE: path });
    for (const id of [AUDIT, OTHER]) stage.slack.addChannel({ id, name: id.toLowerCase() });
  });
  after(() => stage.stop());

  /** Each test goes on with the process that the one before has started. */
  const restart = () => stage.restart({ CONFIG_FILE: path, TIMING: JSON.stringify(QUICK) }, REPLICA);
  const hand = async (call: Json) => assert.equal((await send(stage.bot.url, call)).status, 202);
  const shows = (name: string, part: string, channel = AUDIT) =>
    poll(() => textsOf(stage.slack, name, channel)[0]?.includes(part) ?? false, `${part} in ${channel}`);
  /** Until it has looked a few times for what there is to do. */
  const rests = async () => {
    const turns = () => stage.bot.output().split('"key":"audit-channel"').length;
    const had = turns();
    await poll(() => turns() >= had + 3, 'some turns');
  };

  // First, of the process as operators run it: with its signals, and with real delays, for which an alarm does not wait.
  it('goes by a changed CONFIG_FILE after a SIGHUP', async () => {
    await hand(alias(user('before')));
    await shows('before', 'before');
    writeFileSync(path, FILE.replace(AUDIT, OTHER));
    process.kill(stage.bot.pid, 'SIGHUP');
    await poll(() => stage.bot.output().includes('CONFIG_FILE was read again'), 'the new file');
    await hand(alias(user('afterwards')));
    await shows('afterwards', 'afterwards', OTHER);
    assert.equal(textsOf(stage.slack, 'before').length, 1);
    writeFileSync(path, FILE);
  });

  for (const [kind, who, name] of [
    ['hold-before', ROOT, 'root'],
    ['hold-after', user('holds-after'), 'holds-after'],
  ] as const) {
    it(`posts once when it is killed at ${kind} of its post`, async () => {
      const fault = stage.slack.fault('chat.postMessage', { kind });
      await hand(refresh(who));
      await fault.reached;
      await hand(refresh(who));
      await restart();
      fault.release();
      await shows(name, 'twice');
      await rests();
      assert.equal(textsOf(stage.slack, name).length, 1);
    });
  }

  it('counts once when it is killed after Slack took its update', async () => {
    const call = () => refresh(user('updates'));
    await hand(call());
    await shows('updates', 'updates');
    const fault = stage.slack.fault('chat.update', { kind: 'hold-after' });
    await hand(call());
    await fault.reached;
    await hand(call());
    await restart();
    fault.release();
    await shows('updates', '3 times');
    await rests();
    assert.equal(textsOf(stage.slack, 'updates').length, 1);
  });
});

describeWithRedis('flow: replicas write into the audit channel', () => {
  let world: ProcessWorld;
  before(async () => {
    writeFileSync(path, FILE);
    world = await startProcessWorld({
      store: 'redis',
      replicas: 2,
      bridge: false,
      environment: { CONFIG_FILE: path },
      timing: { ...QUICK, leaseMs: 500 },
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
    await Promise.all(Array.from({ length: 20 }, () => send(world.botUrl, refresh(user('both')))));
    await shows('both', '20 times');
    assert.deepEqual([textsOf(world.slack, 'both').length, posted('both')], [1, 1]);
  });

  it('leaves it to the other when one is killed after Slack took its message', async () => {
    const [first, second] = world.bots;
    assert.ok(first && second);
    second.pause();
    const fault = world.slack.fault('chat.postMessage', { kind: 'hold-after' });
    await send(first.url, refresh(user('taken-over')));
    await fault.reached;
    await first.kill();
    second.resume();
    fault.release();
    await send(second.url, refresh(user('taken-over')));
    await shows('taken-over', 'twice');
    assert.equal(textsOf(world.slack, 'taken-over').length, 1);
    await first.start();
  });

  // Last: it leaves one of them dead.
  it('writes nothing more when one stood still before Slack got its message', async () => {
    const [first, second] = world.bots;
    assert.ok(first && second);
    second.pause();
    const fault = world.slack.fault('chat.postMessage', { kind: 'hold-before' });
    await send(first.url, refresh(user('stood-still')));
    await fault.reached;
    first.pause();
    second.resume();
    await send(second.url, refresh(user('stood-still')));
    await shows('stood-still', 'twice');
    await first.kill();
    fault.release();
    assert.equal(textsOf(world.slack, 'stood-still').length, 1);
    assert.equal(count(second.log, '"event":"notices failed"'), 0);
  });
});
