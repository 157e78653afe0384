import type { WebClient } from '@slack/web-api';
import type { Pacer } from '../pace/pacer.js';
import { countedCall } from './counted-call.js';
import { fileNameOf } from './file-name.js';
import { fileTag } from './file-tag.js';
import type { Place } from './slack.js';
import { SlackError } from './slack-error.js';
import { pauseWhenLimited, takeTurn } from './take-turn.js';
import { BrokenSource, type Upload, type Uploads } from './uploads.js';

export interface WebUploadsDeps {
  /** Must not retry by itself: see webClientOptions. */
  readonly client: WebClient;
  /** Another host than Slack's, to which bytes may go over http as well: for tests. */
  readonly slackApiUrl: string;
  /** The lanes of the channels, in which messages wait as well. */
  readonly posts: Pacer;
  readonly count: (method: string, result: string) => void;
}

const PRIORITY = { now: 1, backlog: 0 } as const;

/** Uploads over the SDK, which itself would hold the whole file in memory, and could share it twice. */
export function webUploads({ client, slackApiUrl, posts, count }: WebUploadsDeps): Uploads {
  const call = countedCall(count);

  return {
    async send({ fileName, size, bytes }, signal) {
      const filename = fileNameOf(fileName);
      const { upload_url = '', file_id = '' } = await call('files.getUploadURLExternal', () =>
        client.files.getUploadURLExternal({ filename, length: size }),
      ).catch(async (error: unknown) => {
        await bytes.cancel().catch(() => undefined);
        throw error;
      });
      if (!mayReceive(upload_url, slackApiUrl) || file_id === '') {
        await bytes.cancel().catch(() => undefined);
        throw new SlackError('rejected', 'no-upload-url', 'Slack gave no address for the file.', 'no');
      }
      await call('file_upload', () => put(upload_url, { size, bytes }, signal));
      return file_id;
    },

    async share({ channel, threadTs }, fileId, fileName, { text, tag }, urgency, atTurn) {
      await takeTurn(posts, channel, PRIORITY[urgency]);
      await atTurn();
      const blockId = fileTag(tag);
      const context = {
        type: 'context' as const,
        elements: [{ type: 'mrkdwn' as const, text, verbatim: true }],
        ...(blockId === null ? {} : { block_id: blockId }),
      };
      await call('files.completeUploadExternal', () =>
        client.files.completeUploadExternal({
          files: [{ id: fileId, title: fileNameOf(fileName) }],
          channel_id: channel,
          blocks: [context],
          ...(threadTs === null ? {} : { thread_ts: threadTs }),
        } as Parameters<typeof client.files.completeUploadExternal>[0]),
      ).catch((error: unknown) => pauseWhenLimited(posts, channel, error));
    },

    async shownAs(fileId, place) {
      const { file } = await call('files.info', () => client.files.info({ file: fileId }));
      return shareIn(file?.shares, place);
    },
  };
}

/** The bytes go over https, to where Slack says; over http only to the host whose Web API is asked, which in tests is not Slack. */
function mayReceive(uploadUrl: string, slackApiUrl: string): boolean {
  if (!URL.canParse(uploadUrl)) return false;
  const { protocol, host } = new URL(uploadUrl);
  return protocol === 'https:' || host === new URL(slackApiUrl).host;
}

/** As they come, without the token: the address is the permission. */
async function put(
  url: string,
  { size, bytes }: Omit<Upload, 'fileName'>,
  signal: AbortSignal,
): Promise<void> {
  const source = measured(bytes, size);
  const request: RequestInit & { duplex: 'half' } = {
    method: 'POST',
    body: source.bytes,
    duplex: 'half',
    headers: { 'content-type': 'application/octet-stream', 'content-length': String(size) },
    redirect: 'error',
    signal,
  };
  const answer = await fetch(url, request).catch((cause: unknown) => {
    throw source.isBroken() ? new BrokenSource('the source broke off', { cause }) : cause;
  });
  await answer.body?.cancel();
  if (answer.ok) return;
  if (source.isBroken()) throw new BrokenSource('the source broke off');
  const code = `http-${answer.status}`;
  // Nobody sees what was sent before it is shared, so to send it again does no harm.
  if (answer.status >= 500 || answer.status === 429)
    throw new SlackError('unreachable', code, 'Slack did not take the file at the moment.', 'no');
  throw new SlackError('rejected', code, `Slack did not take the file (${code}).`, 'no');
}

/** The same bytes, refused where they are not as many as announced; and whether it was they that failed. */
function measured(bytes: ReadableStream<Uint8Array>, size: number) {
  const reader = bytes.getReader();
  let seen = 0;
  let broken = false;
  const breakOff = (controller: ReadableStreamDefaultController<Uint8Array>, error: unknown) => {
    broken = true;
    controller.error(error);
  };
  const stream = new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const { done, value } = await reader.read();
        seen += value?.byteLength ?? 0;
        if (seen > size || (done && seen < size)) {
          breakOff(controller, new Error('not as many bytes as announced'));
          if (!done) await reader.cancel();
        } else if (done) controller.close();
        else controller.enqueue(value);
      } catch (error) {
        breakOff(controller, error);
      }
    },
    cancel: (reason) => reader.cancel(reason),
  });
  return { bytes: stream, isBroken: () => broken };
}

type Shares = NonNullable<Awaited<ReturnType<WebClient['files']['info']>>['file']>['shares'];

function shareIn(shares: Shares, { channel, threadTs }: Place): string | null {
  const there = [shares?.public, shares?.private].flatMap((kind) => kind?.[channel] ?? []);
  const found = there.find(({ thread_ts }) => (thread_ts ?? null) === threadTs);
  return found?.ts ?? null;
}
