/**
 * CONFIG_FILE comes in; what it says goes out, checked and frozen, or everything that is wrong with it at once. A section
 * has a file of its own here; a new one is a key in FILE and a line below it.
 */
import { z } from 'zod';
import { accountNames } from './account-names.js';
import { readAccounts } from './accounts-section.js';
import { readAudit } from './audit-section.js';
import { channelsOfCases } from './channels-of-cases.js';
import type { EnvironmentAccounts } from './check-accounts.js';
import type { ConfigFile } from './config-file.js';
import { entry, oneOf, yesOrNo } from './field-rules.js';
import { fieldsOf } from './fields.js';
import { type FileProblem, type Path, pathText, type Report } from './file-problem.js';
import { fileText } from './file-text.js';
import { readPermissions } from './permissions-section.js';
import { readRoutes } from './routes-section.js';
import { type YamlDocument, yamlDocument } from './yaml-document.js';

/** More do not help anybody; each is a line of the log after a SIGHUP. */
const MOST_PROBLEMS = 100;

/** Each section tells for itself what is wrong in it. */
const section = z.unknown().optional();

const FILE = entry(
  {
    accounts: section,
    unlisted_accounts: oneOf(['refuse', 'follow']).optional(),
    failover: yesOrNo().optional(),
    routes: section,
    permissions: section,
    audit: section,
  },
  'The file',
);

/** Whoever empties a section hardly means what holds without it: every account may come in, all members may do everything. */
const MEANT_WHEN_LEFT_OUT = {
  accounts: 'the account of the credentials, with events of any account that AWS_ACCOUNTS lets in',
  routes: 'every case goes to SLACK_CHANNEL',
  permissions: 'members who are in the channel of a case may do everything with it',
  audit: 'no channel shows the calls that CloudTrail tells of',
} as const;

/** What the environment says beside the file. */
export interface FileEnvironment extends EnvironmentAccounts {
  /** SLACK_CHANNEL; undefined where it is wrong, which is said elsewhere. */
  readonly slackChannel?: string | undefined;
}

export type FileReading =
  | { readonly file: ConfigFile }
  | { readonly problems: readonly [FileProblem, ...FileProblem[]] };

/** Reads the file at once; see the problems for what it may not be. */
export function readConfigFile(path: string, environment: FileEnvironment): FileReading {
  const read = fileText(path);
  if ('says' in read) return { problems: [{ place: null, says: `${path}: ${read.says}` }] };
  const parsed = yamlDocument(read.text);
  if ('faults' in parsed) {
    const [first, ...others] = parsed.faults.map(({ line, column, says }) => ({
      place: { file: path, line, column, path: '' },
      says,
    }));
    if (first !== undefined) return { problems: [first, ...others] };
    throw new Error('YAML was refused without a reason');
  }
  return configFileOf(parsed.document, path, environment);
}

function configFileOf(document: YamlDocument, path: string, environment: FileEnvironment): FileReading {
  const found: { problem: FileProblem; at: number }[] = [];
  const report: Report = (at: Path, says, on) => {
    const { line, column } = document.position(at, on && 'key');
    const place = { file: path, line, column: null, path: pathText(on === 'unnamed' ? at.slice(0, -1) : at) };
    found.push({ problem: { place, says }, at: line * 1e6 + column });
  };
  const file = sectionsOf(document.value, environment, report);
  const [first, ...others] = found
    .sort((one, other) => one.at - other.at)
    .map(({ problem }) => problem)
    .slice(0, MOST_PROBLEMS);
  return first === undefined ? { file: frozen(file) } : { problems: [first, ...others] };
}

function sectionsOf(value: unknown, environment: FileEnvironment, report: Report): ConfigFile {
  const wrong = noObject(value);
  if (wrong !== null) report([], wrong);
  const { fields, given } = fieldsOf(FILE, wrong === null ? value : {}, [], report);
  for (const [name, meaning] of Object.entries(MEANT_WHEN_LEFT_OUT)) {
    const { [name]: stands } = fields as Record<string, unknown>;
    if (given.has(name) && isEmpty(stands))
      report(
        [name],
        `Nothing stands in it. Left out, it means: ${meaning}. If you mean that, take the key out.`,
        'key',
      );
  }
  const unlisted = fields.unlisted_accounts ?? 'refuse';
  const listed = readAccounts(fields.accounts, environment, report);
  if (given.has('unlisted_accounts') && !given.has('accounts')) {
    report(
      ['unlisted_accounts'],
      'No accounts are listed, so there are no unlisted ones. List accounts, or take it out.',
      'key',
    );
  }
  const names = accountNames(listed, environment, unlisted);
  return {
    accounts: listed.accounts,
    unlisted,
    failover: fields.failover ?? true,
    routes: readRoutes(fields.routes, names, report),
    ...readPermissions(
      fields.permissions,
      { names, channels: channelsOfCases(environment.slackChannel, fields.routes) },
      report,
    ),
    audit: readAudit(fields.audit, report),
  };
}

function isEmpty(value: unknown): boolean {
  return (
    value === undefined || value === null || (typeof value === 'object' && Object.keys(value).length === 0)
  );
}

function noObject(value: unknown): string | null {
  if (value === null || value === undefined)
    return 'Nothing stands in it. casethread.example.yml shows what may; or leave CONFIG_FILE out.';
  if (Array.isArray(value))
    return 'A list stands where keys belong: accounts:, routes: and so on. The list goes below its key.';
  return typeof value === 'object'
    ? null
    : 'One text stands where keys belong: accounts:, routes: and so on, each with a colon and a space behind it.';
}

/** What one part of the bot has read must not change below another. */
function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    for (const part of Object.values(value)) frozen(part);
    Object.freeze(value);
  }
  return value;
}
