import type { Rate } from '../pace/gate.js';

/** Slack allows one message per second and channel, "short bursts" above (chat.postMessage, rate limits). */
export const POST_PACE: Rate = { perSecond: 0.95, burst: 3 };
/** chat.update is a Tier 3 method: 50 a minute in a workspace. */
export const UPDATE_PACE: Rate = { perSecond: 0.75, burst: 10 };
/** conversations.history and conversations.replies are Tier 3 as well, each for itself (internal apps). */
export const READ_PACE: Rate = { perSecond: 0.75, burst: 15 };
