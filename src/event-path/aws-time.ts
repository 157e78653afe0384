import type { EventPathClients } from './clients.js';

/** The time at AWS, as its answer to any call tells it; also one that refuses. Null where there is no answer. */
export async function awsTime(clients: Pick<EventPathClients, 'sts'>): Promise<number | null> {
  const sts = await clients.sts();
  let date: string | undefined;
  sts.middlewareStack.add(
    (next) => async (args) => {
      const answer = await next(args);
      const { headers } = answer.response as { headers?: Readonly<Record<string, string>> };
      date = headers?.date;
      return answer;
    },
    // Next to the connection: what reads the answer throws at one that refuses.
    { step: 'deserialize', priority: 'low', name: 'awsTime', override: true },
  );
  await sts.getCallerIdentity({}).catch(() => undefined);
  const time = Date.parse(date ?? '');
  return Number.isNaN(time) ? null : time;
}
