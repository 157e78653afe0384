/** Slack's limits that we write against, in characters unless said otherwise (facts: slack.md, section 0). */
export const SLACK_LIMITS = {
  /** Longer `text` is cut into several messages by Slack, and the `ts` that comes back is only that of the first. */
  text: 3_900,
  /** Undocumented: all blocks of one message together may hold about 13,200. */
  blocksTotal: 13_200,
  blocks: 50,
  option: 75,
  options: 100,
  buttonValue: 2_000,
  buttonUrl: 3_000,
} as const;

/** Of a text that goes on in several messages, each carries so much, measured as Slack counts `text`. */
export const TEXT_PER_MESSAGE = 3_400;
