import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { ApiError } from '../api-error.js';
import { CallEnd } from '../call-end.js';
import type { Faults } from '../faults.js';
import type { RecordedCall } from '../recorded-call.js';
import { verifySignature } from '../signature.js';
import { troubleAfter, troubleBefore } from '../trouble.js';
import { type Caller, type Callers, invalidValue } from './callers.js';
import { element, XMLNS } from './xml.js';

/**
 * AWS Security Token Service, as far as roles are concerned: the query protocol (a form goes in, XML comes out), version
 * 2011-06-15. On the same port as AWS Support, as with AWS_ENDPOINT_URL, which is one address for all services.
 */
export interface StsDeps {
  callers: Callers;
  faults: Faults;
  record: (call: RecordedCall) => void;
  changed: () => void;
  now: () => number;
  regions: readonly string[] | undefined;
}

const VERSION = '2011-06-15';
const FORM = 'application/x-www-form-urlencoded';

export function isForSts(request: IncomingMessage): boolean {
  const { 'content-type': type, 'x-amz-target': target } = request.headers;
  return target === undefined && type?.split(';')[0]?.trim() === FORM;
}

export async function serveSts(
  deps: StsDeps,
  request: IncomingMessage,
  response: ServerResponse,
  body: Buffer,
): Promise<void> {
  const form = new URLSearchParams(body.toString('utf8'));
  const operation = form.get('Action') ?? '';
  const input = Object.fromEntries([...form].filter(([name]) => name !== 'Action' && name !== 'Version'));
  const who = attempt(() => authenticate(deps, request, body));
  const caller = 'value' in who ? who.value : undefined;
  const call: RecordedCall = {
    operation,
    account: caller?.account.id ?? '',
    by: caller?.arn,
    input,
    at: deps.now(),
    result: 'pending',
    done: false,
  };
  const end = new CallEnd(call, response, deps.changed);
  deps.record(call);

  const fault = caller && deps.faults.take(call);
  const early = fault && (await troubleBefore(fault, end));
  if (early === 'over') return;
  const answer = early ?? attempt(() => answerTo(deps, form, who));
  if ('value' in answer) {
    call.done = true;
    deps.changed();
  }
  const late = fault && (await troubleAfter(fault, end));
  if (late === 'over') return;
  const { error } = { error: undefined, ...answer, ...late };
  if (error === undefined && 'value' in answer) return send(end, 200, answer.value, 'ok');
  const refused = inQueryWords(error ?? new ApiError('InternalFailure', 'no answer', 500));
  send(end, refused.status, errorXml(refused), refused.name);
}

function answerTo(deps: StsDeps, form: URLSearchParams, who: Attempt<Caller>): string {
  if ('error' in who) throw who.error;
  const action = form.get('Action') ?? '';
  if (form.get('Version') !== VERSION || !(action in ACTIONS)) {
    const version = form.get('Version');
    throw new ApiError('InvalidAction', `Could not find operation ${action} for version ${version}`);
  }
  const result = ACTIONS[action as keyof typeof ACTIONS](deps, form, who.value);
  return (
    `<${action}Response xmlns="${XMLNS}">` +
    element(`${action}Result`, result) +
    element('ResponseMetadata', { RequestId: randomUUID() }) +
    `</${action}Response>`
  );
}

