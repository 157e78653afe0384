import type { WebClient } from '@slack/web-api';
import { FileTrouble } from '../case/file-trouble.js';
import type { Downloads, FileInSlack } from './downloads.js';
import { toSlackError } from './errors.js';
import {
  AWAY,
  DELETED,
  DOCUMENT,
  ELSEWHERE,
  EMPTY,
  HIDDEN,
  LOGIN,
  OF_OTHERS,
  REFUSED,
  WITHOUT_BYTES,
  WRONG_LENGTH,
} from './file-refusals.js';
import type { SlackError } from './slack-error.js';

export interface WebDownloadsDeps {
  /** Must not retry by itself: see webClientOptions. */
  readonly client: WebClient;
  readonly token: string;
  readonly slackApiUrl: string;
  readonly fetch: typeof fetch;
  readonly count: (method: string, result: string) => void;
  /** Without a byte for so long, a download is taken for dead. */
  readonly silentMs?: number;
}

const SLACKS_FILES = 'https://files.slack.com';
const SLACKS_API = 'https://slack.com';
const SILENT_MS = 30_000;

/**
 * Files over files.info and `fetch`, which the SDK has no method for. The token is shown to Slack's own file host alone,
 * or to the address that stands in for Slack in tests; what Slack redirects to is not followed, since a token would go
 * with it.
 */
export function webDownloads(deps: WebDownloadsDeps): Downloads {
  const { client, token, count, silentMs = SILENT_MS } = deps;
  const origin = new URL(deps.slackApiUrl).origin;
  const hosts = new Set([SLACKS_FILES, ...(origin === SLACKS_API ? [] : [origin])]);

  const info = async (file: string): Promise<Info> => {
    try {
      const answer = await client.files.info({ file });
      count('files.info', 'ok');
      return (answer.file ?? {}) as Info;
    } catch (cause) {
      const error = toSlackError(cause);
      count('files.info', error.kind);
      throw ofInfo(error);
    }
  };

  const get = async (url: string, cancel: AbortController): Promise<Response> => {
    try {
      const headers = { authorization: `Bearer ${token}`, 'accept-encoding': 'identity' };
      return await inTime(
        deps.fetch(url, { headers, redirect: 'manual', signal: cancel.signal }),
        silentMs,
        cancel,
      );
    } catch (cause) {
      throw passing('no-answer', cause);
    }
  };

  return {
    async describe(fileId) {
      const file = await info(fileId);
      const { mode = '', is_external, file_access, mimetype = '', size = 0 } = file;
      const refusal = Object.hasOwn(WITHOUT_BYTES, mode) ? WITHOUT_BYTES[mode] : undefined;
      if (refusal !== undefined) throw new FileTrouble(mode, refusal, false);
      if (is_external === true) throw new FileTrouble('external', ELSEWHERE, false);
      if (file_access === 'check_file_info' || file_access === 'access_denied')
        throw new FileTrouble(file_access, OF_OTHERS, false);
      if (file_access === 'file_not_found') throw new FileTrouble(file_access, HIDDEN, false);
      if (mimetype.startsWith('application/vnd.slack-')) throw new FileTrouble('document', DOCUMENT, false);
      const url = file.url_private_download || file.url_private || '';
      if (url === '') throw new FileTrouble('no-url', HIDDEN, false);
      if (size <= 0) throw new FileTrouble('empty', EMPTY, false);
      return { id: fileId, name: file.name || file.title || fileId, size, mimetype, url };
    },

    async open(file) {
      const { protocol, host } = parsed(file.url);
      if (!hosts.has(`${protocol}//${host}`)) throw new FileTrouble('other-host', ELSEWHERE, false);
      const cancel = new AbortController();
      const response = await get(file.url, cancel);
      try {
        checkAnswer(file, response);
      } catch (error) {
        cancel.abort();
        count('file_download', error instanceof FileTrouble && error.passes ? 'unreachable' : 'rejected');
        throw error;
      }
      count('file_download', 'ok');
      return bytesOf(file, response, cancel, silentMs);
    },
  };
}

/** Of Slack's file object, what is looked at. */
interface Info {
  readonly name?: string | null;
  readonly title?: string;
  readonly mimetype?: string;
  readonly size?: number;
  readonly mode?: string;
  readonly is_external?: boolean;
  readonly file_access?: string;
  readonly url_private?: string;
  readonly url_private_download?: string;
}

function ofInfo(error: SlackError): FileTrouble {
  const refusal = Object.hasOwn(REFUSED, error.code) ? REFUSED[error.code] : undefined;
  if (refusal !== undefined) return new FileTrouble(error.code, refusal, false, { cause: error });
  const passes = error.kind === 'unreachable' || error.kind === 'rate-limited';
  return new FileTrouble(error.code, passes ? AWAY : error.sentence, passes, { cause: error });
}

/** Refuses what is not the file, before a byte of it is read. */
function checkAnswer({ size, mimetype }: FileInSlack, { status, headers }: Response): void {
  if (status === 429 || status >= 500) throw passing(`http-${status}`);
  if (status === 404 || status === 410) throw new FileTrouble(`http-${status}`, DELETED, false);
  // To the login page, as a rule.
  if (status !== 200) throw new FileTrouble(`http-${status}`, LOGIN, false);
  const isHtml = isHtmlType(headers.get('content-type') ?? '');
  if (isHtml && !isHtmlType(mimetype)) throw new FileTrouble('login-page', LOGIN, false);
  const length = headers.get('content-length');
  if (length !== null && Number(length) !== size) {
    if (isHtml) throw new FileTrouble('login-page', LOGIN, false);
    throw wrongLength();
  }
}

async function* bytesOf(
  { size }: FileInSlack,
  response: Response,
  cancel: AbortController,
  silentMs: number,
): AsyncGenerator<Uint8Array> {
  let read = 0;
  try {
    if (response.body === null) throw passing('no-body');
    const reader: ReadableStreamDefaultReader<Uint8Array> = response.body.getReader();
    for (;;) {
      const next = await inTime(reader.read(), silentMs, cancel).catch((cause: unknown) => {
        throw passing('broken-off', cause);
      });
      if (next.done) break;
      read += next.value.byteLength;
      if (read > size) throw wrongLength();
      yield next.value;
    }
    if (read === size) return;
    const isHtml = isHtmlType(response.headers.get('content-type') ?? '');
    throw isHtml ? new FileTrouble('login-page', LOGIN, false) : passing('broken-off');
  } finally {
    // Also where nobody wants the rest of it.
    cancel.abort();
  }
}

function isHtmlType(type: string): boolean {
  return /^(text\/html|application\/xhtml\+xml)\b/i.test(type.trim());
}

function wrongLength(): FileTrouble {
  return new FileTrouble('wrong-length', WRONG_LENGTH, false);
}

function passing(code: string, cause?: unknown): FileTrouble {
  return new FileTrouble(code, AWAY, true, cause === undefined ? undefined : { cause });
}

function parsed(url: string): { readonly protocol: string; readonly host: string } {
  return URL.canParse(url) ? new URL(url) : { protocol: '', host: '' };
}

async function inTime<T>(work: Promise<T>, ms: number, cancel: AbortController): Promise<T> {
  const timer = setTimeout(() => cancel.abort(new Error('silent')), ms);
  try {
    return await work;
  } finally {
    clearTimeout(timer);
  }
}
