import { type Answer, jsonAnswer } from '../exchange.js';
import { Refusal } from '../refusal.js';
import type { CallArguments } from '../web-api/call-arguments.js';
import type { ApiCall } from '../workspace.js';
import type { ResponseUrls } from './response-urls.js';

const GONE = ['used_url', 'expired_url', 'no_such_url'];

/** A response_url tells failure by its status as well, unlike the Web API. */
export function answerResponseUrl(
  urls: ResponseUrls,
  path: string,
  call: ApiCall,
  args: CallArguments | Refusal,
): Answer {
  try {
    if (args instanceof Refusal) throw args;
    urls.use(path, args);
    call.result = { ok: true };
    return jsonAnswer(200, call.result);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    call.result = { ok: false, error: error.error, ...error.details };
    return jsonAnswer(GONE.includes(error.error) ? 404 : 400, call.result);
  }
}
