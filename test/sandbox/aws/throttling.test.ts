import assert from 'node:assert/strict';
import { DescribeSeverityLevelsCommand } from '@aws-sdk/client-support';
import { refusal } from '../../../src/sandbox/aws/refusal.js';
import { startAws } from '../../../src/sandbox/aws/start-aws.js';
import { supportClient } from './support-client.js';

const ACCOUNTS = ['111122223333', '444455556666'].map((id) => ({
  id,
  accessKeyId: `AKIA${id}`,
  secretAccessKey: `secret-${id}`,
}));

describe('AWS stand-in: throttling', () => {
  it('lets 5 calls pass in any second of an account', async () => {
    let now = Date.parse('2026-01-01T00:00:00Z');
    const aws = await startAws({ now: () => now, accounts: ACCOUNTS });
    try {
      const [first, second] = ACCOUNTS.map(({ id }) => supportClient(aws, id));
      assert.ok(first !== undefined && second !== undefined);
      const call = (client = first) => client.send(new DescribeSeverityLevelsCommand({}));
      for (const step of [0, 100, 100, 100, 100]) {
        now += step;
        await call();
      }
      now += 599; // 999 ms after the first call
      const error = await refusal(call());
      assert.equal(error.name, 'ThrottlingException');
      assert.equal(error.message, 'Throttle limit exceeded');
      await call(second);
      now += 1; // a second after the first call: one place is free, the refused call took none
      await call();
      assert.equal((await refusal(call())).name, 'ThrottlingException');
      assert.deepEqual(
        aws.calls.map(({ result }) => result),
        ['ok', 'ok', 'ok', 'ok', 'ok', 'ThrottlingException', 'ok', 'ok', 'ThrottlingException'],
      );
    } finally {
      await aws.stop();
    }
  });

  it('can be turned off', async () => {
    const aws = await startAws({ now: () => 0, callsPerSecond: 'off' });
    try {
      const client = supportClient(aws);
      for (let n = 0; n < 12; n += 1) await client.send(new DescribeSeverityLevelsCommand({}));
    } finally {
      await aws.stop();
    }
  });
});
