import { memo, useCallback, useMemo } from 'react';
import type { Message } from '../../../slack/message.js';
import { usePart } from '../../live.js';
import { openThread } from '../../selection.js';
import { wordsOf } from '../blocks/text-object.js';
import { useInSlack } from '../in-slack.js';
import { tell } from '../notes.js';
import { Content } from './content.js';
import { Files } from './files.js';
import { MessageSurface } from './message-surface.js';
import { MessageTools } from './message-tools.js';
import { Reactions } from './reactions.js';
import { ReplyBar } from './reply-bar.js';
import { Row } from './row.js';
import { Unfurls } from './unfurls.js';

interface MessageRowProps {
  message: Message;
  compact: boolean;
  inThread: boolean;
  replyCount: number;
  lastReply: string;
  lastReplyBy: string;
  repliesBy: string;
}

/** A few words of a message, to refer to it. */
function excerpt(message: Message | undefined): string {
  if (message === undefined) return 'a thread';
  const header = message.blocks.find((block) => block.type === 'header');
  const words = header === undefined ? message.text : wordsOf(header.text);
  return words.length > 80 ? `${words.slice(0, 79)}…` : words || 'a thread';
}

/** Above a reply that was sent to the channel as well. */
function RepliedTo({ channel, ts }: { channel: string; ts: string }) {
  const parent = usePart(`message:${channel}:${ts}`);
  return (
    <div className="slk-replied-to">
      replied to a thread:{' '}
      <button className="slk-text-button" onClick={() => openThread.set({ channel, ts })} type="button">
        {excerpt(parent)}
      </button>
    </div>
  );
}

/** Drawn again only when something about this very message changes. */
export const MessageRow = memo(function MessageRow(props: MessageRowProps) {
  const { message, compact, inThread, replyCount } = props;
  const { user, look } = useInSlack();
  const { channel, ts, threadTs, deleted } = message;
  const on = useMemo(() => ({ message: { channel, ts } }), [channel, ts]);
  const failed = useCallback(
    (text: string) => {
      tell({ user, channel, text, ...(inThread && threadTs !== undefined ? { threadTs } : {}) }, look());
    },
    [user, channel, inThread, threadTs, look],
  );
  return (
    <Row
      compact={compact}
      tools={deleted ? null : <MessageTools failed={failed} inThread={inThread} message={message} />}
      ts={ts}
      user={message.user}
    >
      {message.broadcast === true && threadTs !== undefined && !inThread ? (
        <RepliedTo channel={channel} ts={threadTs} />
      ) : null}
      {deleted ? (
        <p className="slk-deleted">This message was deleted.</p>
      ) : (
        <MessageSurface failed={failed} on={on}>
          <Content
            blocks={message.blocks}
            text={message.text}
            {...(message.parse === undefined ? {} : { parse: message.parse })}
          />
          {message.unfurls === undefined ? null : <Unfurls unfurls={message.unfurls} />}
        </MessageSurface>
      )}
      {/* Slack marks no changes in messages that are made of blocks. */}
      {message.editedTs !== undefined && message.blocks.length === 0 && !deleted ? (
        <span className="slk-edited">(edited)</span>
      ) : null}
      {message.files === undefined || message.files.length === 0 ? null : <Files files={message.files} />}
      {message.reactions === undefined || message.reactions.length === 0 ? null : (
        <Reactions failed={failed} message={message} />
      )}
      {replyCount > 0 ? (
        <ReplyBar
          by={props.repliesBy}
          channel={channel}
          count={replyCount}
          last={props.lastReply}
          lastBy={props.lastReplyBy}
          ts={ts}
        />
      ) : null}
    </Row>
  );
});
