import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { refuseUnread } from './answer.js';
import { BodyTooLarge, readBody } from './read-body.js';

const MAX_BODY = 1_048_576;

/**
 * `POST /slack/events`: the body is read within our limits and handed, raw, to Bolt's receiver, which checks the
 * signature and answers. Bolt reads nothing itself when the body is there already (facts: slack.md, section 11).
 */
export function slackRequests(receive: RequestListener) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    try {
      Object.assign(request, { rawBody: await readBody(request, MAX_BODY) });
    } catch (error) {
      if (error instanceof BodyTooLarge)
        refuseUnread(request, response, 413, 'too_large', 'A request may have 1 MiB.');
      return;
    }
    await receive(request, response);
  };
}
