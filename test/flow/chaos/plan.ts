/**
 * What happens in a run, and when: pure, and the same for the same settings. Which case a step means is a number in
 * [0, 1) among the cases that there are by then; how quickly the bot works decides the rest.
 */

import { awsBreak, type Break, slackBreak } from './breaks.js';
import { anyOf, type Random, randomFor, weighted, whole } from './random.js';
import { bodyText, SAME_WORDS, subjectText, typedText } from './texts.js';

export interface Settings {
  readonly seed: number;
  /** How long things happen; after that, everything works and the bot has time to finish. */
  readonly seconds: number;
  readonly replicas: number;
  readonly store: 'sqlite' | 'redis';
  /** AWS shows a new communication at most so much later. */
  readonly latestShowMs: number;
  /** Leaves out what the bot, by its own rules, waits half a minute or longer for: for a run that must end soon. */
  readonly hurried: boolean;
}

export type Step = { readonly at: number } & Deed;

/** `forMs`: then it is put right again. `pick`: which case. */
export type Deed =
  | { readonly do: 'open-case'; readonly subject: string; readonly body: string; readonly severity: string }
  | { readonly do: 'aws-replies'; readonly pick: number; readonly body: string }
  | { readonly do: 'customer-replies'; readonly pick: number; readonly body: string }
  | { readonly do: 'resolve-at-aws'; readonly pick: number }
  | { readonly do: 'change-severity'; readonly pick: number; readonly severity: string }
  | { readonly do: 'change-status'; readonly pick: number; readonly status: string }
  | ({ readonly do: 'command-reply'; readonly pick: number; readonly text: string } & Resent)
  | ({ readonly do: 'command-resolve'; readonly pick: number } & Resent)
  | ({ readonly do: 'mention-reply'; readonly pick: number; readonly text: string } & Resent)
  /** Somebody presses a button that asks for it; twice at once when they are impatient. */
  | { readonly do: 'press'; readonly times: 1 | 2 }
  | { readonly do: 'slack-fault'; readonly fault: Break; readonly forMs: number }
  | { readonly do: 'aws-fault'; readonly fault: Break; readonly forMs: number }
  | { readonly do: 'slack-down' | 'aws-down' | 'remove-bot'; readonly forMs: number }
  | { readonly do: 'aws-shows-late'; readonly lateMs: number; readonly forMs: number }
  | { readonly do: 'kill' | 'restart'; readonly replicas: readonly number[]; readonly forMs: number }
  /** Everything is killed just when a call has left: before it is carried out, or before its answer arrives. */
  | {
      readonly do: 'kill-in-call';
      readonly on: string;
      readonly kind: 'hold-before' | 'hold-after';
      /** Where no such call comes for so long, nobody is killed. */
      readonly waitMs: number;
      readonly forMs: number;
    }
  | { readonly do: 'pause'; readonly replicas: readonly number[]; readonly forMs: number }
  | { readonly do: 'kill-redis' | 'pause-redis'; readonly forMs: number };

/** Slack sends the same request once more, so much later. */
interface Resent {
  readonly resendAfterMs: number | null;
}

export interface Plan {
  readonly settings: Settings;
  /** By time. */
  readonly steps: readonly Step[];
  /** By how many milliseconds the clock of each replica is wrong. */
  readonly skewsMs: readonly number[];
}

const SEVERITIES = ['low', 'normal', 'high', 'urgent', 'critical'];
const STATUSES = ['unassigned', 'work-in-progress', 'pending-customer-action', 'customer-action-completed'];
/** Those in which being killed may lose or double something. */
export const CALLS = [
  'chat.postMessage',
  'chat.update',
  'chat.postEphemeral',
  'response_url',
  'AddCommunicationToCase',
  'ResolveCase',
  'DescribeCases',
];
/** How long a replica keeps a case without a sign of life: a pause has to be longer to matter most. */
const LEASE_MS = 10_000;
const REPLY_TAKES_MS = 1_500;
const CUTTING_OFF: ReadonlySet<Deed['do']> = new Set([
  'kill',
  'restart',
  'kill-in-call',
  'pause',
  'aws-down',
  'kill-redis',
  'pause-redis',
]);
/** Slack refuses requests that are five minutes old, and so does the bot. */
const LARGEST_SKEW_MS = 150_000;
/** In a short run everything comes thicker and passes sooner. */
const WHOLE_MINUTE = 60;

