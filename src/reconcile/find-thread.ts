import { type CaseKey, caseKeyText } from '../case/case-key.js';
import type { RoutedCase } from '../case/route.js';
import { channelsOf, mayLieIn, type Routing } from '../case/routing.js';
import { canBeSaid } from '../slack/errors.js';
import { SlackError } from '../slack/slack-error.js';
import type { ChannelCards, FoundThread } from './channel-cards.js';
import { REASONS } from './reasons.js';

export interface FindThreadDeps {
  readonly channelCards: Pick<ChannelCards, 'find'>;
  readonly routing: () => Routing;
}

export interface Sought {
  /** Where it should be. */
  readonly channel: string;
  /** Whether it may be in other channels as well: the routes, or the case, were perhaps others when it was opened. */
  readonly elsewhere: boolean;
  readonly details: RoutedCase | null;
  /** See {@link ChannelCards.find}. */
  readonly since: number;
  readonly lostUntil: number;
}

/**
 * Looks for the thread of a case where it should be, and then in all other channels in which threads may be. A thread
 * whose card was deleted counts only where no channel has one with a card: such a case goes on in the same channel.
 *
 * A channel that cannot be read (the bot was removed from it) holds up nothing that is found elsewhere. What is found
 * nowhere waits for a person if the routes as they are may have led it there, for a second thread could not be undone; if
 * they may not, it goes on: cases of one account must not wait for the channel of another.
 */
export async function findThread(
  { channelCards, routing }: FindThreadDeps,
  key: CaseKey,
  { channel, elsewhere, details, since, lostUntil }: Sought,
): Promise<FoundThread & { readonly channel: string }> {
  const settings = routing();
  const others = elsewhere ? channelsOf(settings).filter((each) => each !== channel) : [];
  let without: (FoundThread & { readonly channel: string }) | null = null;
  let unread: SlackError | null = null;
  for (const each of [channel, ...others]) {
    try {
      const found = await channelCards.find(each, caseKeyText(key), since, lostUntil);
      if (found.card !== null) return { ...found, channel: each };
      if (found.formerTs !== null) without ??= { ...found, channel: each };
    } catch (error) {
      // Of what the whole app suffers, other channels suffer as well.
      if (!isOfChannel(error)) throw error;
      const mustBeRead = each === channel || mayLieIn(settings, each, key, details);
      if (mustBeRead) unread ??= each === settings.channel ? error : unreadIn(each, error);
    }
  }
  if (without !== null) return without;
  if (unread !== null) throw unread;
  return { card: null, formerTs: null, remains: [], channel };
}

function isOfChannel(error: unknown): error is SlackError {
  return error instanceof SlackError && error.kind === 'needs-person' && canBeSaid(error.sentence, false);
}

function unreadIn(channel: string, error: SlackError): SlackError {
  const sentence = REASONS.unreadChannel(channel, error.sentence);
  return new SlackError(error.kind, error.code, sentence, error.happened, null, { cause: error });
}
