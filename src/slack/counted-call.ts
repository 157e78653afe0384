import { toSlackError } from './errors.js';
import type { Call } from './read-page.js';
import { BrokenSource } from './uploads.js';

/** Makes calls of Slack: each is counted by its method and how it ended, and rejects with a SlackError. */
export function countedCall(count: (method: string, result: string) => void): Call {
  return async (method, send) => {
    try {
      const answer = await send();
      count(method, 'ok');
      return answer;
    } catch (cause) {
      // What was to be sent broke off: that is no fault of Slack's.
      if (cause instanceof BrokenSource) throw cause;
      const error = toSlackError(cause);
      count(method, error.kind);
      throw error;
    }
  };
}
