import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { ApiError } from './api-error.js';

/**
 * Checks Signature Version 4 the way AWS does, with two liberties: unless a test says which, any Region may stand in the
 * scope (three endpoints act on the same cases, facts 2.1), and the age of the date is not looked at, because tests move
 * the clock.
 */
export interface SignedRequest {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

const AUTHORIZATION =
  /^AWS4-HMAC-SHA256\s+Credential=([^/,\s]+)\/(\d{8})\/([a-z0-9-]+)\/([a-z0-9-]+)\/aws4_request,\s*SignedHeaders=([a-z0-9;-]+),\s*Signature=([0-9a-f]{64})$/;

export interface SignatureRules {
  /** As the scope has to name it: `support`, `sts`. */
  service: string;
  /** Headers that have to be signed. */
  signed: readonly string[];
  /** Those that the endpoint is in; undefined: any. */
  regions: readonly string[] | undefined;
}

/** Gives back the holder of the key that signed, or throws the refusal that AWS would send. */
export function verifySignature<Holder extends { secretAccessKey: string }>(
  request: SignedRequest,
  rules: SignatureRules,
  holderOf: (accessKeyId: string, sessionToken: string | undefined) => Holder | undefined,
): Holder {
  const authorization = request.headers.authorization;
  if (authorization === undefined) {
    throw new ApiError('MissingAuthenticationTokenException', 'Missing Authentication Token');
  }
  const parts = AUTHORIZATION.exec(authorization);
  if (parts === null) {
    throw new ApiError(
      'IncompleteSignatureException',
      'Authorization header is not AWS Signature Version 4.',
    );
  }
  const [, accessKeyId = '', day = '', region = '', service = '', signedHeaders = '', signature = ''] = parts;
  const token = request.headers['x-amz-security-token'];
  const holder = holderOf(accessKeyId, token === undefined ? undefined : single(token));
  if (holder === undefined) {
    throw new ApiError(
      'UnrecognizedClientException',
      'The security token included in the request is invalid.',
    );
  }
  if (service !== rules.service) {
    throw mismatch(`Credential should be scoped to correct service: '${rules.service}'.`);
  }
  if (rules.regions?.includes(region) === false) {
    throw mismatch(`Credential should be scoped to a valid region, not '${region}'.`);
  }
  const date = single(request.headers['x-amz-date']);
  if (!date.startsWith(day)) throw mismatch('Date in Credential scope does not match x-amz-date.');
  const names = signedHeaders.split(';');
  for (const needed of [...rules.signed, ...(token === undefined ? [] : ['x-amz-security-token'])]) {
    if (!names.includes(needed)) throw mismatch(`'${needed}' must be a 'SignedHeader' in the Authorization.`);
  }

  const bodyHash = sha256(request.body);
  const declaredHash = request.headers['x-amz-content-sha256'];
  if (declaredHash !== undefined && declaredHash !== bodyHash) {
    throw mismatch('x-amz-content-sha256 does not match the body.');
  }
  const canonicalHeaders = names.map((name) => `${name}:${canonical(request.headers[name])}\n`).join('');
  const canonicalRequest = [request.method, request.path, '', canonicalHeaders, signedHeaders, bodyHash].join(
    '\n',
  );
  const scope = `${day}/${region}/${service}/aws4_request`;
  const toSign = ['AWS4-HMAC-SHA256', date, scope, sha256(canonicalRequest)].join('\n');
  const key = [day, region, service, 'aws4_request'].reduce<string | Buffer>(
    hmac,
    `AWS4${holder.secretAccessKey}`,
  );
  if (!timingSafeEqual(hmac(key, toSign), Buffer.from(signature, 'hex'))) {
    throw mismatch(
      'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method.',
    );
  }
  return holder;
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
