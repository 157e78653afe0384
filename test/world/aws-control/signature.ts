import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { ApiError } from '../../../src/sandbox/aws/api-error.js';
import type { Credentials } from './state.js';

/** What the credential scope of a signature says of a request. */
export interface Scope {
  readonly accessKeyId: string;
  readonly day: string;
  readonly region: string;
  readonly service: string;
  readonly signedHeaders: string;
  readonly signature: string;
}

const AUTHORIZATION =
  /^AWS4-HMAC-SHA256\s+Credential=([^/,\s]+)\/(\d{8})\/([a-z0-9-]+)\/([a-z0-9-]+)\/aws4_request,\s*SignedHeaders=([a-z0-9;-]+),\s*Signature=([0-9a-f]{64})$/;

/** Null for a request that is not signed. */
export function scopeOf(headers: IncomingHttpHeaders): Scope | null {
  const parts = AUTHORIZATION.exec(headers.authorization ?? '');
  if (parts === null) return null;
  const [, accessKeyId = '', day = '', region = '', service = '', signedHeaders = '', signature = ''] = parts;
  return { accessKeyId, day, region, service, signedHeaders, signature };
}

export interface SignedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/**
 * Checks a signature of version 4 as AWS does; the errors have the names of the JSON protocol. The age of the date is not
 * looked at.
 */
export function verify(
  request: SignedRequest,
  scope: Scope,
  valid: { readonly credentials: Credentials | undefined; readonly regions: readonly string[] },
): Credentials {
  const { credentials } = valid;
  const token = request.headers['x-amz-security-token'];
  if (credentials === undefined || (token ?? '') !== (credentials.sessionToken ?? ''))
    throw new ApiError(
      'UnrecognizedClientException',
      'The security token included in the request is invalid.',
    );
  if (credentials.expired)
    throw new ApiError('ExpiredTokenException', 'The security token included in the request is expired');
  if (!valid.regions.includes(scope.region))
    throw mismatch(`Credential should be scoped to a valid region, not '${scope.region}'.`);
  const date = single(request.headers['x-amz-date']);
  if (!date.startsWith(scope.day)) throw mismatch('Date in Credential scope does not match x-amz-date.');
  const names = scope.signedHeaders.split(';');
  const target = request.headers['x-amz-target'] === undefined ? [] : ['x-amz-target'];
  for (const needed of ['host', 'x-amz-date', ...target]) {
    if (!names.includes(needed)) throw mismatch(`'${needed}' must be a 'SignedHeader' in the Authorization.`);
  }
  const { region, service, day } = scope;
  const canonicalHeaders = names.map((name) => `${name}:${canonical(request.headers[name])}\n`).join('');
  const canonicalRequest = [
    request.method,
    request.path,
    '',
    canonicalHeaders,
    scope.signedHeaders,
    sha256(request.body),
  ].join('\n');
  const toSign = [
    'AWS4-HMAC-SHA256',
    date,
    `${day}/${region}/${service}/aws4_request`,
    sha256(canonicalRequest),
  ].join('\n');
  const key = [day, region, service, 'aws4_request'].reduce<string | Buffer>(
    hmac,
    `AWS4${credentials.secretAccessKey}`,
  );
  if (!timingSafeEqual(hmac(key, toSign), Buffer.from(scope.signature, 'hex')))
    throw mismatch(
      'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method.',
    );
  return credentials;
}

function mismatch(message: string): ApiError {
  return new ApiError('InvalidSignatureException', message);
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

function sha256(data: string | Buffer): string {
  return createHash('sha256').update(data).digest('hex');
}

function single(value: string | string[] | undefined): string {
  return Array.isArray(value) ? value.join(',') : (value ?? '');
}

function canonical(value: string | string[] | undefined): string {
  return single(value).trim().replace(/\s+/g, ' ');
}
