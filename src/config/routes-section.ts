import { MILESTONES } from '../case/milestone.js';
import type { Route } from '../case/route.js';
import { SEVERITIES } from '../case/severities.js';
import type { AccountNames } from './account-names.js';
import { coveringRoute } from './covering-route.js';
import { accountName, entry, listOf, oneOf, text } from './field-rules.js';
import { entriesOf, type Sound } from './fields.js';
import { pathText, type Report } from './file-problem.js';
import { CHANNEL_ID, USER_OR_GROUP_ID } from './slack-ids.js';

/** More would be a message of names. A user group is one. */
const MOST_MENTIONS = 20;

const code = (of: string, example: string) =>
  text(
    /^[\w.-]{1,100}$/,
    `This is not the code of a ${of}, such as ${example}. aws support describe-services lists them.`,
  );

const ROUTE = entry(
  {
    accounts: listOf(accountName(), 'production, "111122223333"').optional(),
    severities: listOf(oneOf(SEVERITIES), 'urgent, critical').optional(),
    services: listOf(code('service', 'amazon-rds'), 'amazon-rds').optional(),
    categories: listOf(code('category', 'instance-issue'), 'instance-issue').optional(),
    channel: text(
      CHANNEL_ID,
      "The ID of a channel belongs here. It begins with C (or G) and is not the name; the channel's details show it.",
    ),
    mention: listOf(
      text(
        USER_OR_GROUP_ID,
        'This is not the ID of a Slack user (U or W and more) or user group (S and more). Names do not work here.',
      ),
      'S0123456789, U0123456789',
    )
      .max(MOST_MENTIONS, { error: `These are more than ${MOST_MENTIONS}. Make a user group of them.` })
      .optional(),
    broadcast: listOf(oneOf(MILESTONES), 'opened, resolved').optional(),
  },
  'A route',
);

interface PlacedRoute {
  readonly name: string;
  readonly route: Route;
}

export function readRoutes(raw: unknown, names: AccountNames, report: Report): readonly Route[] {
  const placed: PlacedRoute[] = [];
  for (const sound of entriesOf(ROUTE, raw, ['routes'], report)) {
    const route = routeOf(sound, names, report);
    if (route === null) continue;
    const earlier = placed.map((each) => ({ name: each.name, ...each.route }));
    const covering = coveringRoute(route, earlier);
    if (covering !== null) {
      report(
        sound.at,
        `No case gets to this route: ${covering.name} takes all that it would. Put it before that one, or take it out.`,
      );
    }
    placed.push({ name: pathText(sound.at), route });
  }
  return placed.map(({ route }) => route);
}

/** Null where something is wrong with it: then nothing can be said of what gets to it, either. */
function routeOf(
  { at, fields, whole }: Sound<typeof ROUTE>,
  names: AccountNames,
  report: Report,
): Route | null {
  const accounts = new Set<string>();
  let known = true;
  for (const [index, name] of (fields.accounts ?? []).entries()) {
    const account = names(name);
    if (account !== null && 'id' in account) accounts.add(account.id);
    else known = false;
    if (account !== null && 'says' in account) report([...at, 'accounts', index], account.says);
  }
  if (!whole || !known || fields.channel === undefined) return null;
  const { severities, services, categories, channel, mention, broadcast } = fields;
  return {
    accounts: [...accounts],
    severities: unique(severities),
    services: unique(services),
    categories: unique(categories),
    channel,
    mention: unique(mention),
    broadcast: broadcast === undefined ? null : new Set(broadcast),
  };
}

function unique<T>(list: readonly T[] | undefined): readonly T[] {
  return [...new Set(list)];
}
