import { parseArgs } from 'node:util';
import { parseCaseReference } from '../../src/case/case-reference.js';
import { namedAccount } from '../../src/commands/named-account.js';
import {
  type Environment,
  explain,
  readAccountNames,
  readStoreConfig,
  type StoreConfig,
} from '../../src/config.js';

export const HELP = `npm run audit -- --since DATE [options]

Writes the audit trail to standard output: who did what with support cases from Slack, and what came of it. Oldest line
first. Never the text of anybody, but its length and SHA-256. The bot may run meanwhile.

  --since DATE       from then on: 2026-01-31 (its beginning, in UTC), or 2026-01-31T08:30:00Z
  --until DATE       up to then: 2026-01-31 (to its end, in UTC), or 2026-01-31T08:30:00Z, which is not included
  --case CASE        of one case: its number (1702520947), its case id (case-111122223333-…), or a link to it in the AWS
                     console. A number may be that of several cases, each in an account of its own: these are the lines
                     of all of them, and "account" tells them apart. With an account before it, by its 12 digits or its
                     alias, of that one alone: 111122223333/1702520947, production/1702520947, '"data team"/1702520947'
  --user USER        of one person: Slack's id (U0123456789)
  --format FORMAT    jsonl (a JSON object a line) or csv (RFC 4180, with a header); else jsonl
  --help, -h         this text

In CSV, what begins with = + - @ gets a ' in front, also behind ; or a tab: programs take it for a formula otherwise.
DATABASE_PATH or REDIS_URL comes from the environment or .env, as for the bot, and so do AWS_ACCOUNT_ALIASES and CONFIG_FILE,
which are read for an alias alone. With npm's own output in the way, use
npm run --silent audit.
`;

const NOTHING_READ = 'Nothing was read.';

export interface Options {
  readonly since: number;
  readonly until: number | undefined;
  /** A display id or a case id. */
  readonly case: string | undefined;
  /** Of the case, by its 12 digits; undefined where nobody named it. */
  readonly account: string | undefined;
  readonly user: string | undefined;
  readonly format: 'jsonl' | 'csv';
  readonly store: StoreConfig;
}

/** What was asked for; or what to print instead, and the exit code. */
export function readOptions(
  args: readonly string[],
  environment: Environment,
): { options: Options } | { print: string; code: 0 | 1 } {
  let values: ReturnType<typeof parse>;
  try {
    values = parse(args);
  } catch (error) {
    return wrong(error instanceof Error ? error.message : String(error));
  }
  if (values.help) return { print: HELP, code: 0 };
  const { since: from, until: to, case: asked, user, format } = values;
  if (from === undefined) return wrong('Since when? Say it with --since 2026-01-01.');
  const since = moment(from, 'begins');
  if (since === null) return wrong(notADate('--since', from));
  const until = to === undefined ? undefined : moment(to, 'ends');
  if (until === null) return wrong(notADate('--until', to ?? ''));
  if (until !== undefined && until <= since) return wrong(`--until ${to} is not after --since ${from}.`);
  if (format !== 'jsonl' && format !== 'csv') return wrong(`“${format}” is neither jsonl nor csv.`);
  const reference = asked === undefined ? null : parseCaseReference(asked);
  if (asked !== undefined && (reference === null || reference.by === 'thread'))
    return wrong(`“${asked}” is neither the number of a case, such as 1702520947, nor a case id.`);
  if (user !== undefined && !/^([UW][A-Z0-9]{2,}|system)$/.test(user)) {
    return wrong(
      `“${user}” is not Slack's id of a person. It begins with U or W; the person's profile shows it ("Copy member ID").`,
    );
  }
  const read = readStoreConfig(environment);
  if ('problems' in read) return { print: explain(read.problems, NOTHING_READ), code: 1 };
  const named = reference?.by === 'thread' ? undefined : reference?.account;
  const account = named === undefined ? undefined : accountOf(named, environment);
  if (typeof account === 'object') return account;
  return {
    options: {
      since,
      until,
      case: reference === null || reference.by === 'thread' ? undefined : idOf(reference),
      account,
      user,
      format,
      store: read.config,
    },
  };
}

function idOf(reference: Exclude<ReturnType<typeof parseCaseReference>, { by: 'thread' } | null>): string {
  return reference.by === 'display-id' ? reference.displayId : reference.caseId;
}

/** The 12 digits; or what to print instead. Settings are read for an alias alone: who names an id needs none of them. */
function accountOf(named: string, environment: Environment): string | { print: string; code: 1 } {
  const id = namedAccount([], named);
  if (id !== null) return id;
  const known = readAccountNames(environment);
  if ('problems' in known) return { print: explain(known.problems, NOTHING_READ), code: 1 };
  return (
    namedAccount(known.accounts, named) ??
    wrong(
      `Neither AWS_ACCOUNT_ALIASES nor CONFIG_FILE has one account called “${named}”. Type its 12 digits: 111122223333/1702520947.`,
    )
  );
}

/** A day, or a moment with its offset; null for anything else, days included that are in no calendar. */
function moment(text: string, of: 'begins' | 'ends'): number | null {
  const [, day = '', time] =
    /^(\d{4}-\d\d-\d\d)(T(?:[01]\d|2[0-3]):\d\d(?::\d\d(?:\.\d{1,3})?)?(?:Z|[+-]\d\d:\d\d))?$/.exec(text) ??
    [];
  const begin = Date.parse(`${day}T00:00:00Z`);
  // Date.parse takes February 30 for March 2.
  if (Number.isNaN(begin) || begin < 0 || new Date(begin).toISOString().slice(0, 10) !== day) return null;
  if (time === undefined) return of === 'begins' ? begin : begin + 86_400_000;
  const at = Date.parse(text);
  return Number.isNaN(at) ? null : at;
}

function notADate(option: string, text: string): string {
  return `${option}: “${text}” is not a date. Write 2026-01-31, or 2026-01-31T08:30:00Z with the time and Z or an offset.`;
}

function wrong(sentence: string): { print: string; code: 1 } {
  return { print: `${sentence}\nnpm run audit -- --help lists the options.`, code: 1 };
}

function parse(args: readonly string[]) {
  return parseArgs({
    args: [...args],
    strict: true,
    allowPositionals: false,
    options: {
      since: { type: 'string' },
      until: { type: 'string' },
      case: { type: 'string' },
      user: { type: 'string' },
      format: { type: 'string', default: 'jsonl' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  }).values;
}
