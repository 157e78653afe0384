/** Blocks that only show something, drawn by the library. */
import { memo, useMemo } from 'react';
import { type Block, Message, type MessageProps } from 'slack-blocks-to-jsx';
import 'slack-blocks-to-jsx/dist/style.css';
import type { JsonObject } from '../../../slack/json-object.js';
import { usePart } from '../../live.js';
import { theme } from '../../theme.js';
import { useInSlack, useName } from '../in-slack.js';
import { slackDate } from '../time/slack-date.js';
import { useMinute } from '../time/use-minute.js';
import { counted } from './counted.js';
import './drawn.css';

function Mention({ user }: { user: string }) {
  const me = useInSlack().user === user;
  const name = useName(user);
  return <span className={me ? 'slk-mention slk-mention-me' : 'slk-mention'}>@{name}</span>;
}

function ChannelName({ channel }: { channel: string }) {
  const known = usePart(`channel:${channel}`);
  return <span className="slk-mention">#{known?.name ?? channel}</span>;
}

function Broadcast({ range }: { range: string }) {
  return <span className="slk-mention slk-mention-me">@{range}</span>;
}

/** Drawn anew each minute: `3 minutes ago` is not so for long. */
function Moment({ seconds, format, fallback }: { seconds: number; format: string; fallback: string }) {
  const now = useMinute();
  return slackDate(seconds, format, now) ?? fallback;
}

/** The library keeps the first hooks it is given, so they know nothing of what may change. */
const HOOKS: NonNullable<MessageProps['hooks']> = {
  user: ({ id }) => <Mention user={id} />,
  channel: ({ id }) => <ChannelName channel={id} />,
  usergroup: ({ id }) => <span className="slk-mention">@{id}</span>,
  atHere: () => <Broadcast range="here" />,
  atChannel: () => <Broadcast range="channel" />,
  atEveryone: () => <Broadcast range="everyone" />,
  date: ({ timestamp, format, fallback }) => (
    <Moment seconds={Number(timestamp)} format={format} fallback={fallback} />
  ),
  emoji: (data, parse) => {
    const { name, skin_tone: tone } = data as { name: string; skin_tone?: number };
    const shown = parse(data);
    const known = !/^[\w+':-]+$/.test(shown);
    const typed = tone === undefined ? `:${name}:` : `:${name}::skin-tone-${tone}:`;
    return known ? (
      <span className="slk-emoji" role="img" aria-label={`:${name}:`}>
        {shown}
      </span>
    ) : (
      typed
    );
  },
};

export const Drawn = memo(function Drawn({ blocks }: { blocks: readonly JsonObject[] }) {
  const shade = theme.use();
  const drawn = useMemo(() => blocks.map(counted), [blocks]);
  return (
    <div className="slk-drawn">
      <Message
        blocks={drawn as unknown as Block[]}
        hooks={HOOKS}
        logo=""
        name=""
        theme={shade}
        withoutWrapper
      />
    </div>
  );
});

/** Elements of rich text. */
export function RichText({ elements }: { elements: readonly JsonObject[] }) {
  const blocks = useMemo(() => [{ type: 'rich_text', elements }], [elements]);
  return elements.length === 0 ? null : <Drawn blocks={blocks} />;
}
