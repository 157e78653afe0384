import { parseCaseReference } from '../../case/case-reference.js';
import type { Permissions } from '../../case/permit.js';
import { casesNamed } from '../../store/cases-named.js';
import type { Command, CommandDeps } from '../command-deps.js';
import { type FoundCase, findCase } from '../find-case.js';
import { namedAccount } from '../named-account.js';
import { quoted, quotedTyped } from '../quoted.js';
import { AUDIT_WORDS } from '../words/audit.js';
import { FIND_WORDS } from '../words/find-case.js';

/**
 * The case of which somebody wants to see the lines. The trail outlives its cases: AWS is asked only for what neither it nor
 * the store knows. Whoever may see the trail sees all of it, whichever cases they may read.
 */
export async function auditedCase(deps: CommandDeps, typed: string, command: Command): Promise<FoundCase> {
  const { store, knownAccounts, accountName } = deps;
  const reference = parseCaseReference(typed);
  if (reference !== null && reference.by !== 'thread') {
    const { account } = reference;
    const only = account === undefined ? null : namedAccount(knownAccounts(), account);
    const name = reference.by === 'display-id' ? reference.displayId : reference.caseId;
    const isNoAccount = account !== undefined && only === null;
    const keys = isNoAccount ? [] : await casesNamed(store, name, only);
    const [key] = keys;
    if (keys.length > 1) {
      const among = keys.map((each) => ({ caseId: each.caseId, account: quoted(accountName(each.account)) }));
      return { found: false, say: FIND_WORDS.severalCases(quotedTyped(typed), among, command.name) };
    }
    if (key !== undefined) {
      const record = await store.getCase(key);
      const typedNumber = reference.by === 'display-id' ? name : '';
      return { found: true, key, displayId: record?.displayId || typedNumber, record };
    }
  }
  return findCase({ ...deps, permissions: seesAll(command) }, typed, command, { words: AUDIT_WORDS });
}

function seesAll({ user }: Command): () => Permissions {
  const anyCase = { channels: [], accounts: [], severities: [] };
  return () => ({ administrators: [], rules: [{ may: ['read'], who: [user], ...anyCase }] });
}
