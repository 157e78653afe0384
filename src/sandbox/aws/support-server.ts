import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { actionsOf } from './actions-of.js';
import { ApiError } from './api-error.js';
import { type Answer, CallEnd, CONTENT_TYPE } from './call-end.js';
import type { Faults } from './faults.js';
import type { Desk, Output } from './operation.js';
import { operations } from './operations/all.js';
import { refuseOtherService } from './other-services.js';
import { receivePart } from './part-server.js';
import type { RecordedCall } from './recorded-call.js';
import { verifySignature } from './signature.js';
import type { Caller, Callers } from './sts/callers.js';
import { isForSts, serveSts } from './sts/sts-server.js';
import type { CallMade } from './trail/call-event.js';
import { toldOfCall } from './trail/case-calls.js';
import { byProgram } from './trail/who.js';
import { troubleAfter, troubleBefore } from './trouble.js';

/**
 * The wire: AWS JSON 1.1 over HTTP. In: signed POST requests. Out: answers, refusals and, on demand, trouble. Every call
 * is recorded when it arrives, so a test can wait for one that is not answered yet.
 */
export interface SupportServerDeps {
  desk: Desk;
  callers: Callers;
  /** Those that may stand in a signature's scope; undefined: any. */
  regions: readonly string[] | undefined;
  faults: Faults;
  record: (call: RecordedCall) => void;
  /** CloudTrail hears of it. */
  trail: (call: CallMade) => void;
  changed: () => void;
}

// Three attachments of 5 MB in base64, and some room.
const MAX_BODY_BYTES = 24 * 1024 * 1024;

export function createSupportServer(deps: SupportServerDeps): Server {
  const server = createServer((request, response) => {
    // Only a client that leaves or floods while it sends gets to the catch; everything else is answered.
    handle(deps, request, response).catch(() => response.destroy());
  });
  // Far beyond the pause between two calls of a test: a connection that closes just as the client takes it up again
  // would be a fault nobody asked for.
  server.keepAliveTimeout = 120_000;
  return server;
}

async function handle(
  deps: SupportServerDeps,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (request.method === 'PUT' && request.url?.startsWith('/uploads/') === true)
    return receivePart(deps, request, response);
  if (await deps.desk.downloads.serve(request, response)) return;
  const body = await readBody(request);
  if (refuseOtherService(request, response, body)) return;
  if (request.method !== 'POST' || request.url !== '/') {
    response.writeHead(404).end();
    return;
  }
  if (isForSts(request)) return serveSts({ ...deps, now: deps.desk.now }, request, response, body);
  const knock: Knock = {
    operation: operationOf(request),
    contentType: request.headers['content-type'],
    who: attempt(() => authenticate(deps, request, body)),
    input: parseJson(body),
  };
  const caller = 'value' in knock.who ? knock.who.value : undefined;
  const call: RecordedCall = {
    operation: knock.operation ?? '',
    account: caller?.account.id ?? '',
    by: caller?.arn,
    input: isObject(knock.input) ? knock.input : {},
    at: deps.desk.now(),
    result: 'pending',
    done: false,
  };
  const end = new CallEnd(call, response, deps.changed);
  deps.record(call);

  // Faults befall only calls of a known account: an unsigned call never reaches the service behind.
  const fault = caller && deps.faults.take(call);
  const early = fault && (await troubleBefore(fault, end));
  if (early === 'over') return;
  const answer = early ?? decide(deps, knock);
  if (caller !== undefined) {
    // Also where the answer gets lost: what is done is done.
    const made = callMade(call, caller, answer, request.headers['user-agent'] ?? '');
    if (made !== null) deps.trail({ ...made, requestId: end.requestId });
  }
  if ('output' in answer) {
    call.done = true;
    deps.changed();
  }
  const late = fault && (await troubleAfter(fault, end));
  if (late === 'over') return;
  end.answer(late ?? answer);
}

/** Null for a call that only reads. */
function callMade(
  { operation, input, at }: RecordedCall,
  caller: Caller,
  answer: Answer,
  userAgent: string,
): CallMade | null {
  const told = toldOfCall(operation, input, 'output' in answer ? answer.output : null);
  if (told === null) return null;
  return {
    source: 'support.amazonaws.com',
    name: operation,
    account: caller.account.id,
    at,
    who: byProgram(caller, userAgent, at),
    ...told,
    failed: 'error' in answer ? answer.error : undefined,
  };
}

/** A request as far as it can be read without refusing anything. */
interface Knock {
  operation: string | undefined;
  contentType: string | undefined;
  who: Attempt<Caller>;
  input: unknown;
}

/** Everything that AWS checks, in AWS's order as far as it is known, and the deed. */
function decide({ desk }: SupportServerDeps, { operation, contentType, who, input }: Knock): Answer {
  const outcome = attempt((): Output => {
    const run = operations.get(operation ?? '');
    if (operation === undefined || run === undefined) {
      throw new ApiError('UnknownOperationException', 'The requested operation is not known here.');
    }
    if (contentType !== CONTENT_TYPE) {
      throw new ApiError('SerializationException', `Content-Type must be ${CONTENT_TYPE}.`);
    }
    if ('error' in who) throw who.error;
    const { account, arn } = who.value;
    if (!account.calls.admit(desk.now())) {
      throw new ApiError('ThrottlingException', 'Throttle limit exceeded');
    }
    const denied = [operation, ...actionsOf(operation)].find((action) => account.deny.includes(action));
    if (denied !== undefined) {
      throw new ApiError(
        'AccessDeniedException',
        `User: ${arn} is not authorized to perform: support:${denied}`,
      );
    }
    if (account.plan === 'none') {
      // Not in the model (facts 2.1): clients have to go by the name.
      throw new ApiError(
        'SubscriptionRequiredException',
        'Amazon Web Services Premium Support Subscription is required to use this service.',
      );
    }
    if (!isObject(input)) throw new ApiError('SerializationException', 'The body is not a JSON object.');
    return run(desk, account, input)();
  });
  return 'error' in outcome ? outcome : { output: outcome.value };
}

function authenticate(
  { callers, regions }: SupportServerDeps,
  request: IncomingMessage,
  body: Buffer,
): Caller {
  const { method = '', url: path = '', headers } = request;
  return verifySignature(
    { method, path, headers, body },
    { service: 'support', signed: ['host', 'x-amz-date', 'x-amz-target'], regions },
    (accessKeyId, token) => callers.find(accessKeyId, token),
  );
}

type Attempt<T> = { value: T } | { error: ApiError };

function attempt<T>(work: () => T): Attempt<T> {
  try {
    return { value: work() };
  } catch (error) {
    if (error instanceof ApiError) return { error };
    // A bug of the stand-in itself, or of a listener: the client sees a 500, the text tells where to look.
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { error: new ApiError('InternalServerError', text, 500) };
  }
}

function operationOf(request: IncomingMessage): string | undefined {
  const target = request.headers['x-amz-target'];
  return /^AWSSupport_20130415\.(\w+)$/.exec(typeof target === 'string' ? target : '')?.[1];
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) throw new Error('body too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
