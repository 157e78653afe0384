import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import { type Remembered, remembered } from '../../src/slack/remembered.js';
import { SlackError } from '../../src/slack/slack-error.js';

const TIMING = { forMs: 100, renewMs: 20, firstMs: 40, pauseMs: 50 };

describe('what is remembered of Slack', () => {
  let at: number;
  let asked: number;
  let failures: number;
  let answer: () => Promise<string>;
  let memory: (id: string) => Promise<string | null>;
  let all: Remembered<string>;
  beforeEach(() => {
    at = 0;
    asked = 0;
    failures = 0;
    answer = async () => `answer ${asked}`;
    const look = () => {
      asked += 1;
      return answer();
    };
    all = remembered<string>(
      TIMING,
      look,
      () => at,
      () => {
        failures += 1;
      },
    );
    memory = all.get;
  });

  it('is asked once for all who want to know, and anew when it is old', async () => {
    assert.deepEqual(await Promise.all([memory('a'), memory('a')]), ['answer 1', 'answer 1']);
    at = 99;
    assert.equal(await memory('a'), 'answer 1');
    at = 100;
    assert.equal(await memory('a'), 'answer 2');
    assert.equal(asked, 2);
  });

  it('is the last answer while there is no new one, and asked anew after a pause', async () => {
    await memory('a');
    at = 200;
    answer = () => Promise.reject(new Error('away'));
    assert.equal(await memory('a'), 'answer 1');
    assert.equal(await memory('a'), 'answer 1');
    assert.deepEqual([asked, failures], [2, 1]);
    at = 250;
    answer = async () => 'back';
    assert.equal(await memory('a'), 'back');
  });

  it('is null where it was never known', async () => {
    answer = () => Promise.reject(new Error('away'));
    assert.equal(await memory('a'), null);
    at = 60;
    answer = async () => 'there';
    assert.equal(await memory('a'), 'there');
  });

  it('is not waited for long, and there when it comes', async () => {
    let come: (value: string) => void = () => undefined;
    answer = () =>
      new Promise((resolve) => {
        come = resolve;
      });
    assert.equal(await memory('a'), null);
    // Nobody waits a second time for the same question.
    const before = performance.now();
    assert.equal(await memory('a'), null);
    at = 60;
    assert.equal(await memory('a'), null);
    assert.ok(performance.now() - before < TIMING.firstMs / 2);
    come('late');
    await turn();
    assert.equal(await memory('a'), 'late');
    assert.equal(asked, 1);
  });

  it('is asked anew while it is used, before it is too old', async () => {
    const { get } = remembered(
      { ...TIMING, renewAfterMs: 60 },
      async () => `answer ${++asked}`,
      () => at,
      () => undefined,
    );
    await get('a');
    at = 60;
    assert.equal(await get('a'), 'answer 1');
    at = 155;
    assert.equal(await get('a'), 'answer 2');
  });

  it('counts for an hour at most while there is no new one, and no longer where Slack will not say it any more', async () => {
    await memory('a');
    await memory('b');
    at = 1_000;
    answer = () => Promise.reject(new SlackError('needs-person', 'channel_not_found', '', 'no'));
    assert.equal(await memory('a'), null);
    answer = () => Promise.reject(new Error('away'));
    assert.equal(await memory('b'), 'answer 2');
    at = 3_600_000;
    assert.equal(await memory('b'), null);
  });

  it('is not asked while Slack says that it is too much, for nobody', async () => {
    answer = () => Promise.reject(new SlackError('rate-limited', 'ratelimited', '', 'no', 30_000));
    assert.equal(await memory('a'), null);
    at = 29_000;
    assert.deepEqual([await memory('a'), await memory('b'), asked], [null, null, 1]);
    at = 30_000;
    answer = async () => 'again';
    assert.deepEqual([await memory('a'), await memory('b'), asked], ['again', 'again', 3]);
  });

  it('is asked anew for those who want it newer, and null where that fails', async () => {
    await memory('a');
    at = 50;
    assert.equal(await all.getSince('a', 51), 'answer 1');
    assert.equal(await all.getSince('a', 50), 'answer 2');
    at = 99;
    const away = new Error('away');
    answer = () => Promise.reject(away);
    assert.equal(await all.getSince('a', 40), null);
    assert.deepEqual([await memory('a'), all.whyNot('a'), all.whyNot('b')], ['answer 2', away, null]);
  });

  it('is mended where something is known', async () => {
    await memory('a');
    for (const id of ['a', 'b']) all.mend(id, (value) => `${value}, mended`);
    assert.deepEqual([await memory('a'), await memory('b')], ['answer 1, mended', 'answer 2']);
  });
});
