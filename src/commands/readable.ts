/** Which cases a person may read. Of Slack no more is asked than it takes to say that. */
import { caseKeyText } from '../case/case-key.js';
import { groupsIn, type PermitCase, permit } from '../case/permit.js';
import { type KnownOfPerson, permitInDoubt } from '../case/permit-in-doubt.js';
import type { CasePlace, CaseRecord, Store } from '../store/store.js';
import { hasJoined, isIn, knownOf, type PermitAsker } from './known-person.js';
import { caseOfRecord, type PermitDeps } from './permit.js';

export interface Readable<C> {
  /** In their order. */
  readonly cases: readonly C[];
  /** Of others it cannot be said now whether they may, because Slack does not answer. */
  readonly isUnsure: boolean;
}

/** Of a case what the right to read it hangs on. */
export type Placed = Pick<CaseRecord, 'key' | 'channel' | 'card'>;

/** Those of the cases that a person may read. However many there are, each channel is asked about once. */
export async function readable<C extends Placed>(
  deps: PermitDeps,
  asker: PermitAsker,
  records: readonly C[],
): Promise<Readable<C>> {
  return sift(
    deps,
    asker,
    records.map((record) => [record, caseOfRecord(deps, record)]),
  );
}

/** The same of places. In which channel a case without a thread belongs, the rest of its record says. */
export async function readablePlaces(
  deps: PermitDeps & { readonly store: Pick<Store, 'getCases'> },
  asker: PermitAsker,
  places: readonly CasePlace[],
): Promise<Readable<CasePlace>> {
  const threadless = places.filter(({ channel }) => channel === null).map(({ key }) => key);
  const records = threadless.length === 0 ? [] : await deps.store.getCases(threadless);
  const byKey = new Map(records.map((record) => [caseKeyText(record.key), record]));
  return sift(
    deps,
    asker,
    places.map((place) => {
      const { key, channel, severity } = place;
      if (channel !== null) return [place, { channel, account: key.account, severity }];
      return [place, caseOfRecord(deps, byKey.get(caseKeyText(key)) ?? { key, channel, card: null })];
    }),
  );
}

/** Whether somebody may read a case; null where it cannot be said now. */
export async function mayRead(deps: PermitDeps, asker: PermitAsker, record: Placed): Promise<boolean | null> {
  return mayReadCase(deps, asker, caseOfRecord(deps, record));
}

/** The same of a case that may not be kept. */
export async function mayReadCase(
  deps: PermitDeps,
  asker: PermitAsker,
  aCase: PermitCase,
): Promise<boolean | null> {
  const decide = async (one: PermitAsker) => (await decider(deps, one, [aCase]))(aCase);
  const may = await decide(asker);
  if (may !== false || asker.channel === aCase.channel) return may;
  // Whoever has joined since Slack was asked is not turned away.
  const hasCome = await hasJoined(deps, asker, aCase.channel);
  return hasCome === true ? decide({ ...asker, channel: aCase.channel }) : false;
}

async function sift<C>(
  deps: PermitDeps,
  asker: PermitAsker,
  all: readonly (readonly [C, PermitCase])[],
): Promise<Readable<C>> {
  // Of thousands of cases only a few differ in what the right hangs on.
  const kindOf = ({ channel, account, severity }: PermitCase) => `${channel} ${account} ${severity}`;
  const kinds = new Map(all.map(([, aCase]) => [kindOf(aCase), aCase]));
  const verdicts = new Map<string, boolean | null>();
  const decide = await decider(deps, asker, [...kinds.values()]);
  for (const [kind, aCase] of kinds) verdicts.set(kind, decide(aCase));
  const verdictOn = (aCase: PermitCase) => verdicts.get(kindOf(aCase)) ?? null;
  return {
    cases: all.flatMap(([each, aCase]) => (verdictOn(aCase) === true ? [each] : [])),
    isUnsure: [...verdicts.values()].includes(null),
  };
}

type Known = Omit<KnownOfPerson, 'inChannel'>;

/** What decides on these cases: whether they may be read, null where that cannot be said now. */
async function decider(
  deps: PermitDeps,
  asker: PermitAsker,
  cases: readonly PermitCase[],
): Promise<(aCase: PermitCase) => boolean | null> {
  const permissions = deps.permissions();
  const verdict = (known: Known, inChannel: boolean | null, aCase: PermitCase): boolean | null => {
    const found = permitInDoubt({ ...known, inChannel }, (person) =>
      permit(permissions, person, 'read', aCase),
    );
    return found === 'unsure' ? null : found.may;
  };
  const unasked: Known = {
    user: asker.user,
    kind: asker.isStranger === true ? 'stranger' : null,
    groups: new Map(groupsIn(permissions, ['read']).map((group) => [group, null])),
  };
  const isHere = ({ channel }: PermitCase) => channel === asker.channel;
  // Somebody who types in the channel of a case is answered even while Slack says nothing at all.
  const open = cases.filter((each) => verdict(unasked, isHere(each) || null, each) === null);
  const hangsOnPerson = open.some((each) =>
    (isHere(each) ? [true] : [true, false]).some((inChannel) => verdict(unasked, inChannel, each) === null),
  );
  const channels = [...new Set(open.map(({ channel }) => channel))];
  const [known, present] = await Promise.all([
    hangsOnPerson ? knownOf(deps, permissions, asker, ['read']) : unasked,
    Promise.all(channels.map(async (each) => [each, await isIn(deps, asker, each)] as const)),
  ]);
  const inChannel = new Map(present);
  return (aCase) => verdict(known, isHere(aCase) || (inChannel.get(aCase.channel) ?? null), aCase);
}
