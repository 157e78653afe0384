import type { JsonObject } from '../json-object.js';
import type { Workspace } from '../workspace.js';
import { kindOf } from './file-kind.js';
import type { FileShare, StoredFile } from './stored-file.js';

/** The name as it stands in a URL: Slack puts it into small letters and keeps only the plain ones. */
function tidy(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9._-]+/g, '_') || 'file';
}

export interface WireFileOptions {
  /** With the messages that show it, as files.info has them; messages do not repeat them. */
  shares?: boolean;
  /** As it is just after the upload, before Slack has looked into it: of no kind yet, and shared nowhere. */
  fresh?: boolean;
}

/** Slack's file object. A deleted file is a tombstone. */
export function wireFile(workspace: Workspace, file: StoredFile, options: WireFileOptions = {}): JsonObject {
  if (file.state === 'deleted') return { id: file.id, mode: 'tombstone' };
  const { app, origin } = workspace;
  // Slack Connect: nothing but where to ask (facts: slack.md, section 6).
  if (file.held === 'of-others') return { id: file.id, mode: 'file_access', file_access: 'check_file_info' };
  const seconds = Math.floor(file.at / 1_000);
  const kind = kindOf(file.name, file.mimetype);
  const folder = `${origin}/files-pri/${app.teamId}-${file.id}`;
  const name = tidy(file.name);
  return {
    id: file.id,
    created: seconds,
    timestamp: seconds,
    name: file.name,
    title: file.title,
    mimetype: options.fresh === true ? '' : kind.mimetype,
    filetype: options.fresh === true ? '' : kind.filetype,
    pretty_type: options.fresh === true ? '' : kind.prettyType,
    user: file.user,
    user_team: app.teamId,
    editable: false,
    size: file.size,
    mode: file.held === 'external' ? 'external' : 'hosted',
    is_external: file.held === 'external',
    external_type: file.held === 'external' ? 'gdrive' : '',
    is_public: file.shares.some(({ channel }) => workspace.channels.get(channel)?.isPrivate === false),
    public_url_shared: false,
    display_as_bot: false,
    username: '',
    url_private: `${folder}/${name}`,
    url_private_download: `${folder}/download/${name}`,
    permalink: `${app.teamUrl}files/${file.user}/${file.id}/${name}`,
    ...(file.altText === undefined ? {} : { alt_txt: file.altText }),
    has_rich_preview: false,
    ...(options.shares === true || options.fresh === true
      ? sharesOf(workspace, options.fresh === true ? [] : file.shares)
      : {}),
  };
}

function sharesOf(workspace: Workspace, shares: readonly FileShare[]): JsonObject {
  const channels: string[] = [];
  const groups: string[] = [];
  const ims: string[] = [];
  const all: { public?: { [id: string]: JsonObject[] }; private?: { [id: string]: JsonObject[] } } = {};
  for (const { channel: id, ts, threadTs } of shares) {
    const channel = workspace.channels.get(id);
    if (channel === undefined) continue;
    const list = channel.im !== undefined ? ims : channel.isPrivate ? groups : channels;
    if (!list.includes(id)) list.push(id);
    const kind = channel.isPrivate ? 'private' : 'public';
    const there = all[kind] ?? {};
    all[kind] = there;
    const share = {
      ts,
      channel_name: channel.name,
      team_id: workspace.app.teamId,
      reply_users: [],
      reply_users_count: 0,
      reply_count: 0,
      ...(threadTs === undefined ? {} : { thread_ts: threadTs }),
    };
    there[id] = [...(there[id] ?? []), share];
  }
  return { channels, groups, ims, shares: all, comments_count: 0, is_starred: false };
}
