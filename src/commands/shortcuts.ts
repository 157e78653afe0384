import type { OnShortcut } from './interaction.js';

/** What the shortcuts of messages do, by their `callback_id` in the manifest. */
export const ON_MESSAGES: Readonly<Record<string, OnShortcut>> = {};
