import assert from 'node:assert/strict';
import sinon from 'sinon';
import type { Command, CommandDeps } from '../../src/commands/command-deps.js';
import { doctor } from '../../src/commands/doctor/doctor.js';
import { EVERYBODY_MAY } from '../world/everybody-may.js';

describe('the doctor in Slack', () => {
  it('is not waited for longer than half a minute', async () => {
    const clock = sinon.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      const deps = {
        ...EVERYBODY_MAY,
        permissions: () => ({ administrators: ['U0ALICE0001'], rules: [] }),
        trail: { noted: async () => undefined },
        examine: () => new Promise(() => undefined),
      } as unknown as CommandDeps;
      const answered = doctor(deps, { user: 'U0ALICE0001', channel: 'C1' } as Command);
      await clock.tickAsync(30_000);
      assert.match((await answered)[0]?.text ?? '', /not done after half a minute.*npm run doctor/);
    } finally {
      clock.restore();
    }
  });
});
