import { TOMASZ } from '../cast.js';
import type { Clock, StoryCase } from './story-case.js';

/** The one that burns: AWS's first answer came late, and it is AWS's turn again. */
export function failingOver(clock: Clock): StoryCase {
  return {
    subject: 'Production PostgreSQL fails over again and again',
    severity: 'urgent',
    service: 'amazon-relational-database-service-postgresql',
    category: 'connectivity',
    said: [
      {
        minutesAgo: 101,
        by: TOMASZ,
        body: `Our production database has failed over three times in 25 minutes. Each time all orders stop for one to two minutes.

DB instance: acme-orders-prod (Multi-AZ, db.r6g.2xlarge, PostgreSQL 15.7)
Region:      us-east-1
Events (UTC):

  ${clock.time(126)}  RDS-EVENT-0013  Multi-AZ instance failover started
  ${clock.time(125)}  RDS-EVENT-0049  Multi-AZ instance failover completed
  ${clock.time(117)}  RDS-EVENT-0013  Multi-AZ instance failover started
  ${clock.time(115)}  RDS-EVENT-0049  Multi-AZ instance failover completed
  ${clock.time(104)}  RDS-EVENT-0013  Multi-AZ instance failover started
  ${clock.time(103)}  RDS-EVENT-0049  Multi-AZ instance failover completed

Nobody on our side rebooted it, changed it or deployed anything: it is our release freeze, and for once we kept to it. CPU is below 40 %, and there is more than 20 GB of memory free.

Please tell us why, and what to do so that it stays where it is.`,
      },
      {
        minutesAgo: 29,
        by: null,
        body: firstAnswer(clock),
      },
      {
        minutesAgo: 24,
        by: TOMASZ,
        body: `Priya,

1. No. The only scheduled job is the nightly VACUUM, and it was not running.
2. Yes, please collect whatever you need.

It has been quiet since ${clock.time(103)}. We have been told to find this reassuring.

Tomasz

On ${clock.day(29)} at ${clock.time(29)} UTC, Amazon Web Services wrote:
${quoted(firstAnswer(clock))}`,
      },
    ],
    end: { status: 'work-in-progress' },
  };
}

function firstAnswer(clock: Clock): string {
  return `Hello Tomasz,

Thank you for contacting AWS Support. My name is Priya, and I am looking at this with the RDS team. I am sorry that you had to wait for it.

The service started all three failovers itself, because the primary did not answer its health checks for longer than the limit. In each of the three minutes before, write latency on the primary's volume rises from 2 ms to more than 900 ms. We are examining the underlying storage now.

To exclude a cause within the database, could you tell me:

1. Does a scheduled job start at about ${clock.time(127)}, ${clock.time(118)} and ${clock.time(105)}?
2. May we collect diagnostic data from the instance? It needs no restart.

Please do not force a failover or change the instance class for the moment.

Best regards,
Priya K.
Amazon Web Services`;
}

/** As mail programs add what they answer to. */
function quoted(text: string): string {
  return text.replace(/^(?=.)/gm, '> ').replace(/^$/gm, '>');
}
