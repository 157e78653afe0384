/** Why Slack does not take a file, or does not give one out: sentences for people, with what to do. */
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
  file_upload_size_restricted: 'Slack does not take files of this size. “Get a link” leads to it at AWS.',
  blocked_file_type: `The workspace does not allow files of this kind. ${ADMIN}`,
  malware_detected:
    'Slack has found something harmful in the file, and did not take it. Look at it in the AWS console, with care.',
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

const NO_SCOPE =
  'Slack does not let me read files: the app lacks the permission files:read. Ask whoever runs Casethread to install the app again from manifest.yml.';
export const LOGIN =
  'Slack gave me its login page instead of the file. Either the app lacks the permission files:read, or the bot is not in the conversation in which the file is: invite it there, or ask whoever runs Casethread to install the app again from manifest.yml.';
export const HIDDEN =
  'Slack does not show me this file. It was deleted, or the bot is not in the conversation in which it is: invite it there, or attach the file in the AWS console.';
export const DELETED = 'It was deleted in Slack. Upload it once more, or send your reply without it.';
export const ELSEWHERE =
  'Slack does not hold it: it is a link to another service. Download it there, and upload it to Slack as a file.';
export const OF_OTHERS =
  'It belongs to another company that shares the channel, and Slack does not give it to me. Download it, and upload it to Slack yourself.';
export const DOCUMENT =
  'It is a document that lives in Slack only, and not a file. Export it, for example as PDF, and upload that.';
const OVER_LIMIT = 'The workspace hides it because of its plan. Upload it to Slack once more.';
export const AWAY = 'Slack cannot give out files at the moment. Send it again in a minute.';

/** Slack's words for files whose bytes nobody can have (facts: slack.md, section 6). */
export const WITHOUT_BYTES: Readonly<Record<string, string>> = {
  tombstone: DELETED,
  external: ELSEWHERE,
  hidden_by_limit: OVER_LIMIT,
  post: DOCUMENT,
  quip: DOCUMENT,
  canvas: DOCUMENT,
  list: DOCUMENT,
};

/** Errors of files.info that are about the file and not about the app. */
export const REFUSED: Readonly<Record<string, string>> = {
  missing_scope: NO_SCOPE,
  file_not_found: HIDDEN,
  not_visible: HIDDEN,
  access_denied: OF_OTHERS,
  file_deleted: DELETED,
};

export const EMPTY = 'It is empty, and AWS takes no empty files. Send your reply without it.';
export const WRONG_LENGTH =
  'Slack gave me something of another length than the file has. Upload it to Slack once more.';
