import { parseArgs } from 'node:util';
import { type Environment, type EventPathConfig, explain, readEventPathConfig } from '../../src/config.js';
import type { CallsWanted } from '../../src/event-path/names.js';
import { isPrivateHost } from '../../src/event-path/private-host.js';
import { takenByNpm } from '../taken-by-npm.js';

export const HELP = `npm run connect -- [options]

Lets AWS Support's events of this account reach Casethread: creates what is missing in EventBridge, SQS and IAM, and
repairs what differs. What is as it should be stays untouched.

  --url https://HOST       where the bot is reached (else PUBLIC_URL)
  --region REGION          of the events (else EVENTS_REGION, else us-east-1)
  --name NAME              of all that is created (else EVENTS_NAME, else casethread)
  --profile NAME           whose credentials, of AWS's shared configuration (else as the AWS SDK finds them)
  --organization o-ID      lets the accounts of your organization forward their events to this account
  --adopt                  takes over what has our names and does not look like ours, and sends the key once more

  --dry-run                says what would be done, and does nothing
  --test                   only sends a harmless event the whole way, and waits until the bot has seen it
  --remove                 takes all of it away again; a queue that holds events stays
  --force                  with --remove: the queue, too
  --help                   this text

EVENT_API_KEY comes from the environment or .env; of two keys, the first is used. EVENTS_CALLS says which calls of AWS
Support, recorded by CloudTrail, come as well: none, changes (as it is without), all.
`;

export interface Options extends Pick<EventPathConfig, 'awsAccounts'> {
  readonly what: 'connect' | 'test' | 'remove';
  readonly dryRun: boolean;
  readonly adopt: boolean;
  readonly force: boolean;
  readonly publicUrl: string | null;
  readonly region: string;
  readonly name: string;
  readonly profile: string | undefined;
  readonly organization: string | null;
  /** Which calls recorded by CloudTrail are to come. */
  readonly calls: CallsWanted;
  /** Null only when all is removed. */
  readonly key: string | null;
}

const OPTIONS = {
  url: { type: 'string' },
  region: { type: 'string' },
  name: { type: 'string' },
  profile: { type: 'string' },
  organization: { type: 'string' },
  adopt: { type: 'boolean', default: false },
  'dry-run': { type: 'boolean', default: false },
  test: { type: 'boolean', default: false },
  remove: { type: 'boolean', default: false },
  force: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

/** What was asked for; or what to print instead, and the exit code. */
export function readOptions(
  args: readonly string[],
  environment: Environment,
): { options: Options } | { print: string; code: 0 | 1 } {
  const wrong = (sentence: string) =>
    ({ print: `${sentence}\nnpm run connect -- --help lists the options.`, code: 1 }) as const;
  const taken = takenByNpm('connect', OPTIONS, args, environment);
  if (taken !== null) return { print: taken, code: 1 };
  let values: ReturnType<typeof parse>;
  try {
    values = parse(args);
  } catch (error) {
    return wrong(
      error instanceof Error ? (error.message.split('. ')[0] ?? '').replace(/\.?$/, '.') : 'Wrong options.',
    );
  }
  if (values.help) return { print: HELP, code: 0 };
  if (values.profile?.trim() === '') return wrong('--profile wants the name of a profile behind it.');
  const changes = (['remove', 'adopt', 'organization', 'dry-run'] as const).find((each) => values[each]);
  if (values.test && changes !== undefined)
    return wrong(`--${changes} and --test do not go together: the test sends an event, and changes nothing.`);
  if (values.force && !values.remove) return wrong('--force goes with --remove.');
  if (values.organization !== undefined && !/^o-[a-z0-9]{10,32}$/.test(values.organization))
    return wrong(
      `“${values.organization}” is not the id of an organization: those begin with o-. In the AWS console it stands under AWS Organizations.`,
    );
  // The options are read by the rules of the variables, so that both refuse the same.
  const read = readEventPathConfig(
    {
      ...environment,
      ...(values.url === undefined ? {} : { PUBLIC_URL: values.url }),
      ...(values.region === undefined ? {} : { EVENTS_REGION: values.region }),
      ...(values.name === undefined ? {} : { EVENTS_NAME: values.name }),
    },
    { withKey: !values.remove },
  );
  if ('problems' in read) return { print: explain(read.problems, 'Nothing was done.'), code: 1 };
  const { config } = read;
  if (config.publicUrl === null && !values.remove)
    return wrong('Where is the bot reached? Say it with --url https://HOST, or set PUBLIC_URL.');
  if (config.publicUrl !== null && isPrivateHost(new URL(config.publicUrl).hostname) && !values.remove) {
    return wrong(
      `EventBridge comes from the internet, and does not reach ${config.publicUrl}. Give the bot a public host name.`,
    );
  }
  return {
    options: {
      what: values.remove ? 'remove' : values.test ? 'test' : 'connect',
      dryRun: values['dry-run'],
      adopt: values.adopt,
      force: values.force,
      publicUrl: config.publicUrl,
      region: config.eventsRegion,
      name: config.eventsName,
      profile: values.profile,
      organization: values.organization ?? null,
      calls: config.eventsCalls,
      key: config.eventApiKeys[0] ?? null,
      awsAccounts: config.awsAccounts,
    },
  };
}

function parse(args: readonly string[]) {
  return parseArgs({ args: [...args], strict: true, allowPositionals: false, options: OPTIONS }).values;
}
