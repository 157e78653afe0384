import type { Message } from '../slack/message.js';

const ANSWER_MS = 5_000;

/**
 * Posts to a `response_url`: five times within 30 minutes of the request (facts: slack.md, section 1). Rejects when
 * Slack does not take it.
 *
 * @param instead shows it in place of the message whose button was pressed.
 */
export async function respond(responseUrl: string, message: Message, instead = false): Promise<void> {
  const answer = await fetch(responseUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body: JSON.stringify({
      response_type: 'ephemeral',
      replace_original: instead,
      text: message.text,
      blocks: message.blocks,
      // Left out, Slack looks for `@here` and addresses in what is not marked as such.
      parse: 'none',
    }),
    redirect: 'error',
    signal: AbortSignal.timeout(ANSWER_MS),
  });
  await answer.body?.cancel();
  if (!answer.ok) throw new Error(`response_url answered ${answer.status}`);
}
