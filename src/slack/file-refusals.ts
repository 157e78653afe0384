import type { SlackError } from './slack-error.js';

const ADMIN = 'Ask a workspace admin, and try again then.';

/** What Slack says of files alone, and what to do about it. */
const REFUSALS: Readonly<Record<string, string>> = {
  missing_scope:
    'The Slack app may not upload files: it lacks the permission files:write. Install the app again from manifest.yml.',
  storage_limit_reached: `The workspace has no room left for files. ${ADMIN}`,
  team_storage_limit_reached: `The workspace has no room left for files. ${ADMIN}`,
  file_uploads_disabled: `The workspace allows no files. ${ADMIN}`,
  file_uploads_except_images_disabled: `The workspace allows no files but pictures. ${ADMIN}`,
  file_upload_size_restricted: 'Slack does not take files of this size.',
  blocked_file_type: `The workspace does not allow files of this kind. ${ADMIN}`,
  malware_detected: 'Slack has found something harmful in the file, and did not take it.',
  slack_connect_file_upload_sharing_blocked: `Files may not be shared in this channel. ${ADMIN}`,
  slack_connect_file_upload_sharing_blocked_by_dlp: `Files may not be shared in this channel. ${ADMIN}`,
};

/** Why Slack does not take a file, in a sentence. */
export function fileRefusal({ code, kind, sentence }: SlackError): string {
  if (Object.hasOwn(REFUSALS, code)) return REFUSALS[code] ?? '';
  return kind === 'rejected' ? `Slack did not take the file (${code}).` : sentence;
}

/** Whether it keeps files alone out of Slack, and no message. */
export function isAboutFile({ code, kind }: SlackError): boolean {
  return kind === 'rejected' || (kind === 'needs-person' && code === 'missing_scope');
}
