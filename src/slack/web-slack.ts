import type { WebClient } from '@slack/web-api';
import type { Pacer } from '../pace/pacer.js';
import type { Log } from '../telemetry/log.js';
import { countedCall } from './counted-call.js';
import { foundEntry } from './found-entry.js';
import { ENTRY_EVENT_TYPE, type EntryTag, type Message } from './message.js';
import { PAGE, readPage } from './read-page.js';
import type { FoundEntry, Place, PostUrgency, ReadRange, Slack } from './slack.js';
import { SlackError } from './slack-error.js';
import { pauseWhenLimited, takeTurn } from './take-turn.js';
import { webWorkspace } from './web-workspace.js';

export interface WebSlackDeps {
  /** Must not retry by itself: see webClientOptions. */
  readonly client: WebClient;
  /** A lane for each channel, and for each person who is written to directly. */
  readonly posts: Pacer;
  /** A lane for each method: there the limit is per method and workspace, not per channel. */
  readonly updates: Pacer;
  readonly reads: Pacer;
  /** Whether Slack shows previews of what links lead to. */
  readonly unfurl: boolean;
  readonly log: Log;
  readonly count: (method: string, result: string) => void;
}

/** Nothing of foreign text is turned into links or mentions, and no link is unfolded unless somebody asked for that. */
const asWritten = (unfurl: boolean) =>
  ({ parse: 'none', link_names: false, unfurl_links: unfurl, unfurl_media: unfurl }) as const;
const UPDATES = 'chat.update';
/** Whose message the placeholder of a deleted one is. */
const SLACKBOT = 'USLACKBOT';
const PRIORITY: Record<PostUrgency, number> = { now: 1, backlog: 0 };
/** Reading back is bounded: what is looked for was posted a moment ago. */
const MAX_PAGES = 25;

