import type { OpenBurst } from './open-burst.js';

/** Records of calls come minutes after them, so that a burst may be joined for a while; after that there is a new one. */
const OPEN_MS = 3_600_000;
/** More bursts are not kept open, and while so many wait for their message, no more calls are counted but alarms. */
export const MOST_OPEN = 200;
/** What is older comes from a replay: it waits for what happens now. */
const RECENT_MS = 3_600_000;

export type MessageStep =
  /** Nobody knows whether it was posted. */
  | { readonly do: 'find'; readonly burst: OpenBurst }
  | { readonly do: 'post'; readonly burst: OpenBurst }
  | { readonly do: 'update'; readonly burst: OpenBurst };

export interface MessagePlan {
  /** One for each burst: new messages before old ones that are changed, alarms first. */
  readonly steps: readonly MessageStep[];
  /** Milliseconds after which a message may be changed again; null when none waits for that. */
  readonly lookAfter: number | null;
}

/** What has to be said, and when. */
export function planMessages(bursts: readonly OpenBurst[], now: number, updateEveryMs: number): MessagePlan {
  const finds: MessageStep[] = [];
  const updates: MessageStep[] = [];
  let lookAfter: number | null = null;
  for (const burst of bursts) {
    const { told, more } = burst;
    if (told === null) continue;
    if (told.ts === null) finds.push({ do: 'find', burst });
    else if (more !== null) {
      const wait = told.changedAt + updateEveryMs - now;
      // A clock that was set back must not hold it up.
      if (wait <= 0 || wait > updateEveryMs) updates.push({ do: 'update', burst });
      else lookAfter = Math.min(lookAfter ?? wait, wait);
    }
  }
  const rank = ({ isAlarm, to }: OpenBurst) => (isAlarm ? 0 : now - to < RECENT_MS ? 1 : 2);
  const posts = bursts
    .filter(isNew)
    .sort((a, b) => rank(a) - rank(b))
    .map((burst): MessageStep => ({ do: 'post', burst }));
  return { steps: [...finds, ...posts, ...updates], lookAfter };
}

/** Whether there is room to count another call. A message that waits for its next change takes none: it has been seen. */
export function hasRoom(bursts: readonly OpenBurst[]): boolean {
  return bursts.filter((burst) => isNew(burst) && !burst.isAlarm).length < MOST_OPEN;
}

export function hasRoomForAlarm(bursts: readonly OpenBurst[]): boolean {
  return bursts.filter((burst) => isNew(burst) && burst.isAlarm).length < MOST_OPEN;
}

/** Without those that nothing joins any more, and without the oldest where they are too many: only what is shown goes. */
export function stillOpen(bursts: readonly OpenBurst[], now: number): readonly OpenBurst[] {
  const shown = bursts.filter(isShown);
  const waiting = bursts.filter((burst) => !isShown(burst) && !isNew(burst)).length;
  const recent = shown
    .filter(({ joinedAt }) => now - joinedAt < OPEN_MS)
    .sort((a, b) => b.joinedAt - a.joinedAt)
    .slice(0, Math.max(0, MOST_OPEN - waiting));
  const kept = new Set(recent);
  return bursts.filter((burst) => !isShown(burst) || kept.has(burst));
}

function isNew({ told, more }: OpenBurst): boolean {
  return told === null && more !== null;
}

function isShown({ told, more }: OpenBurst): boolean {
  return more === null && (told === null || told.ts !== null);
}
