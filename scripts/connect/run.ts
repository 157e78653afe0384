/**
 * `npm run connect`: arguments and environment come in; AWS Support's events of an account reach the bot afterwards.
 * Killed or failed anywhere, it goes on from there when it is run again.
 */
import type { Environment } from '../../src/config.js';
import { eventPathClients } from '../../src/event-path/clients.js';
import { EventPathError } from '../../src/event-path/errors.js';
import { readIdentity } from '../../src/event-path/identity.js';
import type { Clock } from '../../src/event-path/patience.js';
import { whyNotRegion } from '../../src/event-path/region.js';
import { withoutKeys } from '../without-keys.js';
import { connect } from './connect.js';
import { readOptions } from './options.js';
import { removeAll } from './remove.js';
import { tryOut } from './try-out.js';

export interface RunDeps {
  readonly environment: Environment;
  readonly print: (line: string) => void;
  readonly clock: Clock;
  readonly fetch: typeof fetch;
  /** For tests. */
  readonly makeClients?: typeof eventPathClients;
}

/** @returns the exit code. */
export async function run(args: readonly string[], deps: RunDeps): Promise<0 | 1> {
  const hide = withoutKeys(deps.environment);
  const print = (line: string) => deps.print(hide(line));
  const read = readOptions(args, deps.environment);
  if ('print' in read) {
    print(read.print);
    return read.code;
  }
  const { options } = read;
  const wrongRegion = whyNotRegion(options.region);
  if (wrongRegion !== null) {
    print(wrongRegion);
    return 1;
  }
  const makeClients = deps.makeClients ?? eventPathClients;
  const clients = makeClients({ region: options.region, profile: options.profile });
  const inner = { ...deps, print, clients };
  try {
    const { account, partition, arn } = await readIdentity(clients);
    const place = { account, partition, region: options.region, base: options.name };
    print(`Account ${account}, Region ${options.region}, as ${arn}\n`);
    if (options.what === 'remove') return await removeAll(place, options, inner);
    const code = options.what === 'connect' ? await connect(place, options, inner) : 0;
    if (options.awsAccounts.length > 0 && !options.awsAccounts.includes(account))
      print(`AWS_ACCOUNTS does not name ${account}: the bot would refuse its events. Add it.`);
    if (options.what === 'test') return (await tryOut(place, options, inner)) ? 0 : 1;
    if (!options.dryRun) print('Try it out: npm run connect -- --test');
    return code;
  } catch (error) {
    if (!(error instanceof EventPathError)) throw error;
    print(`\n${error.says}\n${error.remedy} ${again(error)}`.trimEnd());
    return 1;
  } finally {
    clients.close();
  }
}

function again({ kind, action }: EventPathError): string {
  if (action === '' || kind === 'managed') return '';
  return 'Then run it again: it goes on from here.';
}
