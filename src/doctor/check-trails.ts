import type { Partition } from '../case/account.js';
import { EventPathError } from '../event-path/errors.js';
import type { TrailOptions } from '../event-path/read-trails.js';
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

/** A hint, for all accounts together: nothing of the bot stands still without a trail. */
export async function checkTrails(
  accounts: readonly TrailAccount[],
  hasTrail: (options: TrailOptions) => Promise<boolean>,
): Promise<Finding[]> {
  const { ok, warn } = found('aws', 'CloudTrail');
  const inTurn = atMost(AT_A_TIME);
  const answers = await Promise.all(
    accounts.map((account) => inTurn(async () => ({ account, answer: await ask(account, hasTrail) }))),
  );
  const of = (wanted: (answer: Awaited<ReturnType<typeof ask>>) => boolean) =>
    answers.filter(({ answer }) => wanted(answer)).map(({ account }) => account.name);
  const [logged, silent] = [of((answer) => answer === true), of((answer) => answer === false)];
  const closed = answers.flatMap(({ answer }) => (answer instanceof EventPathError ? [answer] : []));
  const unread = of((answer) => answer instanceof EventPathError);
  const actions = [...new Set(closed.map(({ action }) => action))].join(', ');
  return [
    ...(logged.length === 0 ? [] : [ok(`A trail is at work in ${listed(logged)}.`)]),
    ...(silent.length === 0
      ? []
      : [
          warn(
            `No trail is at work in ${listed(silent)}: who called AWS Support besides the bot can be told by CloudTrail's own history alone.`,
            'Create a trail for management events, in the account or in its organization.',
          ),
        ]),
    ...(unread.length === 0
      ? []
      : [
          warn(
            `Trails could not be looked at in ${listed(unread)} (${actions}). ${closed[0]?.kind === 'no-permission' ? 'It is not allowed.' : (closed[0]?.says ?? '')}`,
            'Nothing of the bot needs it; the policy for it stands in the README ("The doctor").',
          ),
        ]),
  ];
}

/** Null: there are no credentials. */
async function ask(
  { partition, credentials }: TrailAccount,
  hasTrail: (options: TrailOptions) => Promise<boolean>,
): Promise<boolean | EventPathError | null> {
  const own = await usable(credentials).catch(() => null);
  if (own === null) return null;
  try {
    return await hasTrail({ region: REGION[partition], ...own });
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
