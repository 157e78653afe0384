import { parseArgs } from 'node:util';
import { type Environment, explain, readEventPathConfig } from '../../src/config.js';
import { EVENTS_PATH } from '../../src/event-path/names.js';
import { takenByNpm } from '../taken-by-npm.js';

export const HELP = `npm run redrive -- [options]

Delivers to Casethread what EventBridge could not, and has put into the queue. What the bot takes is deleted from the
queue; what it refuses stays there. Events that the bot has already do no harm.

  --to http://HOST:PORT    where the bot is reached from here (else PUBLIC_URL)
  --region REGION          of the queue (else EVENTS_REGION, else us-east-1)
  --name NAME              of the way of the events (else EVENTS_NAME, else casethread)
  --profile NAME           whose credentials, of AWS's shared configuration (else as the AWS SDK finds them)

  --dry-run                lists what is in the queue, and delivers nothing
  --help                   this text

EVENT_API_KEY comes from the environment or .env; of two keys, the first is used.
`;

export interface Options {
  readonly region: string;
  readonly name: string;
  readonly profile: string | undefined;
  /** Null: nothing is delivered (--dry-run). */
  readonly bot: { readonly url: string; readonly key: string } | null;
}

const OPTIONS = {
  to: { type: 'string' },
  region: { type: 'string' },
  name: { type: 'string' },
  profile: { type: 'string' },
  'dry-run': { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

/** What was asked for; or what to print instead, and the exit code. */
export function readOptions(
  args: readonly string[],
  environment: Environment,
): { options: Options } | { print: string; code: 0 | 1 } {
  const taken = takenByNpm('redrive', OPTIONS, args, environment);
  if (taken !== null) return { print: taken, code: 1 };
  let values: ReturnType<typeof parse>;
  try {
    values = parse(args);
  } catch (error) {
    return wrong(error instanceof Error ? error.message : String(error));
  }
  if (values.help) return { print: HELP, code: 0 };
  if (values.profile?.trim() === '') return wrong('--profile wants the name of a profile behind it.');
  const isDry = values['dry-run'];
  // The options are read by the rules of the variables, so that both refuse the same.
  const read = readEventPathConfig(
    {
      ...environment,
      ...(values.region === undefined ? {} : { EVENTS_REGION: values.region }),
      ...(values.name === undefined ? {} : { EVENTS_NAME: values.name }),
    },
    { withKey: !isDry },
  );
  if ('problems' in read) return { print: explain(read.problems, 'Nothing was delivered.'), code: 1 };
  const { eventsRegion, eventsName, eventApiKeys, publicUrl } = read.config;
  const common = { region: eventsRegion, name: eventsName, profile: values.profile };
  if (isDry) return { options: { ...common, bot: null } };
  const origin = values.to === undefined ? publicUrl : originOf(values.to);
  if (origin === null) {
    return wrong(
      values.to === undefined
        ? 'Where is the bot reached? Say it with --to http://127.0.0.1:3000, or set PUBLIC_URL.'
        : `“${values.to}” is not http:// or https:// and a host, without a path. Example: --to http://127.0.0.1:3000`,
    );
  }
  return { options: { ...common, bot: { url: `${origin}${EVENTS_PATH}`, key: eventApiKeys[0] ?? '' } } };
}

function originOf(text: string): string | null {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) return null;
  return url.pathname === '/' && url.search === '' && url.hash === '' && url.username === ''
    ? url.origin
    : null;
}

function wrong(sentence: string): { print: string; code: 1 } {
  return { print: `${sentence}\nnpm run redrive -- --help lists the options.`, code: 1 };
}

function parse(args: readonly string[]) {
  return parseArgs({ args: [...args], strict: true, allowPositionals: false, options: OPTIONS }).values;
}
