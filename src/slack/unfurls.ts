import type { KnownBlock } from '@slack/types';

/** Whose links are to be shown: a message, or what `link_shared` calls it, which is all that some messages have. */
export type UnfurlTarget =
  | { readonly channel: string; readonly ts: string }
  | { readonly unfurlId: string; readonly source: 'composer' | 'conversations_history' };

/** Cards below messages of other people, of links in them. */
export interface Unfurls {
  /**
   * Shows something of links, each by its address exactly as the event had it. Once more for the same message, it shows it
   * anew. Everybody in the channel sees it. Rejects with a SlackError.
   */
  show(target: UnfurlTarget, cards: ReadonlyMap<string, readonly KnownBlock[]>): Promise<void>;
}