export function planOf(settings: Settings): Plan {
  const { seed, seconds, replicas, store, latestShowMs } = settings;
  const thick = Math.min(5, Math.max(1, WHOLE_MINUTE / seconds));
  const ms = (random: Random, from: number, to: number) => Math.round(whole(random, from, to) / thick);
  const steps: Step[] = [];
  let token = 0;
  const nextToken = () => `word${(token++).toString(36).padStart(3, '0')}x${(seed >>> 0).toString(36)}`;

  /** Steps of one kind, at random times with this mean distance. */
  const every = (meanSeconds: number, purpose: string, deed: (random: Random) => Deed): void => {
    const random = randomFor(seed, purpose);
    for (let at = 0; ; ) {
      at += (-Math.log(1 - random()) * meanSeconds * 1000) / thick;
      if (at >= seconds * 1000) return;
      steps.push({ at: Math.floor(at), ...deed(random) });
    }
  };

  const first = randomFor(seed, 'first');
  for (const at of [0, 200]) steps.push({ at, ...openCase(first, nextToken()) });
  // A thick run has no more than twice as much to say: Slack takes one message a second.
  every(2.6 * Math.max(1, thick / 2), 'deeds', (random) => deedOf(random, nextToken));
  every(7 * Math.max(1, thick / 2), 'presses', (random) => ({ do: 'press', times: random() < 0.5 ? 2 : 1 }));
  every(9, 'slack faults', (random) => ({
    do: 'slack-fault',
    fault: slackBreak(random, settings.hurried),
    forMs: ms(random, 1_000, 12_000),
  }));
  every(9, 'aws faults', (random) => ({
    do: 'aws-fault',
    fault: awsBreak(random, settings.hurried),
    forMs: ms(random, 2_000, 20_000),
  }));
  every(70, 'slack down', (random) => ({ do: 'slack-down', forMs: ms(random, 1_000, 9_000) }));
  every(80, 'aws down', (random) => ({ do: 'aws-down', forMs: ms(random, 1_000, 9_000) }));
  if (!settings.hurried)
    every(100, 'bot removed', (random) => ({ do: 'remove-bot', forMs: ms(random, 2_000, 12_000) }));
  every(45, 'aws shows late', (random) => ({
    do: 'aws-shows-late',
    lateMs: Math.min(latestShowMs, ms(random, 500, latestShowMs)),
    forMs: ms(random, 4_000, 20_000),
  }));
  every(22, 'kills', (random) => ({
    do: 'kill',
    replicas: some(random, replicas),
    forMs: ms(random, 100, 6_000),
  }));
  every(45, 'kills in calls', (random) => {
    const on = anyOf(random, CALLS);
    const isLong = settings.hurried && on === 'AddCommunicationToCase';
    return {
      do: 'kill-in-call',
      on,
      kind: random() < 0.5 && !isLong ? 'hold-before' : 'hold-after',
      waitMs: ms(random, 4_000, 9_000),
      forMs: ms(random, 100, 3_000),
    };
  });
  every(110, 'restarts', (random) => ({
    do: 'restart',
    replicas: some(random, replicas),
    forMs: ms(random, 100, 2_000),
  }));
  if (replicas > 1) {
    every(40, 'pauses', (random) => ({
      do: 'pause',
      replicas: [whole(random, 0, replicas - 1)],
      forMs: pauseMs(random, settings.hurried),
    }));
  }
  if (store === 'redis') {
    every(60, 'redis killed', (random) => ({ do: 'kill-redis', forMs: ms(random, 200, 6_000) }));
    every(90, 'redis paused', (random) => ({ do: 'pause-redis', forMs: ms(random, 500, 12_000) }));
  }
  const clocks = randomFor(seed, 'clocks');
  return {
    settings,
    steps: (settings.hurried ? withoutLongDoubts(steps) : steps).sort((a, b) => a.at - b.at),
    skewsMs: Array.from({ length: replicas }, (_, index) =>
      index === 0 ? 0 : whole(clocks, -LARGEST_SKEW_MS, LARGEST_SKEW_MS),
    ),
  };
}

/**
 * Whoever is killed, or cut off from AWS, between saying that a reply is sent and sending it, looks for it half a minute.
 * So nothing of that kind while somebody replies.
 */
function withoutLongDoubts(steps: readonly Step[]): Step[] {
  const replies = steps.filter((step) => step.do === 'command-reply' || step.do === 'mention-reply');
  return steps.filter((step) => {
    if (!CUTTING_OFF.has(step.do)) return true;
    const over = step.at + ('forMs' in step ? step.forMs : 0);
    return !replies.some(({ at }) => step.at < at + REPLY_TAKES_MS && over > at);
  });
}

/** Mostly longer than the lease, and then never shortened. */
function pauseMs(random: Random, hurried: boolean): number {
  if (hurried) return whole(random, 300, 2_000);
  return random() < 0.6 ? whole(random, LEASE_MS + 1_000, LEASE_MS + 6_000) : whole(random, 500, LEASE_MS);
}

/** Mostly one, now and then several, or all. */
function some(random: Random, replicas: number): number[] {
  const all = Array.from({ length: replicas }, (_, index) => index);
  if (random() < 0.7) return [anyOf(random, all)];
  const several = all.filter(() => random() < 0.6);
  return several.length > 0 ? several : all;
}

function openCase(random: Random, token: string): Deed {
  return {
    do: 'open-case',
    subject: subjectText(random, token),
    body: bodyText(random, token),
    severity: anyOf(random, SEVERITIES),
  };
}

function deedOf(random: Random, nextToken: () => string): Deed {
  const pick = random();
  const resendAfterMs = random() < 0.25 ? whole(random, 0, 4_000) : null;
  const body = () => (random() < 0.1 ? SAME_WORDS : bodyText(random, nextToken()));
  return weighted<() => Deed>(random, [
    [9, () => openCase(random, nextToken())],
    [24, () => ({ do: 'aws-replies', pick, body: body() })],
    [12, () => ({ do: 'customer-replies', pick, body: body() })],
    [6, () => ({ do: 'resolve-at-aws', pick })],
    [4, () => ({ do: 'change-severity', pick, severity: anyOf(random, SEVERITIES) })],
    [4, () => ({ do: 'change-status', pick, status: anyOf(random, STATUSES) })],
    [18, () => ({ do: 'command-reply', pick, text: typedText(random, nextToken()), resendAfterMs })],
    [16, () => ({ do: 'mention-reply', pick, text: typedText(random, nextToken()), resendAfterMs })],
    [6, () => ({ do: 'command-resolve', pick, resendAfterMs })],
  ])();
}
