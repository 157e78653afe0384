import type { GetAttachmentDownloadLinkResponse, SupportClient } from '@aws-sdk/client-support';
import type { DownloadLink } from './support-api.js';
import { SupportError } from './support-error.js';
import { milliseconds } from './wire.js';

/**
 * The address as AWS gave it. Only https is taken, or the very address under which AWS Support is asked, which in tests is
 * not: what is behind the link is shown to people, and nobody in between may change it.
 */
export async function toDownloadLink(
  { config }: SupportClient,
  { fileName, downloadUrl }: GetAttachmentDownloadLinkResponse,
): Promise<DownloadLink> {
  const url = URL.canParse(downloadUrl?.url ?? '') ? new URL(downloadUrl?.url ?? '') : null;
  const asked = await config.endpoint?.();
  const isAsked =
    asked !== undefined && url?.hostname === asked.hostname && url.port === String(asked.port ?? '');
  if (url === null || (url.protocol !== 'https:' && !isAsked)) {
    throw new SupportError(
      'refused',
      'no-link',
      'AWS gave no address from which the file can be fetched.',
      'no',
    );
  }
  const expiresAt = milliseconds(downloadUrl?.expiryDate);
  return { fileName: fileName ?? '', url: url.href, expiresAt: expiresAt === 0 ? null : expiresAt };
}
