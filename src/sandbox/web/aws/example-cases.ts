/** Cases to create for those who want to see one arrive and not to type it. */
import type { About } from '../../page/protocol.js';

export interface ExampleCase {
  subject: string;
  body: string;
  service: string;
  severity: string;
}

const EXAMPLES: readonly ExampleCase[] = [
  {
    subject: 'Uploads to one bucket fail with 503 Slow Down',
    body: `Hello,

Since 09:40 UTC about one in twenty uploads to our bucket acme-invoices fails with "503 Slow Down". We write around 300 objects per second, all below one prefix.

Other buckets in the same Region are fine. We expected retries to be enough, but they fail as well.

Thank you`,
    service: 'amazon-simple-storage-service',
    severity: 'high',
  },
  {
    subject: 'Function times out when it connects to the database',
    body: `Hello,

Our function order-sync runs into its timeout of 30 seconds since this morning. The log ends where it connects to the database:

  Task timed out after 30.03 seconds

Nothing was deployed since Friday. Could you check whether something has changed on your side?`,
    service: 'aws-lambda',
    severity: 'normal',
  },
  {
    subject: 'Instance does not answer after its restart',
    body: `Hello,

We restarted the instance i-0a1b2c3d4e5f60718 at 07:15 UTC. The system status check fails since then, and we can reach it neither by SSH nor by its load balancer.

It is our only license server, so nobody can work. Please call us.`,
    service: 'amazon-elastic-compute-cloud-linux',
    severity: 'urgent',
  },
];

/** One after the other, beginning anew after the last. A service or severity that AWS does not have is left out. */
export function exampleCase(at: number, about: About): Partial<ExampleCase> {
  const { service, severity, ...texts } = EXAMPLES[at % EXAMPLES.length] ?? {};
  return {
    ...texts,
    ...(service !== undefined && about.services.some(({ code }) => code === service) && { service }),
    ...(severity !== undefined && about.severities.some(({ code }) => code === severity) && { severity }),
  };
}
