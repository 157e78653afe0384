/** `npm run redrive`: arguments and environment come in; what lay in the queue is at the bot afterwards. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Environment } from '../../src/config.js';
import { eventPathClients } from '../../src/event-path/clients.js';
import { EventPathError } from '../../src/event-path/errors.js';
import { eventPathNames } from '../../src/event-path/names.js';
import { withoutKeys } from '../without-keys.js';
import { handOver } from './hand-over.js';
import { readOptions } from './options.js';
import { openQueue } from './queue.js';
import { redrive } from './redrive.js';
import { events } from './words.js';

export interface RunDeps {
  readonly environment: Environment;
  readonly print: (line: string) => void;
  readonly fetch: typeof fetch;
  /** Aborted when somebody presses Ctrl-C. */
  readonly stop: AbortSignal;
  /** For tests. */
  readonly makeClients?: typeof eventPathClients;
  readonly sleep?: (milliseconds: number) => Promise<void>;
}

const PERMISSIONS =
  'npm run redrive needs sqs:GetQueueUrl, sqs:GetQueueAttributes, sqs:ReceiveMessage, sqs:DeleteMessage and ' +
  'sqs:ChangeMessageVisibility on that queue: let an administrator allow it.';

/** @returns the exit code. */
export async function run(args: readonly string[], deps: RunDeps): Promise<0 | 1> {
  const { stop } = deps;
  const hide = withoutKeys(deps.environment);
  const print = (line: string) => deps.print(hide(line));
  const read = readOptions(args, deps.environment);
  if ('print' in read) {
    print(read.print);
    return read.code;
  }
  const { region, name, profile, bot } = read.options;
  const clients = (deps.makeClients ?? eventPathClients)({ region, profile });
  const queueName = eventPathNames(name, region).queue;
  const isStopped = () => stop.aborted;
  try {
    const queue = await openQueue(clients, queueName);
    if (queue === null) {
      print(
        `There is no queue ${queueName} in ${region} of this account. Are EVENTS_REGION, EVENTS_NAME and the ` +
          'credentials those with which you connected AWS?',
      );
      return 1;
    }
    print(
      `${queueName} in ${region}: about ${events(queue.waiting)}${bot === null ? '' : `, to ${bot.url}`}\n`,
    );
    const pause =
      deps.sleep ?? ((ms: number) => sleep(ms, undefined, { signal: stop }).catch(() => undefined));
    const isFine = await redrive({
      queue,
      handOver: bot === null ? null : (body) => handOver(body, { bot, fetch: deps.fetch, pause, isStopped }),
      print,
      isStopped,
    });
    return isFine ? 0 : 1;
  } catch (error) {
    if (!(error instanceof EventPathError)) throw error;
    print(`${error.says}\n${error.kind === 'no-permission' ? PERMISSIONS : error.remedy} Then run it again.`);
    return 1;
  } finally {
    clients.close();
  }
}
