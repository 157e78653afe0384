import type { Case } from '../case/case.js';
import { type CaseKey, caseKeyText, sameCase } from '../case/case-key.js';
import { type CaseReference, parseCaseReference } from '../case/case-reference.js';
import type { RoutedCase } from '../case/route.js';
import { escapeText } from '../slack/escape.js';
import { unescapeText } from '../slack/plain-text.js';
import { caseName } from '../slack/render-card.js';
import type { CaseRecord } from '../store/store.js';
import type { SupportApi } from '../support/support-api.js';
import { type Asked, askAccounts } from './ask-accounts.js';
import { caseOfThread } from './case-of-thread.js';
import type { Command, CommandDeps } from './command-deps.js';
import { isIn } from './known-person.js';
import { namedAccount, unknownAccount } from './named-account.js';
import { caseOf, type PermitAsker, type PermittedCase, refusal } from './permit.js';
import { quoted, quotedTyped } from './quoted.js';
import { mayReadCase } from './readable.js';
import { recordOfCase } from './unkept-record.js';
import { awsTrouble } from './words/aws-trouble.js';
import { FIND_WORDS } from './words/find-case.js';
import { PERMIT_WORDS } from './words/permit.js';

export type FoundCase =
  | {
      readonly found: true;
      readonly key: CaseKey;
      readonly displayId: string;
      readonly record: CaseRecord | null;
      /** Where AWS has just said it. */
      readonly details?: RoutedCase;
      /** Where the store does not have it, and its thread says so. */
      readonly channel?: string;
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

type NotFoundWords = Pick<typeof FIND_WORDS, 'unknownCase'>;

export interface SeenCase {
  readonly key: CaseKey;
  readonly details: RoutedCase;
}

type ByNumber = Exclude<CaseReference, { by: 'thread' }>;

/** Slack waits three seconds for an answer; AWS gets most of it. */
const ASK_AWS_MS = 1_800;
/** Each has its own share of calls at AWS, and all of them our memory. */
const AT_ONCE = 20;

/**
 * The case that a person means, of those that they may read. One that the bot does not know yet is looked for in all
 * accounts, or in the one that they name, and followed from now on.
 *
 * @param seen a case as AWS has just shown it: whether they may read it goes by that, and not by what is kept.
 * @param words for a case that is nowhere: not everybody is kept from reading any.
 */
export async function findCase(
  deps: CommandDeps,
  typed: string,
  asker: Pick<Command, 'name' | 'user' | 'channel'>,
  { seen, words = FIND_WORDS }: { readonly seen?: SeenCase; readonly words?: NotFoundWords } = {},
): Promise<FoundCase> {
  const asSeen = (each: PermittedCase): PermittedCase =>
    seen !== undefined && sameCase(seen.key, each.key) ? { ...each, details: seen.details } : each;
  const command = asker.name;
  const reference = parseCaseReference(typed);
  if (reference === null) {
    // Typed as the help has it.
    const isPlaceholder = /^<?case>?$/i.test(unescapeText(typed));
    const hasAccounts = deps.knownAccounts().length > 1;
    const say = isPlaceholder
      ? FIND_WORDS.putTheNumber(command)
      : FIND_WORDS.notACase(quotedTyped(typed), command, hasAccounts);
    return { found: false, say };
  }
  if (reference.by === 'thread') {
    const ofThread = await caseOfThread(
      deps,
      reference.channel,
      reference.ts,
      FIND_WORDS.notACaseThread(command),
    );
    if (!ofThread.found) return ofThread;
    const ways = await waysOf(deps, asker, [asSeen(ofThread)]);
    if (ways[0] === 'read') return ofThread;
    const say = await whyNotRead(deps, asker, [asSeen(ofThread)], ways);
    return { found: false, say: say ?? FIND_WORDS.notACaseThread(command) };
  }
  const named = reference.account;
  const account = named === undefined ? null : namedAccount(deps.knownAccounts(), named);
  if (named !== undefined && account === null) return { found: false, say: unknownAccount(deps, named) };
  const isMeant = ({ key }: Pick<CaseRecord, 'key'>) => account === null || key.account === account;
  const kept = (await lookUp(deps, reference)).filter(isMeant);
  const keptNow = kept.map((record) => asSeen(foundRecord(record)));
  const ways = await waysOf(deps, asker, keptNow);
  const known = kept.filter((_, index) => ways[index] === 'read');
  const [only] = known;
  if (only !== undefined && known.length === 1) {
    return { found: true, key: only.key, displayId: only.displayId, record: only };
  }
  if (known.length > 1) return several(deps, typed, known, command);
  const barred = await whyNotRead(deps, asker, keptNow, ways);
  if (barred !== null) return { found: false, say: barred };

  const apis = account === null ? deps.accounts.all('person') : [deps.accounts.for(account, 'person')];
  const asked = await askAccounts(apis, (api) => ask(api, reference), {
    withinMs: ASK_AWS_MS,
    atOnce: AT_ONCE,
  });
  // Two sets of credentials may belong to one account.
  const all = new Map(asked.found.filter(isMeant).map((each) => [caseKeyText(each.key), each]));
  // A case that they may not read is not found a second time, without its thread.
  const isKept = new Set(kept.map(({ key }) => caseKeyText(key)));
  const fresh: CaseRecord[] = [];
  for (const each of all.values())
    if (!isKept.has(caseKeyText(await deps.store.canonical(each.key)))) fresh.push(recordOfCase(each));
  const freshWays = await waysOf(deps, asker, fresh.map(foundAtAws));
  const found = fresh.filter((_, index) => freshWays[index] === 'read');
  for (const { key } of found) await deps.markCase(key);
  if (found.length > 1) return several(deps, typed, found, command);
  const [first] = found;
  if (first === undefined) {
    const say = await whyNotRead(deps, asker, fresh.map(foundAtAws), freshWays);
    return { found: false, say: say ?? notFound(asked, typed, command, words) };
  }
  // What changes a case must not go to the wrong one because another account was away.
  if (asked.missing > 0 && reference.by === 'display-id') return unsure(deps, typed, first, asked.missing);
  return foundAtAws(first);
}

/**
 * Why somebody may not read what they named, which the trail is told. Null where they are not to know that there is such a
 * case: to people outside its channel it must look like one that is nowhere.
 */
async function whyNotRead(
  deps: CommandDeps,
  asker: PermitAsker,
  found: readonly PermittedCase[],
  ways: readonly Way[],
): Promise<string | null> {
  const [first] = found;
  if (first === undefined) return null;
  const told = found[ways.indexOf('exists')];
  const say = await refusal(deps, asker, ['read'], told ?? first);
  if (told === undefined) return null;
  // Slack may have answered meanwhile.
  return say ?? PERMIT_WORDS.unsure('read', escapeText(caseName(told)), null);
}

/** What somebody may know of a case: all of it, that there is one, or nothing. */
type Way = 'read' | 'exists' | 'nothing';

async function waysOf(
  deps: CommandDeps,
  asker: PermitAsker,
  found: readonly PermittedCase[],
): Promise<readonly Way[]> {
  return Promise.all(
    found.map(async (each) => {
      const aCase = caseOf(deps, each);
      const may = await mayReadCase(deps, asker, aCase);
      if (may === true) return 'read';
      return may === null || (await isIn(deps, asker, aCase.channel)) === true ? 'exists' : 'nothing';
    }),
  );
}

function foundRecord(record: CaseRecord): PermittedCase {
  return { key: record.key, displayId: record.displayId, record };
}

/** One that is not kept, as AWS has just said it. */
export function foundAtAws({ key, displayId, card }: CaseRecord): PermittedCase & { readonly found: true } {
  const details = card?.details == null ? {} : { details: card.details };
  return { found: true, key, displayId, record: null, ...details };
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
  return { found: false, say: FIND_WORDS.severalCases(quotedTyped(typed), named, command), among };
}

function unsure({ accountName }: CommandDeps, typed: string, found: CaseRecord, missing: number): FoundCase {
  const account = quoted(accountName(found.key.account));
  const say = FIND_WORDS.perhapsThisCase(quotedTyped(typed), account, missing);
  return { found: false, say, among: [found], missing };
}

/** Nowhere, as far as could be seen: an account that did not answer may have it. */
function notFound(
  { asked, missing, trouble, notAskable }: Asked<unknown>,
  typed: string,
  command: string,
  words: NotFoundWords,
): string {
  const what = quotedTyped(typed);
  if (asked === 0 && notAskable !== null)
    return FIND_WORDS.cannotLookUp(what, quoted(notAskable.sentence, 800));
  if (missing === 0) return words.unknownCase(what, command);
  if (asked === 1) {
    return trouble === null
      ? FIND_WORDS.awsIsSlow(what)
      : FIND_WORDS.cannotLookUp(what, quoted(awsTrouble(trouble), 800));
  }
  // It names its account.
  const why = trouble === null ? null : quoted(awsTrouble(trouble), 800);
  return FIND_WORDS.notAllAsked(what, missing, asked, why);
}
