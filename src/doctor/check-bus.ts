/** What other accounts may send to the bus of this one. Pure. */
import { policyAdmits } from '../event-path/admits.js';
import type { Place } from '../event-path/desired.js';
import { busStatement, busStatementId, organizationIn } from '../event-path/documents.js';
import { type EventPath, isUnread } from '../event-path/event-path.js';
import { CALLS_DETAIL_TYPE, type CallsWanted, EVENT_PATTERN } from '../event-path/names.js';
import { saySame, sidOf } from '../event-path/same-policy.js';
import type { Finding } from './finding.js';
import { found } from './found.js';

/**
 * Nothing where nothing of an organization is there: events may come from others by ways of their own.
 *
 * @param calls which can come by this way.
 */
export function checkBus(place: Place, { busPolicy }: EventPath, calls: CallsWanted): Finding[] {
  if (busPolicy === null || isUnread(busPolicy)) return [];
  const { ok, warn } = found('events', 'bus policy');
  const ours = busPolicy.find((each) => sidOf(each) === busStatementId(place.base));
  const organization = organizationIn(busPolicy, place.base);
  const areWanted = calls !== 'none';
  if (organization !== null && saySame(ours, busStatement({ ...place, organization, calls: areWanted })))
    return [
      ok(`Accounts of ${organization} may send AWS Support's events${areWanted ? ' and calls' : ''} here.`),
    ];
  const remedy = `npm run connect -- --calls ${calls} --organization ${organization ?? 'o-…'} puts it right. What a template has made, deploy anew.`;
  const takes = (type: string) =>
    policyAdmits(
      { Statement: busPolicy },
      {
        action: 'events:PutEvents',
        resource: `arn:${place.partition}:events:${place.region}:${place.account}:event-bus/default`,
        context: { 'events:detail-type': type },
      },
    );
  if (areWanted && takes(EVENT_PATTERN['detail-type'][0]) && !takes(CALLS_DETAIL_TYPE))
    return [
      warn(
        'It lets other accounts send events of cases here, and not what CloudTrail records of calls: of these accounts entries will not say who of you wrote, resolved or opened a case, and what is done with their support plans will not be told.',
        remedy,
      ),
    ];
  return organization === null
    ? []
    : [
        warn(
          `It lets accounts of ${organization} send something else here than events of AWS Support${areWanted ? ' and calls' : ''}.`,
          remedy,
        ),
      ];
}