const ACTIONS = {
  AssumeRole({ callers }: StsDeps, form: URLSearchParams, caller: Caller) {
    knowOnly(form, ['RoleArn', 'RoleSessionName', 'ExternalId', 'DurationSeconds']);
    const sessionName = matching(form, 'RoleSessionName', /^[\w+=,.@-]{2,64}$/);
    const seconds = Number(form.get('DurationSeconds') ?? 3_600);
    if (!Number.isInteger(seconds) || seconds < 900 || seconds > 43_200)
      throw violation('durationSeconds', 'Member must have value between 900 and 43200');
    const asked = {
      roleArn: matching(form, 'RoleArn', /^[\u0020-\u00ff]{20,2048}$/),
      sessionName,
      seconds,
      externalId: form.has('ExternalId') ? matching(form, 'ExternalId', /^[\w+=,.@:/-]{2,1224}$/) : undefined,
    };
    const session = callers.assume(caller, asked);
    const { arn, userId, secretAccessKey, session: given } = session.caller;
    return {
      AssumedRoleUser: { Arn: arn, AssumedRoleId: userId },
      Credentials: {
        AccessKeyId: session.accessKeyId,
        SecretAccessKey: secretAccessKey,
        SessionToken: given?.token ?? '',
        Expiration: new Date(given?.expires ?? 0).toISOString().replace(/\.\d{3}Z$/, 'Z'),
      },
    };
  },

  /** Needs no permission. */
  GetCallerIdentity(_deps: StsDeps, form: URLSearchParams, { arn, userId, account }: Caller) {
    knowOnly(form, []);
    return { Arn: arn, UserId: userId, Account: account.id };
  },
} as const;

function authenticate({ callers, regions }: StsDeps, request: IncomingMessage, body: Buffer): Caller {
  const { method = '', url: path = '', headers } = request;
  return verifySignature(
    { method, path, headers, body },
    { service: 'sts', signed: ['host', 'x-amz-date'], regions },
    (accessKeyId, token) => callers.find(accessKeyId, token),
  );
}

/** The names, and the status, by which services of the query protocol refuse what those of the JSON protocol do. */
const QUERY_WORDS: Readonly<Record<string, [name: string, status: number]>> = {
  UnrecognizedClientException: ['InvalidClientTokenId', 403],
  InvalidSignatureException: ['SignatureDoesNotMatch', 403],
  IncompleteSignatureException: ['IncompleteSignature', 400],
  MissingAuthenticationTokenException: ['MissingAuthenticationToken', 403],
  ExpiredTokenException: ['ExpiredToken', 403],
  ThrottlingException: ['Throttling', 400],
};

function inQueryWords(error: ApiError): ApiError {
  const words = QUERY_WORDS[error.name];
  return words === undefined ? error : new ApiError(words[0], error.message, words[1]);
}

function errorXml({ name, message, status }: ApiError): string {
  const Type = status < 500 ? 'Sender' : 'Receiver';
  return (
    `<ErrorResponse xmlns="${XMLNS}">` +
    element('Error', { Type, Code: name, Message: message }) +
    element('RequestId', randomUUID()) +
    '</ErrorResponse>'
  );
}

function send(end: CallEnd, status: number, xml: string, result: string): void {
  end.answerRaw(status, { 'Content-Type': 'text/xml' }, xml, result);
}

/** What it does not know it would overlook, and so would we. */
function knowOnly(form: URLSearchParams, known: readonly string[]): void {
  const unknown = [...form.keys()].filter((name) => !['Action', 'Version', ...known].includes(name));
  if (unknown.length > 0) throw invalidValue(`not known here: ${unknown.join(', ')}`);
}

function matching(form: URLSearchParams, name: string, pattern: RegExp): string {
  const member = `${name.charAt(0).toLowerCase()}${name.slice(1)}`;
  const value = form.get(name);
  if (value === null) throw violation(member, 'Member must not be null');
  if (!pattern.test(value))
    throw violation(member, `Member must satisfy regular expression pattern: ${pattern.source}`);
  return value;
}

function violation(member: string, constraint: string): ApiError {
  return invalidValue(
    `1 validation error detected: Value at '${member}' failed to satisfy constraint: ${constraint}`,
  );
}

type Attempt<T> = { value: T } | { error: ApiError };

function attempt<T>(work: () => T): Attempt<T> {
  try {
    return { value: work() };
  } catch (error) {
    if (error instanceof ApiError) return { error };
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { error: new ApiError('InternalFailure', text, 500) };
  }
}
