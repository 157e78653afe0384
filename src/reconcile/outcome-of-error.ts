import { again, type Outcome, park } from '../inbox/outcome.js';
import { SlackError } from '../slack/slack-error.js';
import { needsPerson, SupportError } from '../support/support-error.js';
import { REASONS } from './reasons.js';
import { StillOnItsWay } from './still-on-its-way.js';

/** After so many tries a message that Slack refuses is left to a person. */
const TRIES_BEFORE_PARK = 3;

/** What becomes of a case when Slack or AWS did not do their part. Anything else is a bug, and thrown on. */
export function outcomeOfError(error: unknown, attempt: number): Outcome {
  if (error instanceof SlackError) {
    switch (error.kind) {
      case 'rate-limited':
        return again('Slack is limiting us', error.retryAfterMs ?? undefined);
      case 'unreachable':
        return again(`Slack did not answer (${error.code})`);
      case 'needs-person':
        return park(error.sentence);
      case 'gone':
        return park(REASONS.noFirstMessage);
      case 'rejected':
        return attempt < TRIES_BEFORE_PARK
          ? again(`Slack refused a message (${error.code})`)
          : park(error.sentence);
    }
  }
  if (error instanceof StillOnItsWay) return again(error.message, error.askAgainAfterMs);
  if (error instanceof SupportError) {
    return needsPerson(error) ? park(error.sentence) : again(`AWS Support: ${error.kind} (${error.code})`);
  }
  throw error;
}
