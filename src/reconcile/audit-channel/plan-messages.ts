import type { OpenBurst } from './open-burst.js';

/** Records of calls come minutes after them, so that a burst may be joined for a while; after that there is a new one. */
const OPEN_MS = 3_600_000;
/** More bursts are not kept open, and while so many have still to be shown, no more calls are counted. */
export const MOST_OPEN = 200;

export type MessageStep =
  /** Nobody knows whether it was posted. */
  | { readonly do: 'find'; readonly burst: OpenBurst }
  | { readonly do: 'post'; readonly burst: OpenBurst }
  | { readonly do: 'update'; readonly burst: OpenBurst };

export interface MessagePlan {
  /** One for each burst, those first that came first. */
  readonly steps: readonly MessageStep[];
  /** Milliseconds after which a message may be changed again; null when none waits for that. */
  readonly lookAfter: number | null;
}

/** What has to be said, and when. */
export function planMessages(bursts: readonly OpenBurst[], now: number, updateEveryMs: number): MessagePlan {
  const steps: MessageStep[] = [];
  let lookAfter: number | null = null;
  for (const burst of bursts) {
    const { told, more } = burst;
    if (told !== null && told.ts === null) steps.push({ do: 'find', burst });
    else if (more === null) continue;
    else if (told === null) steps.push({ do: 'post', burst });
    else {
      const wait = told.changedAt + updateEveryMs - now;
      // A clock that was set back must not hold it up.
      if (wait <= 0 || wait > updateEveryMs) steps.push({ do: 'update', burst });
      else lookAfter = Math.min(lookAfter ?? wait, wait);
    }
  }
  return { steps, lookAfter };
}

/** Whether there is room to count another call. */
export function hasRoom(bursts: readonly OpenBurst[]): boolean {
  return bursts.filter((burst) => !isShown(burst)).length < MOST_OPEN;
}

/** Without those that nothing joins any more, and without the oldest where they are too many: only what is shown goes. */
export function stillOpen(bursts: readonly OpenBurst[], now: number): readonly OpenBurst[] {
  const shown = bursts.filter(isShown);
  const left = Math.max(0, MOST_OPEN - (bursts.length - shown.length));
  const recent = shown
    .filter(({ joinedAt }) => now - joinedAt < OPEN_MS)
    .sort((a, b) => b.joinedAt - a.joinedAt)
    .slice(0, left);
  const kept = new Set(recent);
  return bursts.filter((burst) => !isShown(burst) || kept.has(burst));
}

function isShown({ told, more }: OpenBurst): boolean {
  return more === null && told !== null && told.ts !== null;
}
