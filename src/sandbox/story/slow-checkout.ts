import { AIKO } from '../cast.js';
import type { Clock, StoryCase } from './story-case.js';

/** The one that waits for us: AWS has written at length, and asks for something at the end. */
export function slowCheckout(clock: Clock): StoryCase {
  return {
    subject: 'Lambda function acme-checkout-authorize times out, but only sometimes',
    severity: 'high',
    service: 'aws-lambda',
    category: 'performance',
    said: [
      { minutesAgo: 158, by: AIKO, body: opening(clock) },
      {
        minutesAgo: 12,
        by: null,
        body: findings(clock),
        files: [{ fileName: 'nat-0f37b8c1d92e4a605.log', text: measured(clock) }],
      },
    ],
    end: { status: 'pending-customer-action' },
  };
}

function opening(clock: Clock): string {
  return `Hello,

since about ${clock.time(185)} UTC roughly one in nine invocations of acme-checkout-authorize (us-east-1, Node.js 20, in our VPC) runs into its 30 second timeout. The others take two seconds, as ever. Customers who try again usually get through, so they do, and that makes it worse.

The function calls our payment provider over HTTPS (203.0.113.40). The provider sees no slow requests; it sees fewer requests.

A failed one: RequestId 7c1e02d4-55b0-4f0e-9a63-0d6f1b2c8e11, ${clock.stamp(171)}.

Aiko Tanaka, Acme`;
}

function findings(clock: Clock): string {
  return `Hello Aiko,

Thank you for your patience. My name is Jonah, and I have gone through the invocations of acme-checkout-authorize between ${clock.time(186)} and ${clock.time(30)} UTC together with the Lambda and VPC networking teams. In short: the function itself is healthy. One of your three NAT gateways runs out of ports for connections to the payment provider, and the invocations that leave through it wait for a connection that never opens. What leads us there, and what we recommend, is below.

FINDINGS

1. Only one Availability Zone is affected.

The function uses three subnets, each in a zone of its own and with a NAT gateway of its own. Every invocation that timed out left through the second one:

  Zone        NAT gateway            Invocations  Timeouts     p50     p99
  ----------  ---------------------  -----------  --------  ------  ------
  us-east-1a  nat-01d9f3a7c20be4816      264,104         0  1.81 s   3.2 s
  us-east-1b  nat-0f37b8c1d92e4a605      263,981    87,820  1.84 s  30.0 s
  us-east-1d  nat-0a6624e90b7f35d1c      264,377         0  1.79 s   3.1 s

This is the one in nine that you see: one zone in three, and about one invocation in three there.

2. The time is lost before the first byte is sent.

These are the lines of the request that you named, with our remarks behind the #:

  ${clock.stamp(171)} START RequestId: 7c1e02d4-55b0-4f0e-9a63-0d6f1b2c8e11 Version: 214
  ${clock.stamp(171)} INFO  authorize order=A-88120 attempt=1
  ${clock.stamp(171)} DEBUG tcp connect 203.0.113.40:443     # SYN sent, nothing comes back
  ${clock.stamp(170.5)} Task timed out after 30.03 seconds
  ${clock.stamp(170.5)} END RequestId: 7c1e02d4-55b0-4f0e-9a63-0d6f1b2c8e11

There is no TLS handshake and no HTTP request. This is why the provider sees fewer requests and no slow ones.

3. nat-0f37b8c1d92e4a605 cannot allocate source ports.

A NAT gateway with one IP address supports up to 55,000 simultaneous connections to each unique destination. A destination is an IP address, a port and a protocol, and all of your calls go to the same one. From ${clock.time(186)} on, the metric ErrorPortAllocation of this gateway is above zero in every minute. You can see it with:

  aws cloudwatch get-metric-statistics --region us-east-1 \\
    --namespace AWS/NATGateway --metric-name ErrorPortAllocation \\
    --dimensions Name=NatGatewayId,Value=nat-0f37b8c1d92e4a605 \\
    --start-time ${clock.stamp(240)} --end-time ${clock.stamp(30)} \\
    --period 300 --statistics Sum

The attached log has its values for every ten minutes. ActiveConnectionCount of the three gateways at ${clock.time(90)} UTC was 9,870, 54,998 and 9,912.

4. Connections are opened, used once, and kept.

Version 214 of the function was published at ${clock.time(188)}, two minutes before the first error. Up to version 213, one execution environment opened one connection and used it for all of its invocations. Version 214 creates its HTTPS agent inside the handler: every invocation opens a connection, keeps it alive, and never comes back to it. A NAT gateway forgets an idle connection only after 350 seconds. All three gateways therefore carry some 10,000 connections of this function, where a few dozen would do.

5. Why this gateway fills up first.

The batch instances in us-east-1b (tag Name=acme-reconcile-*) also leave through nat-0f37b8c1d92e4a605, and also talk to 203.0.113.40:443. They held some 45,000 connections throughout. They have done so for months, and nobody had a reason to look.

RECOMMENDATIONS

A. At once: go back to version 213.

  aws lambda update-alias --region us-east-1 \\
    --function-name acme-checkout-authorize --name live --function-version 213

The gateways forget the connections that are open now about six minutes later. We expect the timeouts to end with them.

B. Before the next release: create the HTTPS agent once, outside the handler, with keepAlive set to true, and read every response to its end, so that its connection is free for the next request:

  const agent = new https.Agent({ keepAlive: true, maxSockets: 1 });
  export const handler = async (event) => authorize(event, { agent });

C. For head-room: give this gateway a second Elastic IP address. Each address adds another 55,000 connections to each destination, and existing connections are not interrupted:

  aws ec2 allocate-address --region us-east-1 --domain vpc
  aws ec2 associate-nat-gateway-address --region us-east-1 \\
    --nat-gateway-id nat-0f37b8c1d92e4a605 --allocation-ids <AllocationId from above>

If your provider allows only known addresses, let them know the new one first.

D. Set an alarm on ErrorPortAllocation > 0 for all three gateways. It would have spoken up nearly three hours ago.

DOCUMENTATION

[1] NAT gateway basics: https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-basics.html
[2] Troubleshoot NAT gateways: https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-troubleshooting.html
[3] Reusing connections in Node.js: https://docs.aws.amazon.com/sdk-for-javascript/v3/developer-guide/node-reusing-connections.html

WHAT WE NEED FROM YOU

Please let us know (1) whether you have gone back to version 213 and at what time, and (2) whether the batch instances have to share this gateway. With the time of the first, we will watch the metrics from our side and confirm that the timeouts are gone.

Best regards,
Jonah M.
Amazon Web Services`;
}

/** What AWS attaches: the gateway, every ten minutes. */
function measured(clock: Clock): string {
  const lines = ['# nat-0f37b8c1d92e4a605 us-east-1b   ActiveConnectionCount   ErrorPortAllocation'];
  for (let ago = 200; ago >= 30; ago -= 10) {
    const isFull = ago < 188;
    const active = isFull ? 54_990 + ((ago * 7) % 11) : 45_020 + ((ago * 13) % 97);
    const errors = isFull ? 4_600 + ((ago * 37) % 410) : 0;
    lines.push(`${clock.stamp(ago)} nat active=${active} port_allocation_errors=${errors}`);
  }
  return `${lines.join('\n')}\n`;
}
