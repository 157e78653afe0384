import type { IncomingHttpHeaders, IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { refuse, refuseUnread } from './answer.js';
import { BodyTooLarge, readBody } from './read-body.js';

export interface SlackRequestsDeps {
  /** Bolt's. It checks and answers all that is signed. */
  readonly receive: RequestListener;
  readonly isSigned: (headers: IncomingHttpHeaders, body: Buffer) => boolean;
}

const MAX_BODY = 1_048_576;

/**
 * `POST /slack/events`: the body is read within our limits and handed, raw, to Bolt's receiver. Bolt reads nothing
 * itself when the body is there already (facts: slack.md, section 11).
 */
export function slackRequests({ receive, isSigned }: SlackRequestsDeps) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    let body: Buffer;
    try {
      body = await readBody(request, MAX_BODY);
    } catch (error) {
      if (error instanceof BodyTooLarge)
        refuseUnread(request, response, 413, 'too_large', 'A request may have 1 MiB.');
      return;
    }
    if (!isSigned(request.headers, body)) {
      refuse(response, 401, 'unauthorized', 'This is not signed with the secret in SLACK_SIGNING_SECRET.');
      return;
    }
    await receive(Object.assign(request, { rawBody: body }), response);
  };
}
