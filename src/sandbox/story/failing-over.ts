import type { Clock, StoryCase } from './story-case.js';

const TOMASZ = 'DatabaseOnCall (Role) <tomasz.nowak@example.com>';

/** The one that burns: it is AWS's turn. */
export function failingOver(clock: Clock): StoryCase {
  return {
    subject: 'Production PostgreSQL fails over again and again',
    severity: 'urgent',
    service: 'amazon-relational-database-service-postgresql',
    category: 'connectivity',
    said: [
      {
        minutesAgo: 41,
        by: TOMASZ,
        body: `Our production database has failed over three times in 25 minutes. Each time all orders stop for one to two minutes.

DB instance: acme-orders-prod (Multi-AZ, db.r6g.2xlarge, PostgreSQL 15.7)
Region:      us-east-1
Events (UTC):

  ${clock.time(66)}  RDS-EVENT-0013  Multi-AZ instance failover started
  ${clock.time(65)}  RDS-EVENT-0049  Multi-AZ instance failover completed
  ${clock.time(57)}  RDS-EVENT-0013  Multi-AZ instance failover started
  ${clock.time(55)}  RDS-EVENT-0049  Multi-AZ instance failover completed
  ${clock.time(44)}  RDS-EVENT-0013  Multi-AZ instance failover started
  ${clock.time(43)}  RDS-EVENT-0049  Multi-AZ instance failover completed

Nobody on our side rebooted it, changed it or deployed anything: it is our release freeze, and for once we kept to it. CPU is below 40 %, and there is more than 20 GB of memory free.

Please tell us why, and what to do so that it stays where it is.`,
      },
      {
        minutesAgo: 29,
        by: null,
        body: `Hello Tomasz,

Thank you for contacting AWS Support. My name is Priya, and I am looking at this with the RDS team.

The service started all three failovers itself, because the primary did not answer its health checks for longer than the limit. In each of the three minutes before, write latency on the primary's volume rises from 2 ms to more than 900 ms. We are examining the underlying storage now.

To exclude a cause within the database, could you tell me:

1. Does a scheduled job start at about ${clock.time(67)}, ${clock.time(58)} and ${clock.time(45)}?
2. May we collect diagnostic data from the instance? It needs no restart.

Please do not force a failover or change the instance class for the moment.

Best regards,
Priya K.
Amazon Web Services`,
      },
      {
        minutesAgo: 24,
        by: TOMASZ,
        body: `Priya,

1. No. The only scheduled job is the nightly VACUUM, and it was not running.
2. Yes, please collect whatever you need.

It has been quiet since ${clock.time(43)}. We have been told to find this reassuring.

Tomasz`,
      },
    ],
    end: { status: 'work-in-progress' },
  };
}
