import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { ApiError } from '../../../src/sandbox/aws/api-error.js';
import { CallEnd } from '../../../src/sandbox/aws/call-end.js';
import type { Faults } from '../../../src/sandbox/aws/faults.js';
import type { RecordedCall } from '../../../src/sandbox/aws/recorded-call.js';
import { troubleAfter, troubleBefore } from '../../../src/sandbox/aws/trouble.js';
import { answerError, answerOutput } from './answer.js';
import type { Input, Output } from './operation.js';
import { readForm } from './query.js';
import { SERVICES, type Service } from './services.js';
import { type Scope, scopeOf, verify } from './signature.js';
import type { Credentials, Desk } from './state.js';

export interface ControlCall extends RecordedCall {
  /** As in the credential scope: `events`, `sqs`, `iam`, `sts`, `cloudtrail`. */
  readonly service: string;
  readonly region: string;
  /** The IAM actions that it takes; the first is the one named like the operation. */
  readonly actions: readonly string[];
}

export interface ServerDeps {
  readonly credentialsOf: (accessKeyId: string) => Credentials | undefined;
  readonly deskFor: (credentials: Credentials, region: string) => Desk | undefined;
  readonly regionsOf: (account: string, service: Service) => readonly string[];
  /** IAM actions that are denied; `*` at the end stands for the rest. */
  readonly denied: () => readonly string[];
  readonly faults: Faults;
  readonly record: (call: ControlCall) => void;
  readonly changed: () => void;
  readonly now: () => number;
}

export function createControlServer(deps: ServerDeps): Server {
  const server = createServer((request, response) => {
    handle(deps, request, response).catch(() => response.destroy());
  });
  // Longer than any pause of a test: a connection that closes as it is taken up again would be a fault nobody asked for.
  server.keepAliveTimeout = 120_000;
  return server;
}

async function handle(deps: ServerDeps, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await readBody(request);
  const scope = scopeOf(request.headers);
  const service = SERVICES[scope?.service ?? ''];
  if (scope === null || service === undefined || request.method !== 'POST') {
    refuseStranger(response, scope);
    return;
  }
  const { operation, input } = read(service, request, body);
  const who = attempt(() => authenticate(deps, request, body, scope, service));
  const desk = 'value' in who ? deps.deskFor(who.value, scope.region) : undefined;
  const known = service.operations[operation];
  const also = desk === undefined ? [] : (known?.alsoNeeds(desk, input) ?? []);
  const call: ControlCall = {
    service: scope.service,
    region: scope.region,
    operation,
    account: desk?.account.id ?? '',
    input,
    at: deps.now(),
    actions: service.isFree === true ? [] : [`${scope.service}:${operation}`, ...also],
    result: 'pending',
    done: false,
  };
  const end = new CallEnd(call, response, deps.changed);
  deps.record(call);

  // Faults befall only calls of a known account: an unsigned call never reaches the service behind.
  const fault = desk && deps.faults.take(call);
  const early = fault && (await troubleBefore(fault, end));
  if (early === 'over') return;
  const answer = early ?? (await decide(deps, { call, service, who, desk, request }));
  if ('output' in answer) {
    call.done = true;
    deps.changed();
  }
  const late = fault && (await troubleAfter(fault, end));
  if (late === 'over') return;
  const last = late ?? answer;
  if ('output' in last) answerOutput(end, service, operation, last.output);
  else answerError(end, scope.service, service, last.error);
}

interface Knock {
  readonly call: ControlCall;
  readonly service: Service;
  readonly who: Attempt<Credentials>;
  readonly desk: Desk | undefined;
  readonly request: IncomingMessage;
}

/** Everything that AWS checks, in AWS's order as far as it is known, and the deed. */
async function decide(
  deps: ServerDeps,
  { call, service, who, desk, request }: Knock,
): Promise<{ output: Output } | { error: ApiError }> {
  try {
    const operation = service.operations[call.operation];
    if (operation === undefined)
      throw new ApiError('UnknownOperationException', `${call.operation} is not an operation known here.`);
    const contentType = request.headers['content-type']?.split(';')[0];
    if (contentType !== service.contentType)
      throw new ApiError('SerializationException', `Content-Type must be ${service.contentType}.`);
    if ('error' in who) throw who.error;
    if (desk === undefined) throw new ApiError('InternalServerError', 'There is no such account.', 500);
    const denied = call.actions.find((action) => deps.denied().some((each) => isDenied(each, action)));
    if (denied !== undefined)
      throw new ApiError(
        'AccessDeniedException',
        `User: ${desk.caller.arn} is not authorized to perform: ${denied} because no identity-based policy allows the ${denied} action`,
      );
    return { output: await operation.run(desk, call.input) };
  } catch (error) {
    if (error instanceof ApiError) return { error };
    // A bug of the stand-in itself: the client sees a 500, the text tells where to look.
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { error: new ApiError('InternalServerError', text, 500) };
  }
}

function isDenied(pattern: string, action: string): boolean {
  return pattern.endsWith('*') ? action.startsWith(pattern.slice(0, -1)) : pattern === action;
}

function authenticate(
  deps: ServerDeps,
  request: IncomingMessage,
  body: Buffer,
  scope: Scope,
  service: Service,
): Credentials {
  const { method = '', url: path = '', headers } = request;
  const credentials = deps.credentialsOf(scope.accessKeyId);
  return verify({ method, path, headers, body }, scope, {
    credentials,
    regions: credentials === undefined ? [] : deps.regionsOf(credentials.account, service),
  });
}

function read(service: Service, request: IncomingMessage, body: Buffer): { operation: string; input: Input } {
  if (service.protocol === 'query') {
    const { Action, Version, ...input } = readForm(body.toString('utf8'));
    const isVersion = Version === service.version;
    return {
      operation: isVersion ? String(Action) : `${String(Action)} of version ${String(Version)}`,
      input,
    };
  }
  const [target, operation = ''] = String(request.headers['x-amz-target'] ?? '').split('.');
  let input: unknown;
  try {
    input = JSON.parse(body.toString('utf8'));
  } catch {
    input = undefined;
  }
  return {
    operation: target === service.target ? operation : '',
    input: typeof input === 'object' && input !== null ? (input as Input) : {},
  };
}

/** A call that is not signed, or for another service. */
function refuseStranger(response: ServerResponse, scope: Scope | null): void {
  const [type, message] =
    scope === null
      ? ['MissingAuthenticationTokenException', 'Missing Authentication Token']
      : ['UnknownOperationException', `There is no stand-in of the service ${scope.service} here.`];
  response.writeHead(scope === null ? 403 : 404, {
    'content-type': 'application/x-amz-json-1.1',
  });
  response.end(JSON.stringify({ __type: type, message }));
}

type Attempt<T> = { value: T } | { error: ApiError };

function attempt<T>(work: () => T): Attempt<T> {
  try {
    return { value: work() };
  } catch (error) {
    if (error instanceof ApiError) return { error };
    throw error;
  }
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}
