/** Who may do what with a case. Pure: what a person is, and what a case is, come in as values. */
import type { Right } from './right.js';

/** In place of ids: people in the channel of the case, by what they are to the workspace; or nobody at all. */
export const CIRCLES = ['everybody', 'guests', 'strangers', 'nobody'] as const;
export type Circle = (typeof CIRCLES)[number];

/** Rights over a case; `administer` is over the bot. */
export type CaseRight = Exclude<Right, 'administer'>;

/** One rule of CONFIG_FILE. What a list does not name, it does not ask for. */
export interface Rule {
  readonly may: readonly CaseRight[];
  /** Slack users (`U…`, `W…`) and user groups (`S…`), wherever they are; and {@link CIRCLES}. */
  readonly who: readonly string[];
  /** Of the case's thread. */
  readonly channels: readonly string[];
  /** 12 digits. */
  readonly accounts: readonly string[];
  readonly severities: readonly string[];
}

export interface Permissions {
  /** Users and user groups; empty: members who are in a channel with cases. */
  readonly administrators: readonly string[];
  /** Of those that name a right and fit the case, the first one decides, alone. */
  readonly rules: readonly Rule[];
}

/** What a person is to us: of this workspace or its Grid, a guest in it, or of another company (Slack Connect). */
export type PersonKind = 'member' | 'guest' | 'stranger';

export interface PermitPerson {
  readonly user: string;
  /** User groups that they are in. */
  readonly groups: ReadonlySet<string>;
  readonly kind: PersonKind;
  /** `kind` is a guess, because nobody can say it now: where no rule decides, they count as a member. */
  readonly isGuessed?: true;
  /** Whether they are in the channel of the case. */
  readonly inChannel: boolean;
}

export interface PermitCase {
  /** Of its thread, or in which that would be opened. */
  readonly channel: string;
  /** 12 digits; null while it is not known, as with the severity. */
  readonly account: string | null;
  /** AWS's code; null while it is not known: then somebody may what they may whichever it is. */
  readonly severity: string | null;
  /** It is still to be opened, so there is nothing to read. */
  readonly isNew?: true;
}

/** `who`: those who may, as rules name them; `right`: the one that is lacking. */
export type Verdict =
  | { readonly may: true }
  | { readonly may: false; readonly right: Right; readonly who: readonly string[] };

/** An account, or a severity, that no rule names. */
const ANOTHER = '';
const MAY: Verdict = { may: true };

/** Whoever may not read a case may do nothing else with it either; to open one, there is nothing to read yet. */
export function permit(
  permissions: Permissions,
  person: PermitPerson,
  right: CaseRight,
  aCase: PermitCase,
): Verdict {
  const needed: readonly CaseRight[] = right === 'read' || aCase.isNew ? [right] : ['read', right];
  for (const each of needed) {
    for (const possible of waysOf(permissions, aCase)) {
      const rule = ruleFor(permissions, each, possible);
      const who = rule?.who ?? withoutRule(each);
      if (!isAmong(rule === undefined ? trusted(person) : person, who))
        return { may: false, right: each, who };
    }
  }
  return MAY;
}

/** @param person in which `inChannel` is about a channel with cases. */
export function permitAdminister({ administrators }: Permissions, person: PermitPerson): Verdict {
  const isOpen = administrators.length === 0;
  const who = isOpen ? ['everybody'] : administrators;
  return isAmong(isOpen ? trusted(person) : person, who) ? MAY : { may: false, right: 'administer', who };
}

/** Where nobody has said who may, one look-up that fails must not stop those who are on call. */
function trusted(person: PermitPerson): PermitPerson {
  return person.isGuessed ? { ...person, kind: 'member' } : person;
}

/** Those whom the first rule that fits names; without one, members in the case's channel may all, and others there read. */
export function whoMay(permissions: Permissions, right: CaseRight, aCase: PermitCase): readonly string[] {
  return ruleFor(permissions, right, aCase)?.who ?? withoutRule(right);
}

function ruleFor(
  { rules }: Permissions,
  right: CaseRight,
  { channel, account, severity }: PermitCase,
): Rule | undefined {
  const fits = (wanted: readonly string[], value: string): boolean =>
    wanted.length === 0 || wanted.includes(value);
  return rules.find(
    ({ may, channels, accounts, severities }) =>
      may.includes(right) &&
      fits(channels, channel) &&
      fits(accounts, account ?? ANOTHER) &&
      fits(severities, severity ?? ANOTHER),
  );
}

function withoutRule(right: CaseRight): readonly string[] {
  return right === 'read' ? ['everybody', 'guests', 'strangers'] : ['everybody'];
}

/** The user groups on which it hangs whether somebody has the rights over this case, of which there may be many others. */
export function groupsFor(
  permissions: Permissions,
  rights: readonly CaseRight[],
  aCase: PermitCase,
): readonly string[] {
  const needed: readonly CaseRight[] = aCase.isNew ? rights : ['read', ...rights];
  const named = needed.flatMap((right) =>
    waysOf(permissions, aCase).flatMap((possible) => whoMay(permissions, right, possible)),
  );
  return groupsAmong(named);
}

/** The user groups that somebody has to be looked for in before it can be said whether they have the rights. */
export function groupsIn(
  { administrators, rules }: Permissions,
  rights: readonly Right[],
): readonly string[] {
  const named = [
    ...(rights.includes('administer') ? administrators : []),
    ...rules.flatMap(({ may, who }) => (may.some((right) => rights.includes(right)) ? who : [])),
  ];
  return groupsAmong(named);
}

function groupsAmong(named: readonly string[]): readonly string[] {
  return [...new Set(named.filter((each) => /^S/.test(each)))];
}

const CIRCLE_OF: Readonly<Record<PersonKind, Circle>> = {
  member: 'everybody',
  guest: 'guests',
  stranger: 'strangers',
};

function isAmong({ user, groups, kind, inChannel }: PermitPerson, who: readonly string[]): boolean {
  return who.some((each) => each === user || groups.has(each) || (inChannel && each === CIRCLE_OF[kind]));
}

/** What the case may be, where it is not known. */
function waysOf({ rules }: Permissions, aCase: PermitCase): readonly PermitCase[] {
  const named = (known: string | null, lists: readonly (readonly string[])[]): readonly string[] =>
    known === null ? [...new Set([...lists.flat(), ANOTHER])] : [known];
  const accounts = named(
    aCase.account,
    rules.map((rule) => rule.accounts),
  );
  const severities = named(
    aCase.severity,
    rules.map((rule) => rule.severities),
  );
  return accounts.flatMap((account) => severities.map((severity) => ({ ...aCase, account, severity })));
}
