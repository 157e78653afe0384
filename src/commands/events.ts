import { openedHome } from './home/opened-home.js';
import type { OnEvent } from './interaction.js';
import { addedReaction, removedReaction } from './people/on-reaction.js';
import { sharedLinks } from './unfurl/shared-links.js';

/** What happens at events of Slack other than mentions, by their type. */
export const EVENTS: Readonly<Record<string, OnEvent>> = {
  app_home_opened: openedHome,
  link_shared: sharedLinks,
  reaction_added: addedReaction,
  reaction_removed: removedReaction,
};