/** Slack over the SDK: paced, each call once, errors mapped. */
export function webSlack({ client, posts, updates, reads, unfurl, log, count }: WebSlackDeps): Slack {
  const call = countedCall(count);
  const { self, ...workspace } = webWorkspace(client, call);

  /** Better plain than lost: the text holds everything that the blocks hold. */
  const asLaidOutOrPlain = <T>(message: Message, send: (content: Content) => Promise<T>): Promise<T> =>
    send(message).catch((error: unknown) => {
      if (!isAboutBlocks(error)) throw error;
      log.error('Slack refused the layout of a message, so it is shown as plain text', { code: error.code });
      return send({ text: message.text });
    });

  /** One page, in the pace that the method has for the whole workspace. */
  const read = async (place: Place, range: ReadRange) => {
    const method = place.threadTs === null ? 'conversations.history' : 'conversations.replies';
    await takeTurn(reads, method, 0);
    return readPage(client, call, place, range).catch((error: unknown) =>
      pauseWhenLimited(reads, method, error),
    );
  };

  const remove: Slack['remove'] = async (channel, ts, stillOurs) => {
    stillOurs();
    await call('chat.delete', () => client.chat.delete({ channel, ts })).catch((error: unknown) => {
      if (!(error instanceof SlackError) || error.kind !== 'gone') throw error;
    });
  };

  /**
   * Slack takes a reply to a message that was deleted: it shows it under the placeholder, where nobody sees it in the
   * channel, or as a message of the channel itself (slack-go/slack#1571). What came back says so.
   */
  const isLost = async (
    { channel, threadTs }: Place,
    posted: { thread_ts?: string; parent_user_id?: string } | undefined,
  ): Promise<boolean> => {
    if (threadTs === null || posted === undefined) return false;
    if (posted.thread_ts !== undefined) return posted.parent_user_id === SLACKBOT;
    // Before it is deleted, Slack has to say that there is no such thread.
    return read({ channel, threadTs }, { oldest: threadTs, limit: 1 }).then(
      () => false,
      (error: unknown) => error instanceof SlackError && error.kind === 'gone',
    );
  };

  return {
    async post({ channel, threadTs, broadcast = false }, message, tag, urgency, atTurn) {
      await takeTurn(posts, channel, PRIORITY[urgency]);
      const content = {
        channel,
        ...asWritten(unfurl),
        ...(threadTs === null ? {} : inThread(threadTs, broadcast)),
        metadata: tagged(tag),
      };
      const answer = await asLaidOutOrPlain(message, async (shown) => {
        await atTurn();
        return call('chat.postMessage', () => client.chat.postMessage({ ...content, ...shown })).catch(
          (error: unknown) => pauseWhenLimited(posts, channel, error),
        );
      });
      const ts = answer.ts ?? '';
      if (await isLost({ channel, threadTs }, answer.message)) {
        // It has just been posted by us, and stands where it means nothing: whoever has the case now, it has to go.
        const happened = await remove(channel, ts, () => undefined).then(
          () => 'no' as const,
          () => 'maybe' as const,
        );
        throw new SlackError('gone', 'deleted_root', 'The thread is not in Slack any more.', happened);
      }
      return ts;
    },

    async update(channel, ts, message, stillOurs, tag) {
      await takeTurn(updates, UPDATES, 0);
      const metadata = tag === undefined ? {} : { metadata: tagged(tag) };
      await asLaidOutOrPlain(message, (content) => {
        stillOurs();
        return call('chat.update', () =>
          client.chat.update({ channel, ts, ...content, ...metadata, parse: 'none', link_names: false }),
        ).catch((error: unknown) => pauseWhenLimited(updates, UPDATES, error));
      });
    },

    async findEntries(place, oldest) {
      // What is found must be ours: without knowing who we are, nothing is taken for posted.
      const ourselves = await self();
      const found: FoundEntry[] = [];
      let cursor: string | undefined;
      for (let page = 0; page < MAX_PAGES; page++) {
        const answer = await read(place, {
          oldest,
          limit: PAGE,
          ...(cursor === undefined ? {} : { cursor }),
        });
        found.push(
          ...(answer.messages ?? [])
            .map((message) => foundEntry(message, ourselves))
            .filter((entry) => entry !== null),
        );
        cursor = answer.response_metadata?.next_cursor || undefined;
        if (cursor === undefined) break;
      }
      return found.sort((a, b) => Number(a.ts) - Number(b.ts));
    },

    async readEntries(place, range) {
      const ourselves = await self();
      const { messages = [], response_metadata } = await read(place, range);
      return {
        entries: messages.flatMap((message) => foundEntry(message, ourselves) ?? []),
        deletedRoots: messages.flatMap(({ ts, subtype, reply_count = 0 }) =>
          ts !== undefined && subtype === 'tombstone' && reply_count > 0 ? [ts] : [],
        ),
        next: response_metadata?.next_cursor || null,
      };
    },

    remove,

    async postEphemeral({ channel, threadTs }, user, message) {
      // What blocks say beyond the text is missing then, but whoever asked is answered.
      await asLaidOutOrPlain(message, (content) =>
        call('chat.postEphemeral', () =>
          client.chat.postEphemeral({
            channel,
            ...(threadTs === null ? {} : { thread_ts: threadTs }),
            user,
            ...content,
            parse: 'none',
            link_names: false,
          }),
        ),
      );
    },

    async postDirect(user, message) {
      await takeTurn(posts, user, PRIORITY.now);
      await call('chat.postMessage', () =>
        client.chat.postMessage({
          channel: user,
          text: message.text,
          blocks: message.blocks,
          ...asWritten(false),
        }),
      );
    },

    ...workspace,
  };
}

function inThread(threadTs: string, broadcast: boolean) {
  return broadcast
    ? { thread_ts: threadTs, reply_broadcast: true as const }
    : { thread_ts: threadTs, reply_broadcast: false as const };
}

function tagged(tag: EntryTag) {
  return { event_type: ENTRY_EVENT_TYPE, event_payload: { ...tag } };
}

type Content = Pick<Message, 'text'> & Partial<Pick<Message, 'blocks'>>;

function isAboutBlocks(error: unknown): error is SlackError {
  return error instanceof SlackError && error.kind === 'rejected' && /blocks/.test(error.code);
}
