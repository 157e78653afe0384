import type { Case } from '../case/case.js';
import { type CaseKey, caseKeyText } from '../case/case-key.js';
import { type CaseReference, parseCaseReference } from '../case/case-reference.js';
import { unescapeText } from '../slack/plain-text.js';
import type { CaseRecord } from '../store/store.js';
import type { SupportApi } from '../support/support-api.js';
import { type Asked, askAccounts } from './ask-accounts.js';
import { caseOfThread } from './case-of-thread.js';
import type { CommandDeps } from './command-deps.js';
import { namedAccount, unknownAccount } from './named-account.js';
import { quoted, quotedTyped } from './quoted.js';
import { recordOfCase } from './unkept-record.js';
import { awsTrouble } from './words/aws-trouble.js';
import { WORDS } from './words/words.js';

export type FoundCase =
  | {
      readonly found: true;
      readonly key: CaseKey;
      readonly displayId: string;
      readonly record: CaseRecord | null;
    }
  | {
      readonly found: false;
      /** What to tell the person. Slack markup. */
      readonly say: string;
      /** The cases that they may mean: two or more; or one, where accounts could not be asked that may have another. */
      readonly among?: readonly CaseRecord[];
      /** How many accounts could not be asked. */
      readonly missing?: number;
    };

type ByNumber = Exclude<CaseReference, { by: 'thread' }>;

/** Slack waits three seconds for an answer; AWS gets most of it. */
const ASK_AWS_MS = 1_800;
/** Each has its own share of calls at AWS, and all of them our memory. */
const AT_ONCE = 20;

/**
 * The case that a person means. One that the bot does not know yet is looked for in all accounts, or in the one that they
 * name, and followed from now on.
 */
export async function findCase(deps: CommandDeps, typed: string, command: string): Promise<FoundCase> {
  const reference = parseCaseReference(typed);
  if (reference === null) {
    // Typed as the help has it.
    const isPlaceholder = /^<?case>?$/i.test(unescapeText(typed));
    const hasAccounts = deps.knownAccounts().length > 1;
    const say = isPlaceholder
      ? WORDS.putTheNumber(command)
      : WORDS.notACase(quotedTyped(typed), command, hasAccounts);
    return { found: false, say };
  }
  if (reference.by === 'thread') {
    return caseOfThread(deps, reference.channel, reference.ts, WORDS.notACaseThread(command));
  }
  const named = reference.account;
  const account = named === undefined ? null : namedAccount(deps.knownAccounts(), named);
  if (named !== undefined && account === null) return { found: false, say: unknownAccount(deps, named) };
  const isMeant = ({ key }: Pick<CaseRecord, 'key'>) => account === null || key.account === account;
  const known = (await lookUp(deps, reference)).filter(isMeant);
  const [only] = known;
  if (only !== undefined && known.length === 1) {
    return { found: true, key: only.key, displayId: only.displayId, record: only };
  }
  if (known.length > 1) return several(deps, typed, known, command);

  const apis = account === null ? deps.accounts.all('person') : [deps.accounts.for(account, 'person')];
  const asked = await askAccounts(apis, (api) => ask(api, reference), {
    withinMs: ASK_AWS_MS,
    atOnce: AT_ONCE,
  });
  // Two sets of credentials may belong to one account.
  const found = new Map(asked.found.filter(isMeant).map((each) => [caseKeyText(each.key), each]));
  for (const { key } of found.values()) await deps.markCase(key);
  const [first] = found.values();
  if (first === undefined) return { found: false, say: notFound(asked, typed, command) };
  if (found.size > 1) return several(deps, typed, [...found.values()].map(recordOfCase), command);
  // What changes a case must not go to the wrong one because another account was away.
  if (asked.missing > 0 && reference.by === 'display-id') return unsure(deps, typed, first, asked.missing);
  return { found: true, key: first.key, displayId: first.displayId, record: null };
}

/** A case id stays the same in whatever account it is looked for; what was typed before it decides. */
async function lookUp({ store }: CommandDeps, reference: ByNumber): Promise<readonly CaseRecord[]> {
  return reference.by === 'display-id'
    ? store.casesByDisplayId(reference.displayId)
    : store.casesByCaseId(reference.caseId);
}

async function ask(api: SupportApi, reference: ByNumber): Promise<readonly Case[]> {
  if (reference.by === 'display-id') return api.findByDisplayId(reference.displayId);
  return (await api.casesById([reference.caseId])).map((reading) => reading.case);
}

function several(
  { accountName }: CommandDeps,
  typed: string,
  among: readonly CaseRecord[],
  command: string,
): FoundCase {
  const named = among.map(({ key }) => ({ caseId: key.caseId, account: quoted(accountName(key.account)) }));
  return { found: false, say: WORDS.severalCases(quotedTyped(typed), named, command), among };
}

function unsure({ accountName }: CommandDeps, typed: string, found: Case, missing: number): FoundCase {
  const account = quoted(accountName(found.key.account));
  const say = WORDS.perhapsThisCase(quotedTyped(typed), account, missing);
  return { found: false, say, among: [recordOfCase(found)], missing };
}

/** Nowhere, as far as could be seen: an account that did not answer may have it. */
function notFound(
  { asked, missing, trouble, notAskable }: Asked<unknown>,
  typed: string,
  command: string,
): string {
  const what = quotedTyped(typed);
  if (asked === 0 && notAskable !== null) return WORDS.cannotLookUp(what, quoted(notAskable.sentence, 800));
  if (missing === 0) return WORDS.unknownCase(what, command);
  if (asked === 1) {
    return trouble === null
      ? WORDS.awsIsSlow(what)
      : WORDS.cannotLookUp(what, quoted(awsTrouble(trouble), 800));
  }
  // It names its account.
  const why = trouble === null ? null : quoted(awsTrouble(trouble), 800);
  return WORDS.notAllAsked(what, missing, asked, why);
}
