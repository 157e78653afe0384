import { randomUUID } from 'node:crypto';
import type { ApiError } from '../../../src/sandbox/aws/api-error.js';
import type { CallEnd } from '../../../src/sandbox/aws/call-end.js';
import type { Output } from './operation.js';
import { xmlOf } from './query.js';
import type { Service } from './services.js';

/** Errors of the JSON protocol, as the query protocol names them. */
const IN_QUERY: Readonly<Record<string, readonly [code: string, status: number]>> = {
  AccessDeniedException: ['AccessDenied', 403],
  ExpiredTokenException: ['ExpiredToken', 403],
  UnrecognizedClientException: ['InvalidClientTokenId', 403],
  InvalidSignatureException: ['SignatureDoesNotMatch', 403],
  MissingAuthenticationTokenException: ['MissingAuthenticationToken', 403],
  ThrottlingException: ['Throttling', 400],
  ValidationException: ['ValidationError', 400],
  SerializationException: ['ValidationError', 400],
  UnknownOperationException: ['InvalidAction', 400],
  InternalServerError: ['ServiceFailure', 500],
};

/** What SQS puts into `x-amzn-query-error`, for clients that know its former protocol. */
const SQS_CODES: Readonly<Record<string, string>> = {
  QueueDoesNotExist: 'AWS.SimpleQueueService.NonExistentQueue',
  QueueDeletedRecently: 'AWS.SimpleQueueService.QueueDeletedRecently',
  QueueNameExists: 'QueueAlreadyExists',
  MessageNotInflight: 'AWS.SimpleQueueService.MessageNotInflight',
  EmptyBatchRequest: 'AWS.SimpleQueueService.EmptyBatchRequest',
  TooManyEntriesInBatchRequest: 'AWS.SimpleQueueService.TooManyEntriesInBatchRequest',
  BatchEntryIdsNotDistinct: 'AWS.SimpleQueueService.BatchEntryIdsNotDistinct',
  AccessDeniedException: 'AccessDenied',
  ExpiredTokenException: 'ExpiredToken',
  UnrecognizedClientException: 'InvalidClientTokenId',
  ThrottlingException: 'RequestThrottled',
};

export function answerOutput(end: CallEnd, service: Service, operation: string, output: Output): void {
  if (service.protocol === 'json') {
    end.answerRaw(200, { 'Content-Type': service.contentType }, JSON.stringify(output), 'ok');
    return;
  }
  const metadata = { ResponseMetadata: { RequestId: randomUUID() } };
  const inner = { [`${operation}Result`]: output, ...metadata };
  const xml = xmlOf(`${operation}Response`, inner).replace('>', ` xmlns="${service.namespace}">`);
  end.answerRaw(200, { 'Content-Type': 'text/xml' }, xml, 'ok');
}

export function answerError(end: CallEnd, name: string, service: Service, error: ApiError): void {
  if (service.protocol === 'query') {
    const [code, status] = IN_QUERY[error.name] ?? [error.name, error.status];
    const inner = {
      Error: { Type: status >= 500 ? 'Receiver' : 'Sender', Code: code, Message: error.message },
      RequestId: randomUUID(),
    };
    const xml = xmlOf('ErrorResponse', inner).replace('>', ` xmlns="${service.namespace}">`);
    end.answerRaw(status, { 'Content-Type': 'text/xml' }, xml, code);
    return;
  }
  const isSqs = name === 'sqs';
  const type = isSqs
    ? `${SQS_CODES[error.name]?.startsWith('A') === true && !error.name.endsWith('Exception') ? 'com.amazonaws.sqs' : 'com.amazon.coral.service'}#${error.name}`
    : error.name;
  const headers = {
    'Content-Type': service.contentType,
    ...(isSqs
      ? {
          'x-amzn-query-error': `${SQS_CODES[error.name] ?? error.name};${error.status >= 500 ? 'Receiver' : 'Sender'}`,
        }
      : {}),
  };
  const body = JSON.stringify({ __type: type, message: error.message });
  end.answerRaw(error.status, headers, body, error.name);
}
