import { SHORTCUTS } from '../slack/action-ids.js';
import type { OnShortcut } from './interaction.js';
import { openFromMessage } from './reply-form/ways-in.js';

/** What the shortcuts of messages do, by their `callback_id` in the manifest. */
export const ON_MESSAGES: Readonly<Record<string, OnShortcut>> = {
  [SHORTCUTS.sendToAws]: openFromMessage,
};
