import type { Partition } from '../case/account.js';
import { EventPathError } from '../event-path/errors.js';
import { type CallsTaken, type CallsWanted, PLANS_REGION } from '../event-path/names.js';
import type { TrailOptions, TrailsSeen } from '../event-path/read-trails.js';
import { TRAILS_LACKS, type TrailsLack, trailsLack } from '../event-path/trails-lack.js';
import { atMost } from './at-most.js';
import type { Finding } from './finding.js';
import { found } from './found.js';

export interface TrailAccount {
  readonly name: string;
  readonly partition: Partition;
  /** Rejects where there are none, which is said elsewhere. */
  readonly credentials: () => Promise<TrailOptions['credentials']>;
}

/** Where AWS Support's calls are recorded. */
const REGION: Readonly<Record<Partition, string>> = {
  aws: 'us-east-1',
  'aws-us-gov': 'us-gov-west-1',
  'aws-cn': 'cn-north-1',
};

const AT_A_TIME = 40;
const NAMED = 5;

const LACKS: Readonly<Record<TrailsLack, (names: string) => [says: string, remedy: string]>> = {
  trail: (names) => [
    `No trail is at work in ${names}: who called AWS Support besides the bot can be told by CloudTrail's own history alone, and entries will not say who of you wrote, resolved or opened a case.`,
    'Create a trail for management events, in the account or in its organization.',
  ],
  changes: (names) => [
    `The trails of ${names} record no management events that change something: entries will not say who of you wrote, resolved or opened a case.`,
    'Let a trail record management events, at least those that write.',
  ],
  reads: (names) => [
    `The trails of ${names} record no management events that read, and EVENTS_CALLS is all: only what changes something will be told.`,
    'Let a trail record reads as well, or set EVENTS_CALLS=changes.',
  ],
  plans: (names) => [
    `The trails of ${names} record no calls in ${PLANS_REGION}, where those of AWS Support Plans are: what is done with the support plan will not be told.`,
    'Make a trail one of all Regions (multi-Region).',
  ],
  'plan-reads': (names) => [
    `The trails of ${names} record no management events that read in ${PLANS_REGION}, where those of AWS Support Plans are, and EVENTS_CALLS is all: who looked at the support plan will not be told.`,
    'Let a trail of all Regions (multi-Region) record reads as well, or set EVENTS_CALLS=changes.',
  ],
};

/**
 * A hint, for all accounts together: nothing of the bot stands still without a trail.
 *
 * @param calls what is wanted of CloudTrail's events; undefined where the setting is wrong.
 */
export async function checkTrails(
  accounts: readonly TrailAccount[],
  look: (options: TrailOptions) => Promise<TrailsSeen>,
  calls: CallsWanted | undefined,
): Promise<Finding[]> {
  // Then nothing of what it records is wanted.
  if (calls === 'none') return [];
  const { ok, warn } = found('aws', 'CloudTrail');
  const inTurn = atMost(AT_A_TIME);
  const answers = await Promise.all(
    accounts.map((account) => inTurn(async () => ({ account, answer: await ask(account, look) }))),
  );
  const lacks = answers.flatMap(({ account, answer }) =>
    answer === null || answer instanceof EventPathError
      ? []
      : [{ name: account.name, lack: lackOf(answer, account, calls) }],
  );
  const lacking = (lack: TrailsLack | null) =>
    lacks.filter((each) => each.lack === lack).map(({ name }) => name);
  const logged = lacking(null);
  const closed = answers.flatMap(({ account, answer }) => {
    const error = answer instanceof EventPathError ? answer : answer?.unread;
    return error == null ? [] : [{ name: account.name, error }];
  });
  const unread = closed.map(({ name }) => name);
  const actions = [...new Set(closed.map(({ error }) => error.action))].join(', ');
  const first = closed[0]?.error;
  return [
    ...(logged.length === 0 ? [] : [ok(`A trail is at work in ${listed(logged)}.`)]),
    ...TRAILS_LACKS.flatMap((lack) => {
      const names = lacking(lack);
      return names.length === 0 ? [] : [warn(...LACKS[lack](listed(names)))];
    }),
    ...(unread.length === 0
      ? []
      : [
          warn(
            `Trails could not be looked at in ${listed(unread)} (${actions}). ${first?.kind === 'no-permission' ? 'It is not allowed.' : (first?.says ?? '')}`,
            'Nothing of the bot needs it; the policy for it stands in the README ("The doctor").',
          ),
        ]),
  ];
}

/** Where nothing of CloudTrail comes by EventBridge, only whether a trail is at work is of interest. */
function lackOf(
  seen: TrailsSeen,
  { partition }: TrailAccount,
  calls: CallsTaken | undefined,
): TrailsLack | null {
  if (calls === undefined || partition !== 'aws') return seen.atWork ? null : 'trail';
  return trailsLack(seen, calls);
}

/** Null: there are no credentials. */
async function ask(
  { partition, credentials }: TrailAccount,
  look: (options: TrailOptions) => Promise<TrailsSeen>,
): Promise<TrailsSeen | EventPathError | null> {
  const own = await usable(credentials).catch(() => null);
  if (own === null) return null;
  try {
    return await look({ region: REGION[partition], ...own });
  } catch (error) {
    if (!(error instanceof EventPathError)) throw error;
    return error.kind === 'no-credentials' || error.kind === 'expired' ? null : error;
  }
}

/** A role is assumed only now: where that fails, it is not CloudTrail that does not answer. */
async function usable(credentials: TrailAccount['credentials']) {
  const given = await credentials();
  if (typeof given === 'function') await given();
  return { credentials: given };
}

function listed(names: readonly string[]): string {
  if (names.length <= NAMED) return names.join(', ');
  return `${names.slice(0, NAMED).join(', ')} and ${names.length - NAMED} more`;
}
