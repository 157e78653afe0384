import type { EventPathClients } from '../../src/event-path/clients.js';
import type { Desired } from '../../src/event-path/desired.js';
import { EventPathError } from '../../src/event-path/errors.js';
import { CALLS_REGION, type CallsTaken, PLANS_REGION } from '../../src/event-path/names.js';
import { seeTrails } from '../../src/event-path/read-trails.js';
import { type TrailsLack, trailsLack } from '../../src/event-path/trails-lack.js';

const LACKS: Readonly<Record<TrailsLack, string>> = {
  trail:
    'No trail of CloudTrail is at work in this account: entries will not say who of you wrote, resolved or opened a case, until there is one. All else works without it, and nothing else is needed.',
  changes:
    'The trails of this account record no management events that change something: entries will not say who of you wrote, resolved or opened a case, until one does. All else works without it.',
  reads:
    'The trails of this account record no management events that read: of all wanted calls, what changes something comes alone.',
  'plan-reads': `The trails of this account record no management events that read in ${PLANS_REGION}: who looked at the support plan will not be told, until a trail of all Regions records reads.`,
  plans: `The trails of this account do not record all wanted calls in ${PLANS_REGION}: what is done with the support plan will not be told, until one is of all Regions.`,
};

/**
 * What of CloudTrail's events will not come although their rules are right, one line each. It is said, and not mended: a
 * trail costs, and is somebody's decision.
 *
 * @param trouble why something of it was not looked at, or not made; null where all was.
 */
export async function aboutCalls(
  { calls, callsWanted, place }: Desired,
  trouble: { readonly calls: EventPathError | null; readonly plans: EventPathError | null },
  clients: EventPathClients,
): Promise<string[]> {
  if (callsWanted !== 'none' && place.region !== CALLS_REGION) {
    return [
      `CloudTrail records calls of AWS Support in ${CALLS_REGION}: who wrote or resolved comes by the way of the events there alone (npm run connect -- --region ${CALLS_REGION}). Nothing is made for it here.`,
    ];
  }
  if (calls === null) {
    const says = [trouble.calls, trouble.plans].flatMap((each) => (each === null ? [] : [each.says]));
    return says.length === 0
      ? []
      : [
          `Whether rules for CloudTrail's events are left from before could not be looked at. ${says.join(' ')}`,
        ];
  }
  const lines: string[] = [];
  if (trouble.plans !== null) lines.push(withoutPlans(trouble.plans));
  const wanted: CallsTaken = calls.state === 'ENABLED' ? 'changes' : 'all';
  try {
    const seen = await seeTrails((region) => clients.in(region).trails(), CALLS_REGION);
    const lack = trailsLack(seen, wanted);
    if (lack !== null) lines.push(LACKS[lack]);
    // What a trail may record after all is not said to be missing.
    else if (seen.unread !== null) lines.push(notSeen(seen.unread));
  } catch (error) {
    if (!(error instanceof EventPathError)) throw error;
    lines.push(notSeen(error));
  }
  return lines;
}

function withoutPlans({ says, remedy, isForbidden }: EventPathError): string {
  const cost = `So nothing new is forwarded from ${PLANS_REGION}, and what is done with the support plan may not be told. All else works without it.`;
  return isForbidden ? `${says} ${cost}` : `${says} ${cost} ${remedy} Then run it again.`;
}

function notSeen({ action }: EventPathError): string {
  return `Whether a trail of CloudTrail records these calls could not be looked at (${action}); npm run doctor looks, too.`;
}
