import assert from 'node:assert/strict';
import { remembered } from '../../src/slack/remembered.js';

const TIMING = { forMs: 100, renewMs: 20, firstMs: 40, pauseMs: 50 };

describe('what is remembered of Slack', () => {
  let at: number;
  let asked: number;
  let failures: number;
  let answer: () => Promise<string>;
  let memory: ReturnType<typeof remembered<string>>;
  beforeEach(() => {
    at = 0;
    asked = 0;
    failures = 0;
    answer = async () => `answer ${asked}`;
    const look = () => {
      asked += 1;
      return answer();
    };
    memory = remembered(
      TIMING,
      look,
      () => at,
      () => {
        failures += 1;
      },
    );
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
    come('late');
    assert.equal(await memory('a'), 'late');
    assert.equal(asked, 1);
  });
});
