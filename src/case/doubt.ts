/**
 * A span of time of which the store may have lost what it knew: everything before a new store began, or the last moments
 * before its server was restarted. What was posted then may be in Slack without the store's knowing.
 */
export interface Doubt {
  /** Milliseconds since 1970; 0 for "ever since". */
  readonly from: number;
  readonly until: number;
}
