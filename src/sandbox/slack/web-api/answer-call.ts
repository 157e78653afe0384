import { type Answer, jsonAnswer, rateLimited } from '../exchange.js';
import type { JsonObject } from '../json-object.js';
import { Refusal } from '../refusal.js';
import type { ApiCall } from '../workspace.js';
import type { CallArguments } from './call-arguments.js';
import type { MethodWorld } from './method.js';
import { METHODS } from './methods.js';
import type { Pacing } from './pacing.js';

export interface WebApi extends MethodWorld {
  botToken: string;
  pacing: Pacing;
}

function authenticate(api: WebApi, bearer: string | undefined, args: CallArguments): void {
  const token = bearer ?? args.string('token');
  if (token === undefined || token === '') throw new Refusal('not_authed');
  if (token !== api.botToken) throw new Refusal('invalid_auth');
}

function perform(
  api: WebApi,
  method: string,
  bearer: string | undefined,
  args: CallArguments,
): JsonObject | Answer {
  authenticate(api, bearer, args);
  const known = METHODS.get(method);
  if (known === undefined) throw new Refusal('unknown_method', { req_method: method });
  args.refuseOthers(['token', 'team_id', ...known.knows]);
  const { retryAfter } = api.pacing.take(method, args.string('channel'));
  if (retryAfter !== undefined) return rateLimited(retryAfter);
  return known.run(api, args);
}

/** What Slack answers to a call; the deed is done when this returns. */
export function answerCall(
  api: WebApi,
  call: ApiCall,
  bearer: string | undefined,
  args: CallArguments | Refusal,
): Answer {
  const headers = {
    'x-oauth-scopes': api.scopes.join(','),
    'x-slack-req-id': `req-${api.workspace.callCount}`,
  };
  let result: JsonObject;
  try {
    if (args instanceof Refusal) throw args;
    const done = perform(api, call.method, bearer, args);
    if (isAnswer(done)) {
      call.result = { ok: false, error: 'ratelimited' };
      return { ...done, headers: { ...done.headers, ...headers } };
    }
    result = { ok: true, ...done };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    result = { ok: false, error: error.error, ...error.details };
  }
  call.result = result;
  return jsonAnswer(200, result, headers);
}

function isAnswer(done: JsonObject | Answer): done is Answer {
  return typeof done.status === 'number' && typeof done.body === 'string';
}
