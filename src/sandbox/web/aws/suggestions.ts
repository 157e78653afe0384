/** What AWS's engineers and customers tend to write, for those who want to see it arrive and not to type it. */
import type { From } from '../../aws/case-state.js';

export interface Suggestion {
  label: string;
  text: string;
}

const ASK = `Hello,

Thank you for the details. To find your requests in our logs, could you send us:

1. The request IDs of two or three calls that failed
2. The time of each call, in UTC
3. The Region, and the VPC endpoint if you use one

We look into it as soon as we have them.

Best regards,
Sam P.
Amazon Web Services`;

const FIX = `Hello,

Good news: we found the cause. One of the hosts behind your endpoint answered slowly, and it was taken out of service. We see no slow calls since then.

You do not have to change anything. Could you confirm that it works on your side as well? You can resolve the case then.

Best regards,
Sam P.
Amazon Web Services`;

const HOPS = ['load balancer', 'front-end host', 'metadata store', 'placement service', 'storage node'];

/** Longer than what Slack takes in one message. */
function analysis(): string {
  const rows = Array.from({ length: 78 }, (_, at) => {
    const second = String((at * 7) % 60).padStart(2, '0');
    const minute = String(10 + Math.floor((at * 7) / 60)).padStart(2, '0');
    const took = 40 + ((at * 137) % 900) + (at % 9 === 4 ? 2_400 : 0);
    return `14:${minute}:${second}  request ${String(1042 + at * 13).padStart(5, '0')}  ${(HOPS[at % HOPS.length] ?? '').padEnd(18)} ${String(took).padStart(5)} ms`;
  });
  return `Hello,

We have completed the analysis of your requests. It is long, because we want you to be able to check every step.

1. What we looked at

We took every request of your account between 14:10 and 14:20 UTC that needed 40 ms or more on one hop, and compared it with the same minutes of the four days before. Requests with more than 2,000 ms are the ones that your users noticed.

${rows.join('\n')}

2. What it means

Every slow request passed the placement service while it was moving partitions to new hosts. During such a move the service answers, but a lock makes a small share of the requests wait. The move should be invisible. A change in the order of the steps made it visible.

3. What we have done

The change was taken back at 16:40 UTC in all Availability Zones of the Region. We have added an alarm that watches for this very pattern, so that we see it before you do.

4. What we recommend

Set a client-side timeout of 3 seconds and retry with exponential backoff and jitter. With this, none of the requests above would have failed: the second attempt always went through in less than 60 ms.

Please tell us whether you want the full list of request IDs as a file, or whether we may close the analysis.

Best regards,
Sam P.
Amazon Web Services`;
}

const SUGGESTIONS: Readonly<Record<From, readonly Suggestion[]>> = {
  aws: [
    { label: 'Ask for request IDs', text: ASK },
    { label: 'Bring a fix', text: FIX },
    { label: 'A long analysis', text: analysis() },
  ],
  customer: [
    {
      label: 'It works again',
      text: 'It works again since a few minutes ago. Thank you for the quick help!',
    },
    {
      label: 'It is back',
      text: 'The problem is back since this morning, with the same error in about one of twenty calls. Could you have another look?',
    },
  ],
};

export function suggestionsFor(from: From): readonly Suggestion[] {
  return SUGGESTIONS[from];
}

/** What the guide lets AWS's engineer say. */
export const ENGINEERS_ANSWER = FIX;
