import { LeaseLost } from '../lease/lease.js';
import { errorFields, type Log, type LogFields } from '../telemetry/log.js';
import { type Backoff, backoffMs } from './backoff.js';
import type { Inbox, Run, RunOptions } from './inbox.js';
import { again, type Outcome } from './outcome.js';

export interface ControllerDeps extends RunOptions {
  /** For logs: what the keys are. */
  readonly name: string;
  readonly inbox: Inbox;
  /** The work on one key. What it throws is a bug: logged, counted, tried again with back-off. */
  readonly work: (run: Run) => Promise<Outcome>;
  readonly backoff: Backoff;
  readonly log: Log;
  readonly count?: (outcome: string) => void;
  /**
   * A key is about to be parked, or one that was parked to be done. Called at every try, also when the reason is the one
   * of before: whoever looked while the key was being tried saw it parked no more.
   */
  readonly onParkedChange?: () => void;
}

/**
 * Joins an inbox with the work on its keys: marks come in, each key is worked on, and its outcome decides what becomes
 * of the mark. The words of the outcomes are those of logs and metrics.
 */
export function startController({
  name,
  inbox,
  work,
  backoff,
  log,
  count = () => undefined,
  onParkedChange = () => undefined,
  ...options
}: ControllerDeps): void {
  /** What each key was parked for last, as far as this process knows, so that it is said once and not at each try. */
  const parkedFor = new Map<string, string>();
  const counted = async (run: Run): Promise<Outcome> => {
    try {
      const outcome = await work(run);
      count(outcome.outcome);
      return outcome;
    } catch (error) {
      if (error instanceof LeaseLost) {
        log.info(`${name} was taken over`, { key: run.key });
        count('taken-over');
        return again('another replica has taken over');
      }
      log.error(`${name} failed`, { key: run.key, attempt: run.attempt, ...errorFields(error) });
      count('error');
      return again('unexpected error');
    }
  };
  inbox.run(async (run) => {
    const outcome = await counted(run);
    const fields: LogFields = { key: run.key, attempt: run.attempt };
    switch (outcome.outcome) {
      case 'done':
        log.debug(`${name} done`, fields);
        if (parkedFor.delete(run.key)) onParkedChange();
        return outcome;
      case 'again': {
        const after = outcome.after ?? backoffMs(run.attempt, backoff, Math.random());
        log.debug(`${name} again`, { ...fields, reason: outcome.reason, after });
        return { ...outcome, after };
      }
      case 'park':
        if (parkedFor.get(run.key) === outcome.reason) {
          log.debug(`${name} is still parked`, { ...fields, reason: outcome.reason });
        } else {
          log.warn(`${name} parked`, { ...fields, reason: outcome.reason });
          parkedFor.set(run.key, outcome.reason);
        }
        onParkedChange();
        return outcome;
    }
  }, options);
}
