import { setTimeout as sleep } from 'node:timers/promises';

/** All in the order of the requests. */
export interface OpenLoop {
  /** Milliseconds from the moment that each request was due, in which it may still have waited here, to its answer. */
  readonly latencies: readonly number[];
  readonly statuses: readonly number[];
  /** How late each request was sent: the load generator's own share in the latency. */
  readonly lateness: readonly number[];
}

/** Sends by the clock, however slow the answers are: a server that stalls is charged for all who came meanwhile. */
export async function openLoop<T>(
  requests: readonly T[],
  perSecond: number,
  send: (request: T) => Promise<number>,
): Promise<OpenLoop> {
  const latencies: number[] = [];
  const statuses: number[] = [];
  const lateness: number[] = [];
  const under: Promise<void>[] = [];
  const startAt = performance.now();
  for (const [index, request] of requests.entries()) {
    const due = startAt + (index * 1000) / perSecond;
    while (performance.now() < due) await sleep(Math.max(0, Math.floor(due - performance.now())));
    lateness.push(performance.now() - due);
    under.push(
      send(request)
        // Status 0: no answer at all.
        .catch(() => 0)
        .then((status) => {
          latencies[index] = performance.now() - due;
          statuses[index] = status;
        }),
    );
  }
  await Promise.all(under);
  return { latencies, statuses, lateness };
}
