/**
 * The one gate: whatever people do with cases, and by whichever way, is asked for here, when a form opens and again when it
 * is sent. A refusal is words for the person alone, and names those who may.
 */
import type { CaseKey } from '../case/case-key.js';
import {
  type CaseRight,
  groupsFor,
  type Permissions,
  type PermitCase,
  permit,
  permitAdminister,
} from '../case/permit.js';
import { type KnownOfPerson, permitInDoubt } from '../case/permit-in-doubt.js';
import type { Right } from '../case/right.js';
import type { RoutedCase } from '../case/route.js';
import { escapeText } from '../slack/escape.js';
import type { People } from '../slack/people.js';
import { caseName } from '../slack/render-card.js';
import type { CaseRecord } from '../store/store.js';
import { OWN_ACCOUNT } from '../support/support-api.js';
import { hasJoined, isIn, knownOf, type PermitAsker, whyNotKnown } from './known-person.js';
import { type Refused, tellRefused, type Wanted, type WantedWith } from './refused.js';
import { whoInWords } from './who-in-words.js';
import { PERMIT_WORDS } from './words/permit.js';
import { WORDS } from './words/words.js';

/** What the gate goes by. */
export interface PermitDeps {
  readonly permissions: () => Permissions;
  readonly people: People;
  /** In which the thread of such a case would be opened. */
  readonly threadChannelOf: (key: Pick<CaseKey, 'account'>, details: RoutedCase | null) => string;
  /** Channels in which threads of cases are opened. */
  readonly caseChannels: () => readonly string[];
  /** Told of each refusal, also of one for want of an answer from Slack. Never rejects; the answer waits for it a moment. */
  readonly refused?: (refusal: Refused) => Promise<void>;
}

export type { PermitAsker } from './known-person.js';
export type { Refused } from './refused.js';

/** A case as it was found. */
export interface PermittedCase {
  readonly key: CaseKey;
  readonly displayId: string;
  readonly record: CaseRecord | null;
  /** Where AWS has just said it: then it counts, whatever is kept. */
  readonly details?: RoutedCase;
  /** Where the store does not have it, and its thread says so. */
  readonly channel?: string;
}

/** A case that somebody wants to open. */
export interface NewPermittedCase {
  readonly account: string;
  readonly details: RoutedCase;
}

/** What somebody who may not is told. Slack markup, for them alone. */
export interface Refusal {
  readonly say: string;
  /** They may, perhaps: it cannot be checked now. */
  readonly isUnsure: boolean;
}

/** Why a person may not do all that with a case; null where they may. Slack markup, for them alone. */
export async function refusal(...asked: Parameters<typeof wholeRefusal>): Promise<string | null> {
  return (await wholeRefusal(...asked))?.say ?? null;
}

/** The same, for those to whom it matters why. */
export async function wholeRefusal(
  deps: PermitDeps,
  asker: PermitAsker,
  rights: readonly CaseRight[],
  found: PermittedCase,
  wanted: Wanted = {},
): Promise<Refusal | null> {
  const aCase = caseOf(deps, found);
  const name = escapeText(caseName(found));
  const { key, displayId } = found;
  return refusalOf(deps, asker, rights, aCase, { key, displayId, name, ...wanted });
}

/** The same of a case that is still to be opened. */
export async function refusalToOpen(...asked: Parameters<typeof wholeRefusalToOpen>): Promise<string | null> {
  return (await wholeRefusalToOpen(...asked))?.say ?? null;
}

export async function wholeRefusalToOpen(
  deps: PermitDeps,
  asker: PermitAsker,
  rights: readonly CaseRight[],
  asked: NewPermittedCase,
  wanted: Wanted = {},
): Promise<Refusal | null> {
  const about = { key: null, displayId: null, name: PERMIT_WORDS.newCase, ...wanted };
  return refusalOf(deps, asker, rights, newCaseOf(deps, asked), about);
}

/** Why somebody may not do what is for administrators; null where they may. */
export async function refusalToAdminister(
  deps: PermitDeps,
  asker: PermitAsker,
  deed = 'administer',
): Promise<Lacking | { readonly is: 'not-here' } | null> {
  const permissions = deps.permissions();
  const isHere = deps.caseChannels().includes(asker.channel);
  // Where nobody is named, those may who can see the cases: in another channel that would be anybody.
  if (permissions.administrators.length === 0 && !isHere) {
    await tellRefused(deps, asker, 'administer', 'not-here', { ...NO_CASE, deed });
    return { is: 'not-here' };
  }
  const known = { ...(await knownOf(deps, permissions, asker, ['administer'])), inChannel: isHere };
  const verdict = permitInDoubt(known, (person) => permitAdminister(permissions, person));
  if (verdict !== 'unsure' && verdict.may) return null;
  const isUnsure = verdict === 'unsure';
  const why = isUnsure ? 'cannot-be-checked' : 'not-administrator';
  await tellRefused(deps, asker, 'administer', why, { ...NO_CASE, deed });
  if (isUnsure) return { is: 'unsure', right: 'administer', because: whyNotKnown(deps, known, '') };
  return { is: 'refused', ...verdict };
}

