import type { ConsolePerson } from '../aws/console-person.js';

/** A case of the opening story: how it was opened, what was said since, and how it stands. */
export interface StoryCase {
  readonly subject: string;
  readonly severity: string;
  readonly service: string;
  readonly category: string;
  /** Oldest first; the first of them opens the case. */
  readonly said: readonly [Saying, ...Saying[]];
  readonly end:
    | { readonly resolvedMinutesAgo: number; readonly by: ConsolePerson }
    | { readonly status: string };
}

export interface Saying {
  readonly minutesAgo: number;
  /** Null: AWS Support. */
  readonly by: ConsolePerson | null;
  readonly body: string;
  readonly files?: readonly { readonly fileName: string; readonly text: string }[];
}

/** Times as texts write them, all in UTC. */
export interface Clock {
  /** `2026-07-04` */
  day(minutesAgo: number): string;
  /** `09:41` */
  time(minutesAgo: number): string;
  /** `2026-07-04T09:41:00Z` */
  stamp(minutesAgo: number): string;
}

export function clockAt(now: number): Clock {
  const iso = (minutesAgo: number) => new Date(now - minutesAgo * 60_000).toISOString();
  return {
    day: (minutesAgo) => iso(minutesAgo).slice(0, 10),
    time: (minutesAgo) => iso(minutesAgo).slice(11, 16),
    stamp: (minutesAgo) => `${iso(minutesAgo).slice(0, 19)}Z`,
  };
}
