/** How long something that was begun is left to whoever began it. Slack sends again what has no answer in 3 s. */
export const BEGUN_MS = 15_000;
/** How long it is remembered that something was done: Slack sends an event again for the last time after 5 minutes. */
export const DONE_MS = 3_600_000;
