import type { IncomingHttpHeaders, IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { refuse, refuseUnread } from './answer.js';
import { BodyTooLarge, readBody } from './read-body.js';

export interface SlackRequestsDeps {
  /** Bolt's. It checks and answers all that is signed. */
  readonly receive: RequestListener;
  readonly isSigned: (headers: IncomingHttpHeaders, body: Buffer) => boolean;
  /** Whether the headers alone look like Slack's, lately: what does not is not read. */
  readonly looksSigned: (headers: IncomingHttpHeaders) => boolean;
  /** What is wrong with what was signed, in words; null when it can be handed on. */
  readonly problem: (contentType: string | undefined, body: Buffer) => string | null;
}

const MAX_BODY = 1_048_576;
/** Bodies that are being read and may be anybody's: together at most so many MiB. */
const MAX_READING = 64;

const NOT_SIGNED = 'This is not signed, lately, with the secret in SLACK_SIGNING_SECRET.';

/**
 * `POST /slack/events`: the body is read within our limits and handed, raw, to Bolt's receiver. Bolt reads nothing
 * itself when the body is there already (facts: slack.md, section 11).
 */
export function slackRequests({ receive, isSigned, looksSigned, problem }: SlackRequestsDeps) {
  let reading = 0;
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (!looksSigned(request.headers)) {
      refuseUnread(request, response, 401, 'unauthorized', NOT_SIGNED);
      return;
    }
    if (reading >= MAX_READING) {
      refuseUnread(request, response, 503, 'busy', 'Too many requests at once. Send it again.');
      return;
    }
    let body: Buffer;
    reading += 1;
    try {
      body = await readBody(request, MAX_BODY);
    } catch (error) {
      if (error instanceof BodyTooLarge)
        refuseUnread(request, response, 413, 'too_large', 'A request may have 1 MiB.');
      return;
    } finally {
      reading -= 1;
    }
    if (!isSigned(request.headers, body)) {
      refuse(response, 401, 'unauthorized', NOT_SIGNED);
      return;
    }
    const why = problem(request.headers['content-type'], body);
    if (why !== null) {
      refuse(response, 400, 'not_understood', `This is not a request as Slack sends it: ${why}.`);
      return;
    }
    await receive(Object.assign(request, { rawBody: body }), response);
  };
}