/** `because`: why it cannot be checked; null where that passes by itself. */
export type Lacking =
  | { readonly is: 'unsure'; readonly right: Right; readonly because: string | null }
  | { readonly is: 'refused'; readonly right: Right; readonly who: readonly string[] };

/**
 * In which accounts, and with which severities, a person might open a case. Where its thread would be is known only with
 * the rest of it, and what cannot be checked now counts as allowed: it is asked again when the form is sent.
 */
export async function mightOpen(
  deps: PermitDeps,
  asker: PermitAsker,
): Promise<(account: string, severity: string) => boolean> {
  const permissions = deps.permissions();
  const [known, present] = await Promise.all([
    knownOf(deps, permissions, asker, ['create']),
    Promise.all(deps.caseChannels().map(async (each) => [each, await isIn(deps, asker, each)] as const)),
  ]);
  return (account, severity) =>
    present.some(([channel, inChannel]) => {
      const aCase = { channel, account: knownAccount(account), severity, isNew: true } as const;
      const verdict = permitInDoubt({ ...known, inChannel }, (one) =>
        permit(permissions, one, 'create', aCase),
      );
      return verdict === 'unsure' || verdict.may;
    });
}

interface About extends WantedWith {
  /** Escaped. */
  readonly name: string;
}

const NO_CASE = { key: null, displayId: null } as const;

async function refusalOf(
  deps: PermitDeps,
  asker: PermitAsker,
  rights: readonly CaseRight[],
  aCase: PermitCase,
  { name, ...asked }: About,
): Promise<Refusal | null> {
  const lacking = await lackingOf(deps, asker, rights, aCase);
  if (lacking === null) return null;
  const { right, wanted } = lacking;
  const about = { deed: wanted, ...asked };
  if (lacking.is === 'unsure') {
    await tellRefused(deps, asker, right, 'cannot-be-checked', about);
    return { say: PERMIT_WORDS.unsure(right, name, lacking.because), isUnsure: true };
  }
  const { who, kind } = lacking;
  const isForThisCompany = kind === 'stranger' && who.length === 1 && who[0] === 'everybody';
  await tellRefused(deps, asker, right, isForThisCompany ? 'other-company' : 'not-permitted', about);
  const say = isForThisCompany
    ? WORDS.otherWorkspace
    : who.includes('nobody')
      ? PERMIT_WORDS.nobody(right, name)
      : PERMIT_WORDS.refused(right, name, ...whoInWords(who, `<#${aCase.channel}>`));
  return { say, isUnsure: false };
}

type LackingOfCase = Lacking & { readonly wanted: Right; readonly kind: KnownOfPerson['kind'] };

/** The first right that a person lacks. */
async function lackingOf(
  deps: PermitDeps,
  asker: PermitAsker,
  rights: readonly CaseRight[],
  aCase: PermitCase,
): Promise<LackingOfCase | null> {
  const permissions = deps.permissions();
  const [person, inChannel] = await Promise.all([
    knownOf(deps, permissions, asker, rights, groupsFor(permissions, rights, aCase)),
    isIn(deps, asker, aCase.channel),
  ]);
  const lackingWhere = (inChannel: boolean | null): LackingOfCase | null => {
    const known = { ...person, inChannel };
    const { kind } = known;
    for (const wanted of rights) {
      const verdict = permitInDoubt(known, (one) => permit(permissions, one, wanted, aCase));
      if (verdict === 'unsure')
        return {
          is: 'unsure',
          right: wanted,
          wanted,
          kind,
          because: whyNotKnown(deps, known, aCase.channel),
        };
      if (!verdict.may) return { is: 'refused', right: verdict.right, who: verdict.who, wanted, kind };
    }
    return null;
  };
  const lacking = lackingWhere(inChannel);
  // To be there helps: whoever has joined since Slack was asked is not turned away.
  const mayHelp = lacking !== null && inChannel === false && lackingWhere(true)?.is !== lacking.is;
  return mayHelp && (await hasJoined(deps, asker, aCase.channel)) === true ? lackingWhere(true) : lacking;
}

export function caseOf(deps: PermitDeps, { key, record, details, channel }: PermittedCase): PermitCase {
  const known = details ?? record?.card?.details ?? null;
  return {
    channel: record?.channel ?? channel ?? deps.threadChannelOf(key, known),
    account: key.account,
    severity: known?.severity ?? null,
  };
}

export function caseOfRecord(
  { threadChannelOf }: PermitDeps,
  { key, channel, card }: Pick<CaseRecord, 'key' | 'channel' | 'card'>,
): PermitCase {
  const details = card?.details ?? null;
  return {
    channel: channel ?? threadChannelOf(key, details),
    account: key.account,
    severity: details?.severity ?? null,
  };
}

function newCaseOf({ threadChannelOf }: PermitDeps, { account, details }: NewPermittedCase): PermitCase {
  const channel = threadChannelOf({ account }, details);
  return { channel, account: knownAccount(account), severity: details.severity, isNew: true };
}

function knownAccount(account: string): string | null {
  return account === OWN_ACCOUNT ? null : account;
}
