/**
 * How long a test waits for what must come, in ms. It only ends what will never come: a busy machine is slow, not wrong.
 * Below the time that mocha gives a test, so that what is missing is named.
 */
export const PATIENCE_MS = 30_000;
