import { GetAttachmentDownloadLinkCommand, type SupportClient } from '@aws-sdk/client-support';
import { NO_LINK } from './reasons.js';
import type { DownloadLink } from './support-api.js';
import { SupportError } from './support-error.js';
import { milliseconds } from './wire.js';

/**
 * The address as AWS gives it. Only https is taken, or the very host at which AWS Support is asked, which in tests is asked
 * by http: what is behind the link is shown to people, and nobody in between may change it.
 */
export async function getDownloadLink(client: SupportClient, attachmentId: string): Promise<DownloadLink> {
  const command = new GetAttachmentDownloadLinkCommand({ attachmentId });
  let asked = '';
  command.middlewareStack.add(
    (next) => (args) => {
      asked = hostOf(args.request);
      return next(args);
    },
    { step: 'finalizeRequest', name: 'askedHost' },
  );
  const { fileName, downloadUrl } = await client.send(command);
  const url = URL.canParse(downloadUrl?.url ?? '') ? new URL(downloadUrl?.url ?? '') : null;
  if (url === null || (url.protocol !== 'https:' && (url.protocol !== 'http:' || url.host !== asked))) {
    throw new SupportError('refused', 'no-link', NO_LINK, 'no');
  }
  const expiresAt = milliseconds(downloadUrl?.expiryDate);
  return { fileName: fileName ?? '', url: url.href, expiresAt: expiresAt === 0 ? null : expiresAt };
}

function hostOf(request: unknown): string {
  const { hostname, port } = request as { hostname?: string; port?: number };
  return port === undefined ? (hostname ?? '') : `${hostname}:${port}`;
}
