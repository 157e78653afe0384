import { FILE_REASONS } from './reasons.js';
import type { DownloadLink, SupportApi } from './support-api.js';
import { SupportError } from './support-error.js';

/** A file on its way from AWS. Whoever has it reads its bytes to the end, or cancels them. */
export interface OpenFile {
  readonly fileName: string;
  /** In bytes. */
  readonly size: number;
  readonly bytes: ReadableStream<Uint8Array>;
}

/**
 * Begins to fetch a file of a case: by a link, or where the link is refused, itself, which AWS allows up to 5 MB. Rejects
 * with a SupportError. The address is asked without anything of ours that could be kept: it is itself the permission.
 */
export async function openAttachment(
  api: Pick<SupportApi, 'downloadLink' | 'smallAttachment'>,
  attachmentId: string,
  signal: AbortSignal,
): Promise<OpenFile> {
  let link: DownloadLink;
  try {
    link = await api.downloadLink(attachmentId);
  } catch (refused) {
    if (!(refused instanceof SupportError) || !isWithoutLinks(refused)) throw refused;
    return asItself(api, attachmentId, refused);
  }
  return openLink(link, signal);
}

/** Roles from before the newer operation may not call it, and not every partition has it. */
function isWithoutLinks({ kind, code }: SupportError): boolean {
  return kind === 'no-permission' || code === 'UnknownOperationException';
}

async function asItself(
  api: Pick<SupportApi, 'smallAttachment'>,
  attachmentId: string,
  refused: SupportError,
): Promise<OpenFile> {
  const { fileName, data } = await api.smallAttachment(attachmentId).catch((error: unknown) => {
    const isRefused =
      error instanceof SupportError && error.kind !== 'throttled' && error.kind !== 'unreachable';
    // With the first permission, this one would not have been asked for.
    throw isRefused ? refused : error;
  });
  return { fileName, size: data.byteLength, bytes: new Blob([data as Uint8Array<ArrayBuffer>]).stream() };
}

async function openLink({ fileName, url }: DownloadLink, signal: AbortSignal): Promise<OpenFile> {
  const { host } = new URL(url);
  const answer = await fetch(url, {
    signal,
    redirect: 'error',
    // Its length is to be that of the file.
    headers: { 'accept-encoding': 'identity' },
  }).catch((cause: unknown) => {
    throw unreachable(FILE_REASONS.cannotFetch(host), 'no-answer', cause);
  });
  const size = Number(answer.headers.get('content-length') ?? Number.NaN);
  const isPlain = (answer.headers.get('content-encoding') ?? 'identity') === 'identity';
  if (answer.ok && answer.body !== null && isPlain && Number.isSafeInteger(size)) {
    return { fileName, size, bytes: answer.body };
  }
  await answer.body?.cancel();
  const code = `http-${answer.status}`;
  if (answer.status >= 500 || answer.status === 429) {
    throw unreachable(FILE_REASONS.badAnswer(host), code);
  }
  throw new SupportError(
    'refused',
    code,
    answer.ok ? FILE_REASONS.noLength : FILE_REASONS.refused(host, answer.status),
    'no',
  );
}

function unreachable(sentence: string, code: string, cause?: unknown): SupportError {
  return new SupportError('unreachable', code, sentence, 'no', { cause });
}
