import type { Workspace } from '../workspace.js';
import type { StoredFile } from './stored-file.js';

/** Whether the app may know of the file: its own, one it was given in a modal, or one in a conversation it is in. */
export function isVisible(workspace: Workspace, file: StoredFile): boolean {
  if (file.user === workspace.app.botUser || file.givenToApp) return true;
  return file.shares.some(({ channel }) => workspace.channels.get(channel)?.isMember === true);
}
