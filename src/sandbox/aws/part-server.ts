import type { IncomingMessage, ServerResponse } from 'node:http';
import { CallEnd } from './call-end.js';
import type { RecordedCall } from './recorded-call.js';
import type { SupportServerDeps } from './support-server.js';
import { troubleAfter, troubleBefore } from './trouble.js';
import { PartReader } from './upload-room.js';

/** The name under which a part's upload is recorded, and meets its faults. */
export const PUT_PART = 'PutPart';

/**
 * A presigned address takes one part: no signature in the headers, the length announced, nothing left out. What goes wrong
 * is answered as S3 answers it, in XML.
 */
export async function receivePart(
  deps: SupportServerDeps,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://aws');
  const place = deps.desk.uploads.placeAt(pathname, searchParams.get('token'));
  const known = typeof place === 'object' ? place : undefined;
  const call: RecordedCall = {
    operation: PUT_PART,
    account: known?.accountId ?? '',
    input: { fileName: known?.fileName ?? '', partIndex: known?.part ?? 0 },
    at: deps.desk.now(),
    result: 'pending',
    done: false,
  };
  const end = new CallEnd(call, response, deps.changed);
  deps.record(call);
  const refuse = (status: number, code: string, message: string) => {
    end.answerRaw(
      status,
      { 'Content-Type': 'application/xml', Connection: 'close' },
      xml(code, message),
      code,
    );
    request.resume();
  };

  if (place === undefined)
    return refuse(403, 'SignatureDoesNotMatch', 'The address is not one that was given out.');
  if (place === 'expired') return refuse(403, 'AccessDenied', 'Request has expired');
  if (request.headers.authorization !== undefined)
    return refuse(400, 'InvalidArgument', 'Only one auth mechanism allowed.');
  const length = Number(request.headers['content-length'] ?? Number.NaN);
  if (request.headers['transfer-encoding'] !== undefined || !Number.isInteger(length))
    return refuse(411, 'MissingContentLength', 'You must provide the Content-Length HTTP header.');
  if (length > place.most) return refuse(400, 'EntityTooLarge', 'The part is larger than announced.');

  const fault = deps.faults.take({ operation: PUT_PART, account: place.accountId, input: call.input });
  const early = fault && (await troubleBefore(fault, end));
  if (early === 'over') return;
  if (early !== undefined) return refuse(early.error.status, early.error.name, early.error.message);
  const reader = new PartReader(place);
  for await (const chunk of request as AsyncIterable<Buffer>) reader.add(chunk);
  const part = reader.end();
  deps.desk.uploads.receive(place, part);
  call.done = true;
  deps.changed();
  const late = fault && (await troubleAfter(fault, end));
  if (late === 'over') return;
  if (late !== undefined) return refuse(late.error.status, late.error.name, late.error.message);
  end.answerRaw(200, { ETag: `"${part.eTag}"` }, '', 'ok');
}

function xml(code: string, message: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message></Error>`;
}
