import type { OnEvent } from './interaction.js';

/** What happens at events of Slack other than mentions, by their type. */
export const EVENTS: Readonly<Record<string, OnEvent>> = {};
