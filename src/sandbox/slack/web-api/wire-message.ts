import { wireFile } from '../files/wire-file.js';
import type { JsonObject } from '../json-object.js';
import { isReply, type Message } from '../message.js';
import type { Workspace } from '../workspace.js';

/** A message as the API and interaction payloads show it. */
export function wireMessage(workspace: Workspace, message: Message, metadata: 'all' | 'type'): JsonObject {
  const { app } = workspace;
  const parent =
    message.threadTs === undefined ? undefined : workspace.message(message.channel, message.threadTs);
  const replies = isReply(message) ? [] : workspace.repliesTo(message.channel, message.ts);
  const latest = replies.at(-1);
  return {
    type: 'message',
    ...(message.deleted ? { subtype: 'tombstone', hidden: true } : {}),
    ...(message.broadcast === true ? { subtype: 'thread_broadcast', root: { ts: message.threadTs } } : {}),
    user: message.user,
    ...(message.botId === undefined ? {} : { bot_id: message.botId, app_id: app.appId }),
    ts: message.ts,
    text: message.text,
    team: app.teamId,
    ...(message.blocks.length === 0 ? {} : { blocks: structuredClone(message.blocks) }),
    ...wireFiles(workspace, message),
    ...(message.unfurls === undefined || message.unfurls.length === 0
      ? {}
      : {
          attachments: message.unfurls.map(({ url, blocks }, index) => ({
            id: index + 1,
            from_url: url,
            app_unfurl_url: url,
            is_app_unfurl: true,
            app_id: app.appId,
            bot_id: app.botId,
            fallback: '[no preview available]',
            blocks: structuredClone(blocks),
          })),
        }),
    ...(message.reactions === undefined || message.reactions.length === 0
      ? {}
      : {
          reactions: message.reactions.map(({ name, users }) => ({
            name,
            users: [...users],
            count: users.length,
          })),
        }),
    ...(message.metadata === undefined
      ? {}
      : {
          metadata:
            metadata === 'all'
              ? structuredClone(message.metadata)
              : { event_type: message.metadata.event_type },
        }),
    ...(message.editedTs === undefined ? {} : { edited: { user: message.user, ts: message.editedTs } }),
    ...(message.threadTs === undefined ? {} : { thread_ts: message.threadTs }),
    ...(isReply(message) && parent !== undefined ? { parent_user_id: parent.user } : {}),
    ...(latest === undefined
      ? {}
      : {
          reply_count: replies.length,
          reply_users_count: new Set(replies.map((reply) => reply.user)).size,
          reply_users: [...new Set(replies.map((reply) => reply.user))],
          latest_reply: latest.ts,
          is_locked: false,
          subscribed: message.user === app.botUser,
        }),
  };
}

/** The files of a message, in messages and events alike; nothing where there are none. */
export function wireFiles(workspace: Workspace, message: Message): JsonObject {
  if (message.files === undefined || message.files.length === 0) return {};
  const files = message.files.map(({ id }) => {
    const file = workspace.files.get(id);
    return file === undefined ? { id, mode: 'tombstone' } : wireFile(workspace, file);
  });
  return { files, upload: false, display_as_bot: false };
}
