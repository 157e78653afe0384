import assert from 'node:assert/strict';
import { type SinonFakeTimers, useFakeTimers } from 'sinon';
import { SlackError } from '../../src/slack/slack-error.js';
import { SlackHealth } from '../../src/slack/slack-health.js';
import { SILENT } from '../inbox/replicas.js';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const NOT_IN = 'The bot is not in the channel.';

describe('SlackHealth', () => {
  let clock: SinonFakeTimers;
  let channels: string[];
  let ill: Map<string, string>;
  let checked: string[];
  let wellAgain: number;
  let health: SlackHealth;
  beforeEach(() => {
    clock = useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
    channels = ['C1', 'C2', 'C3'];
    ill = new Map();
    checked = [];
    wellAgain = 0;
    health = new SlackHealth({
      slack: {
        async check(channel) {
          checked.push(channel);
          const sentence = ill.get(channel);
          if (sentence !== undefined) throw new SlackError('needs-person', 'not_in_channel', sentence, 'no');
        },
      },
      channels: () => channels,
      log: SILENT,
      onWell: () => {
        wellAgain += 1;
      },
    });
  });
  afterEach(() => {
    health.stop();
    clock.restore();
  });
  const during = async (ms: number) => {
    await clock.tickAsync(ms);
    return checked.splice(0);
  };

  it('looks at all channels, one after the other, and at each every five minutes', async () => {
    assert.equal(health.status().ok, false);
    health.start();
    assert.deepEqual(await during(SECOND), ['C1']);
    assert.deepEqual(health.status(), { ok: true, problem: null });
    assert.deepEqual(await during(10 * SECOND), ['C2', 'C3']);
    assert.deepEqual(await during(280 * SECOND), []);
    assert.deepEqual(await during(30 * SECOND), ['C1', 'C2', 'C3']);
    assert.equal(wellAgain, 1);
  });

  it('says which channel it is that is not well, and when it is again', async () => {
    ill.set('C3', NOT_IN);
    health.start();
    await during(10 * SECOND);
    assert.deepEqual(health.status(), { ok: false, problem: `Channel C3: ${NOT_IN}` });
    assert.deepEqual(await during(15 * SECOND), ['C3']);
    ill.set('C1', NOT_IN);
    await during(5 * MINUTE);
    assert.equal(health.status().problem, `Channel C1: ${NOT_IN}`);
    ill.delete('C1');
    await during(16 * SECOND);
    assert.deepEqual(health.status(), { ok: false, problem: `Channel C3: ${NOT_IN}` });
    assert.equal(wellAgain, 2);
    ill.clear();
    await during(16 * SECOND);
    assert.deepEqual(health.status(), { ok: true, problem: null });
    assert.equal(wellAgain, 3);
  });

  it('names no channel where there is one only', async () => {
    channels = ['C1'];
    ill.set('C1', NOT_IN);
    health.start();
    await during(SECOND);
    assert.equal(health.status().problem, NOT_IN);
  });

  it('looks at all of them when something goes wrong, and not once more each time', async () => {
    health.start();
    await during(MINUTE);
    ill.set('C2', NOT_IN);
    health.suspect();
    assert.deepEqual(await during(4 * SECOND), ['C1', 'C2', 'C3']);
    assert.equal(health.status().problem, `Channel C2: ${NOT_IN}`);
    for (let i = 0; i < 10; i++) health.suspect();
    assert.deepEqual(await during(4 * SECOND), []);
    await during(20 * SECOND);
    health.suspect();
    assert.deepEqual(new Set(await during(5 * SECOND)), new Set(channels));
  });

  it('looks at a channel that has been added, and forgets one that is gone', async () => {
    ill.set('C3', NOT_IN);
    health.start();
    await during(MINUTE);
    channels = ['C1', 'C2', 'C4'];
    health.recheck();
    assert.equal((await during(SECOND))[0], 'C4');
    assert.deepEqual(health.status(), { ok: true, problem: null });
  });
});
