import assert from 'node:assert/strict';
import { createNames } from '../../src/slack/names.js';

describe('names that Slack is asked for', () => {
  it('are asked for once for all who wait, and for one that hangs nobody waits again', async () => {
    let at = 0;
    let asked = 0;
    let come: (name: string) => void = () => undefined;
    const named = createNames(() => at);
    const look = () => {
      asked += 1;
      return new Promise<string>((resolve) => {
        come = resolve;
      });
    };
    const waiting = [named('U1', look), named('U1', look)];
    at = 700;
    assert.equal(await named('U1', look), null);
    come('Alice');
    assert.deepEqual(await Promise.all(waiting), ['Alice', 'Alice']);
    assert.deepEqual([await named('U1', look), asked], ['Alice', 1]);
  });
});
