/**
 * Why Slack did not do what it was asked to.
 *
 * - `rate-limited`: nothing happened; `retryAfterMs` says when to come back.
 * - `unreachable`: passes by itself.
 * - `needs-person`: somebody has to change something in Slack or in the configuration.
 * - `gone`: the message, its thread or the form is not there any more.
 * - `expired`: a form can be opened only within three seconds of a click, and once for each.
 * - `rejected`: Slack does not take this message as it is: a bug of ours.
 */
export type SlackErrorKind =
  | 'rate-limited'
  | 'unreachable'
  | 'needs-person'
  | 'gone'
  | 'expired'
  | 'rejected';

export class SlackError extends Error {
  override readonly name = 'SlackError';

  /**
   * @param code Slack's or the network's name for it.
   * @param sentence for people: what is wrong and what to do.
   * @param happened whether Slack may have done it all the same.
   */
  constructor(
    readonly kind: SlackErrorKind,
    readonly code: string,
    readonly sentence: string,
    readonly happened: 'no' | 'maybe',
    readonly retryAfterMs: number | null = null,
    options?: ErrorOptions,
  ) {
    super(`Slack: ${kind} (${code})`, options);
  }
}
