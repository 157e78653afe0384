import { hasSupportApi } from '../case/account.js';
import { foldedAlias } from '../case/account-name.js';
import type { SoundAccount } from './accounts-section.js';
import { type Path, pathText, type Report } from './file-problem.js';
import { ownerOfRole } from './role-arn.js';

/** What the environment says of accounts. The file may not say otherwise. */
export interface EnvironmentAccounts {
  /** AWS_ACCOUNTS; empty for any. */
  readonly awsAccounts: readonly string[];
  /** AWS_ACCOUNT_ALIASES, by account id. */
  readonly awsAccountAliases: ReadonlyMap<string, string>;
}

/** What may be wrong between the parts of an account, between accounts, and with what the environment says of them. */
export function checkAccounts(
  entries: readonly SoundAccount[],
  environment: EnvironmentAccounts,
  report: Report,
): void {
  for (const entry of entries) {
    checkRole(entry, report);
    checkEnvironment(entry, environment, report);
  }
  checkAccepted(entries, environment, report);
  checkTwice(
    entries.flatMap(({ at, fields }) =>
      fields.id === undefined ? [] : { at: [...at, 'id'], is: fields.id },
    ),
    'is listed already',
    report,
  );
  checkTwice(
    entries.flatMap(({ at, fields }) =>
      fields.alias === undefined ? [] : { at: [...at, 'alias'], is: foldedAlias(fields.alias) },
    ),
    'is called so already',
    report,
  );
  checkOwn(entries, report);
  checkPartitions(entries, report);
}

function checkRole({ at, fields, given }: SoundAccount, report: Report): void {
  const { id, role, partition } = fields;
  if (given.has('external_id') && !given.has('role')) {
    report(
      [...at, 'external_id'],
      'An external id is sent when a role is assumed, and there is no role here. Add role, or take it out.',
      'key',
    );
  }
  const owner = role === undefined ? null : ownerOfRole(role);
  if (owner === null) return;
  if (id !== undefined && owner.account !== id) {
    report(
      [...at, 'role'],
      `This role belongs to account ${owner.account}, not to ${id}. Take a role of the account itself.`,
    );
  }
  if (partition !== undefined && owner.partition !== partition) {
    report(
      [...at, 'partition'],
      `The role is in the partition ${owner.partition}. Write the same, or leave partition out.`,
    );
  }
}

function checkEnvironment(
  { at, fields: { id, alias } }: SoundAccount,
  { awsAccountAliases }: EnvironmentAccounts,
  report: Report,
): void {
  if (id === undefined) return;
  if (alias === undefined) return;
  const name = alias.trim();
  const other = awsAccountAliases.get(id);
  if (other !== undefined && other !== name) {
    report(
      [...at, 'alias'],
      `AWS_ACCOUNT_ALIASES calls this account “${other}”. Leave one of the two names.`,
    );
  }
  const same = [...awsAccountAliases].find(
    ([of, called]) => of !== id && foldedAlias(called) === foldedAlias(name),
  );
  if (same !== undefined)
    report([...at, 'alias'], `AWS_ACCOUNT_ALIASES calls account ${same[0]} so. Take another name.`);
}

/** One problem however many accounts: there is one thing to do. */
function checkAccepted(
  entries: readonly SoundAccount[],
  { awsAccounts }: EnvironmentAccounts,
  report: Report,
): void {
  if (awsAccounts.length === 0) return;
  const refused = entries.filter(({ fields: { id } }) => id !== undefined && !awsAccounts.includes(id));
  const [first, ...others] = refused;
  if (first === undefined) return;
  const id = first.fields.id;
  report(
    [...first.at, 'id'],
    others.length === 0
      ? `${id} is not in AWS_ACCOUNTS, so none of its events would be taken. Add it there, or take the account out.`
      : `${id} and ${others.length} more of the accounts are not in AWS_ACCOUNTS, so none of their events would be taken. Add them there, or take AWS_ACCOUNTS away: the list here is enough.`,
  );
}

function checkTwice(all: readonly { at: Path; is: string }[], says: string, report: Report): void {
  const first = new Map<string, Path>();
  for (const { at, is } of all) {
    const before = first.get(is);
    if (before === undefined) first.set(is, at);
    else report(at, `${pathText(before.slice(0, -1))} ${says}. Leave one of them.`);
  }
}

/** Of an account whose plan has no API nothing is asked, so it needs no credentials. */
function checkOwn(entries: readonly SoundAccount[], report: Report): void {
  const own = entries.filter(({ fields, given }) => !given.has('role') && hasSupportApi(fields.plan ?? null));
  for (const { at } of own.slice(1)) {
    report(
      [...at, 'role'],
      `It is missing, and ${pathText(own[0]?.at ?? [])} has none either. The bot's own credentials belong to one account; each of the others needs a role that is assumed in it.`,
    );
  }
}

/** Credentials of one partition are not known in another, and no role can be assumed from one in another. */
function checkPartitions(entries: readonly SoundAccount[], report: Report): void {
  const asked = entries.filter(({ fields }) => hasSupportApi(fields.plan ?? null));
  const [first, ...others] = asked.map(({ at, fields: { role, partition }, given }) => {
    const ofRole = role === undefined ? undefined : ownerOfRole(role)?.partition;
    const on = ofRole !== undefined ? 'role' : given.has('partition') ? 'partition' : 'id';
    return { at, on, partition: ofRole ?? partition ?? 'aws' };
  });
  for (const { at, on, partition } of others) {
    if (first === undefined || partition === first.partition) continue;
    report(
      [...at, on],
      `This account is in the partition ${partition}, and ${pathText(first.at)} in ${first.partition}. No credentials are good in both: run one bot for each, with a file of its own.`,
    );
  }
}
