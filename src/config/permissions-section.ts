import { z } from 'zod';
import { CIRCLES, type Permissions, type Rule } from '../case/permit.js';
import { RIGHTS } from '../case/right.js';
import { SEVERITIES } from '../case/severities.js';
import type { AccountNames } from './account-names.js';
import { accountName, entry, listOf, oneOf, text } from './field-rules.js';
import { entriesOf, fieldsOf, type Sound } from './fields.js';
import { pathText, type Report } from './file-problem.js';
import { CHANNEL_ID, USER_OR_GROUP_ID } from './slack-ids.js';

const PERMISSIONS = entry(
  {
    administer: listOf(
      text(
        USER_OR_GROUP_ID,
        "This is not the ID of a Slack user (U or W and more: a person's profile has it: ⋮, Copy member ID) or user group (S and more).",
      ),
      'U0123456789, S0123456789',
    )
      // What somebody means who empties the list is hardly everybody.
      .min(1, {
        error:
          'Nobody is named. Name somebody, or leave it out for all members who are in a channel with cases.',
      })
      .optional(),
    rules: z.unknown().optional(),
  },
  'permissions',
);

const OF_CASES = RIGHTS.filter((right) => right !== 'administer');
const ELSEWHERE = {
  administer:
    '“administer” stands above rules: permissions: administer: […]. It is about no case. Take it out here.',
};
const WHO = new RegExp(`^(?:${CIRCLES.join('|')})$|${USER_OR_GROUP_ID.source}`);

const RULE = entry(
  {
    may: listOf(oneOf(OF_CASES, ELSEWHERE), 'reply, resolve').min(1, {
      error: `A rule without a right does nothing. Name some of ${OF_CASES.join(', ')}.`,
    }),
    who: listOf(
      text(
        WHO,
        `This is neither the ID of a Slack user (U or W and more) or user group (S and more) nor one of ${CIRCLES.join(', ')}. Names do not work here.`,
      ),
      'S0123456789, U0123456789',
    ).min(1, { error: 'Name those who may. Where nobody may from Slack, write [nobody].' }),
    channels: listOf(
      text(
        CHANNEL_ID,
        "The ID of a channel belongs here. It begins with C (or G) and is not the name; the channel's details show it.",
      ),
      'C0123456789',
    ).optional(),
    accounts: listOf(accountName(), 'production, "111122223333"').optional(),
    severities: listOf(oneOf(SEVERITIES), 'urgent, critical').optional(),
  },
  'A rule',
);

const WITHOUT_RULES =
  'Left out, members who are in the channel of a case may do everything with it. If you mean that, take the key out.';

/** What rules may name. */
interface Known {
  readonly names: AccountNames;
  /** In which threads of cases are opened; null where that cannot be said. */
  readonly channels: ReadonlySet<unknown> | null;
}

type PlacedRule = Rule & { readonly name: string };

export function readPermissions(raw: unknown, known: Known, report: Report): Permissions {
  if (raw === undefined || raw === null) return { administrators: [], rules: [] };
  const { fields, given } = fieldsOf(PERMISSIONS, raw, ['permissions'], report);
  // Whoever empties the list hardly means what holds without it.
  if (given.has('rules') && isEmpty(fields.rules))
    report(['permissions', 'rules'], `No rule stands in it. ${WITHOUT_RULES}`, 'key');
  const placed: PlacedRule[] = [];
  for (const sound of entriesOf(RULE, fields.rules, ['permissions', 'rules'], report)) {
    const rule = ruleOf(sound, known, report);
    if (rule === null) continue;
    tellUnreachable(sound, rule, placed, report);
    placed.push({ ...rule, name: pathText(sound.at) });
  }
  return {
    administrators: unique(fields.administer),
    rules: placed.map(({ name: _, ...rule }) => rule),
  };
}

/** Null where something is wrong with it: then nothing can be said of what it decides, either. */
function ruleOf(
  { at, fields, given, whole }: Sound<typeof RULE>,
  { names, channels: known }: Known,
  report: Report,
): Rule | null {
  const accounts = new Set<string>();
  let sound = whole;
  for (const [index, name] of (fields.accounts ?? []).entries()) {
    const account = names(name);
    if (account !== null && 'id' in account) accounts.add(account.id);
    else sound = false;
    if (account !== null && 'says' in account) report([...at, 'accounts', index], account.says);
  }
  const { may = [], who = [], channels, severities } = fields;
  // One letter that is wrong, and what the rule was to keep people from would be theirs, without a word.
  for (const [index, channel] of (channels ?? []).entries()) {
    if (known === null || known.has(channel)) continue;
    report(
      [...at, 'channels', index],
      'No case gets there: no route leads to this channel, and SLACK_CHANNEL is another one. Correct the ID, or take it out.',
    );
  }
  if (who.includes('nobody') && new Set(who).size > 1) {
    report([...at, 'who'], 'nobody stands beside others who may. Leave it out, or name it alone.');
    sound = false;
  }
  // What is left empty might be meant as nothing, and would count as everything.
  for (const list of ['channels', 'accounts', 'severities'] as const) {
    if (!given.has(list) || fields[list]?.length !== 0) continue;
    report(
      [...at, list],
      'No case is in an empty list, so this rule never holds. Name some, or leave it out.',
    );
    sound = false;
  }
  if (!sound) return null;
  return {
    may: unique(may),
    who: unique(who),
    channels: unique(channels),
    accounts: [...accounts],
    severities: unique(severities),
  };
}

/** The first rule for a right decides alone: one behind another that takes all its cases decides nothing. */
function tellUnreachable(
  { at }: Sound<typeof RULE>,
  rule: Rule,
  earlier: readonly PlacedRule[],
  report: Report,
): void {
  for (const [index, right] of rule.may.entries()) {
    const covering = earlier.find((each) => each.may.includes(right) && covers(each, rule));
    if (covering === undefined) continue;
    report(
      [...at, 'may', index],
      `${covering.name} decides already who may ${right}, for all cases that this rule is about. Put this rule before it, or take ${right} out.`,
    );
  }
}

function covers(earlier: Rule, later: Rule): boolean {
  return (['channels', 'accounts', 'severities'] as const).every((list) => {
    const [taken, wanted] = [earlier[list], later[list]];
    return taken.length === 0 || (wanted.length > 0 && wanted.every((each) => taken.includes(each)));
  });
}

function isEmpty(rules: unknown): boolean {
  return rules === undefined || rules === null || (Array.isArray(rules) && rules.length === 0);
}

function unique<T>(list: readonly T[] | undefined): readonly T[] {
  return [...new Set(list)];
}
