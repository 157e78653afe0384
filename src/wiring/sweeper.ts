import type { Config } from '../config.js';
import { forgetOld } from '../reconcile/forget-old.js';
import { sweep } from '../reconcile/sweep.js';
import { Sweeper } from '../reconcile/sweeper.js';
import type { Storage } from '../storage/storage.js';
import type { AwsAccounts } from '../support/accounts.js';
import type { Catalogue } from '../support/catalogue.js';
import type { Log } from '../telemetry/log.js';
import type { Timing } from './timing.js';

export interface SweeperForDeps {
  readonly config: Pick<Config, 'auditDays' | 'sweepIntervalSeconds'>;
  readonly storage: Storage;
  readonly accounts: AwsAccounts;
  readonly catalogue: Pick<Catalogue, 'retry'>;
  readonly timing: Pick<Timing, 'sweepMs' | 'walkEveryMs'>;
  readonly onRecovered: () => void;
  readonly log: Log;
}

/** What is done from time to time: cases are compared with AWS, and what is old is forgotten. */
export function sweeperFor({
  config,
  storage,
  accounts,
  catalogue,
  timing: { sweepMs, walkEveryMs },
  onRecovered,
  log,
}: SweeperForDeps): Sweeper {
  const { store, cases } = storage;
  const now = () => storage.now();
  return new Sweeper({
    async sweep() {
      catalogue.retry();
      const swept = await sweep({ store, accounts, mark: (key) => cases.mark(key), walkEveryMs, now });
      const forgotten = await forgetOld({ store, auditDays: config.auditDays, now });
      if (forgotten > 0) log.info('old cases were forgotten', { cases: forgotten });
      return swept;
    },
    everyMs: sweepMs ?? config.sweepIntervalSeconds * 1000,
    duty: storage.duty('sweep'),
    onRecovered,
    shared: store,
    log,
    now,
  });
}
