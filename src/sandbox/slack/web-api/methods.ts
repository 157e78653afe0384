/** Every method there is. One that is not here answers unknown_method: none pretends. */
import { authTest } from './auth-test.js';
import { chatDelete } from './chat-delete.js';
import { chatGetPermalink } from './chat-get-permalink.js';
import { chatPostEphemeral } from './chat-post-ephemeral.js';
import { chatPostMessage } from './chat-post-message.js';
import { chatUnfurl } from './chat-unfurl.js';
import { chatUpdate } from './chat-update.js';
import { conversationsInfo } from './conversations-info.js';
import { conversationsList, conversationsMembers } from './conversations-list.js';
import { conversationsOpen } from './conversations-open.js';
import { conversationsHistory, conversationsReplies } from './conversations-read.js';
import { filesDelete, filesInfo } from './files-info.js';
import { filesCompleteUploadExternal, filesGetUploadUrlExternal } from './files-upload.js';
import type { Method } from './method.js';
import { reactionsAdd, reactionsRemove } from './reactions.js';
import { usergroupsUsersList } from './usergroups-users-list.js';
import { usersInfo, usersList } from './users-info.js';
import { viewsOpen, viewsPublish, viewsPush, viewsUpdate } from './views.js';

export const METHODS: ReadonlyMap<string, Method> = new Map([
  ['auth.test', authTest],
  ['chat.delete', chatDelete],
  ['chat.getPermalink', chatGetPermalink],
  ['chat.postEphemeral', chatPostEphemeral],
  ['chat.postMessage', chatPostMessage],
  ['chat.unfurl', chatUnfurl],
  ['chat.update', chatUpdate],
  ['conversations.history', conversationsHistory],
  ['conversations.info', conversationsInfo],
  ['conversations.list', conversationsList],
  ['conversations.members', conversationsMembers],
  ['conversations.open', conversationsOpen],
  ['conversations.replies', conversationsReplies],
  ['files.completeUploadExternal', filesCompleteUploadExternal],
  ['files.delete', filesDelete],
  ['files.getUploadURLExternal', filesGetUploadUrlExternal],
  ['files.info', filesInfo],
  ['reactions.add', reactionsAdd],
  ['reactions.remove', reactionsRemove],
  ['usergroups.users.list', usergroupsUsersList],
  ['users.info', usersInfo],
  ['users.list', usersList],
  ['views.open', viewsOpen],
  ['views.publish', viewsPublish],
  ['views.push', viewsPush],
  ['views.update', viewsUpdate],
]);

export const ALL_SCOPES: readonly string[] = [
  'app_mentions:read',
  'channels:history',
  'channels:read',
  'chat:write',
  'commands',
  'files:read',
  'files:write',
  'groups:history',
  'groups:read',
  'im:history',
  'im:read',
  'im:write',
  'links:read',
  'links:write',
  'reactions:read',
  'reactions:write',
  'usergroups:read',
  'users:read',
];
