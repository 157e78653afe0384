/** Where files are put and fetched: upload URLs, and `url_private` with its download. */
import { type Answer, LOGIN_PAGE } from '../exchange.js';
import type { WebApi } from '../web-api/answer-call.js';
import type { StoredFile } from './stored-file.js';
import { isVisible } from './visible-file.js';

/** The parts of a multipart body take a few lines of their own. */
export const ENVELOPE_BYTES = 64 * 1024;

function text(status: number, body: string): Answer {
  return { status, headers: { 'content-type': 'text/plain; charset=utf-8' }, body };
}

/** The bytes in the body of an upload: raw, or the one file of a form. */
export async function uploadedBytes(contentType: string, body: Buffer): Promise<Uint8Array | undefined> {
  if (!contentType.toLowerCase().startsWith('multipart/form-data')) return body;
  try {
    const form = await new Response(body, { headers: { 'content-type': contentType } }).formData();
    const file = [...form.values()].find((value) => typeof value !== 'string');
    return file === undefined ? undefined : new Uint8Array(await file.arrayBuffer());
  } catch {
    return undefined;
  }
}

/** Takes what was posted to an upload URL. The length must be the announced one. */
export function acceptUpload(api: WebApi, file: StoredFile, bytes: Uint8Array | undefined): Answer {
  if (bytes === undefined)
    return text(400, 'There is no file in this request, or a longer one than announced');
  if (bytes.byteLength !== file.size) {
    return text(400, `The file was announced with ${file.size} bytes and has ${bytes.byteLength}`);
  }
  api.workspace.files.receive(file, bytes);
  return text(200, `OK - ${bytes.byteLength}`);
}

/** The id in the path of `url_private` or `url_private_download`. */
export function fileIn(path: string): string | undefined {
  return /^\/files-pri\/T\w+-(F\w+)\/(?:download\/)?[^/]+$/.exec(path)?.[1];
}

/**
 * The bytes, for an app that may read files and see this one. Whoever may not is sent to the login page, with the
 * status of success: that is what Slack does, and what an app must not take for the file.
 */
export function serveFile(api: WebApi, id: string, path: string, bearer: string | undefined): Answer {
  const file = api.workspace.files.get(id);
  const maySee = bearer === api.botToken && api.scopes.includes('files:read');
  if (!maySee || (file !== undefined && file.state !== 'deleted' && !isVisible(api.workspace, file)))
    return LOGIN_PAGE;
  if (file?.data === undefined || file.state !== 'complete') return text(404, 'File not found');
  const disposition = path.includes('/download/') ? 'attachment' : 'inline';
  return {
    status: 200,
    headers: {
      'content-type': file.mimetype || 'application/octet-stream',
      'content-length': String(file.data.byteLength),
      'content-disposition': `${disposition}; filename*=UTF-8''${encodeURIComponent(file.name)}`,
    },
    body: file.data,
  };
}
