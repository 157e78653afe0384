import { Counter, Gauge, Histogram, Registry } from 'prom-client';

/** All numbers that the bot publishes; names as in the README. Labels hold words of ours, never case data. */
export interface Metrics {
  readonly events: (result: 'new' | 'duplicate' | 'ignored' | 'refused' | 'failed' | 'test') => void;
  readonly reconciles: (outcome: string) => void;
  readonly slackCalls: (method: string, result: string) => void;
  readonly supportCalls: (operation: string, result: string) => void;
  readonly eventToPost: (seconds: number) => void;
  readonly replies: (result: string) => void;
  readonly sweepRepairs: (count: number) => void;
  /** The whole registry as Prometheus text. */
  readonly text: () => Promise<string>;
  readonly contentType: string;
}

/** What is asked anew at each scrape. */
export interface Gauges {
  readonly inboxDepth: () => Promise<number>;
  readonly parkedCases: () => Promise<number>;
}

export function createMetrics(gauges: Gauges): Metrics {
  const registers = [new Registry()] as const;
  const counter = <L extends string>(name: string, help: string, labelNames: L[]) =>
    new Counter({ name: `casethread_${name}`, help, labelNames, registers: [...registers] });
  const gauge = (name: string, help: string, read: () => Promise<number>) =>
    new Gauge({
      name: `casethread_${name}`,
      help,
      registers: [...registers],
      async collect() {
        try {
          this.set(await read());
        } catch {
          // While the store is away nobody knows. The other numbers are wanted just then, and no old one in its place.
          this.remove();
        }
      },
    });

  const events = counter('events_total', 'EventBridge events by what became of them.', ['result']);
  const reconciles = counter('reconciles_total', 'Comparisons of a case with its thread, by outcome.', [
    'outcome',
  ]);
  const slackCalls = counter('slack_calls_total', 'Calls to the Slack Web API.', ['method', 'result']);
  const supportCalls = counter('support_calls_total', 'Calls to the AWS Support API.', [
    'operation',
    'result',
  ]);
  const replies = counter('replies_total', 'Replies and resolves sent from Slack, by what became of them.', [
    'result',
  ]);
  const repairs = counter('sweep_repairs_total', 'Changes on a case that no event had announced.', []);
  const eventToPost = new Histogram({
    name: 'casethread_event_to_post_seconds',
    help: 'From the arrival of an event to its entry in the thread.',
    buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300],
    registers: [...registers],
  });
  gauge(
    'inbox_depth',
    'Cases that wait for a comparison with their thread, or are being compared.',
    gauges.inboxDepth,
  );
  gauge('parked_cases', 'Cases that need a person before they can go on.', gauges.parkedCases);

  return {
    events: (result) => events.inc({ result }),
    reconciles: (outcome) => reconciles.inc({ outcome }),
    slackCalls: (method, result) => slackCalls.inc({ method, result }),
    supportCalls: (operation, result) => supportCalls.inc({ operation, result }),
    eventToPost: (seconds) => eventToPost.observe(seconds),
    replies: (result) => replies.inc({ result }),
    sweepRepairs: (count) => repairs.inc(count),
    text: () => registers[0].metrics(),
    contentType: registers[0].contentType,
  };
}
