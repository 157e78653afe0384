import { useMemo } from 'react';
import type { Message } from '../../../slack/message.js';
import { perform } from '../../perform.js';
import { RichText } from '../blocks/drawn.js';
import { useInSlack } from '../in-slack.js';

function Emoji({ name }: { name: string }) {
  const elements = useMemo(
    () => [{ type: 'rich_text_section', elements: [{ type: 'emoji', name }] }],
    [name],
  );
  return <RichText elements={elements} />;
}

interface ReactionsProps {
  message: Message;
  failed(sentence: string): void;
}

/** What people have put under a message. Pressing one adds or takes away the reader's own. */
export function Reactions({ message, failed }: ReactionsProps) {
  const { user } = useInSlack();
  const { channel, ts, reactions = [] } = message;

  async function toggle(name: string, on: boolean): Promise<void> {
    const answer = await perform('react', { user, channel, ts, name, on });
    if (!answer.ok) failed(answer.error);
  }

  return (
    <ul aria-label="Reactions" className="slk-reactions">
      {reactions.map(({ name, users }) => {
        const isMine = users.includes(user);
        return (
          <li key={name}>
            <button
              aria-label={`:${name}: ${users.length}`}
              aria-pressed={isMine}
              className={isMine ? 'slk-reaction slk-reaction-mine' : 'slk-reaction'}
              onClick={() => void toggle(name, !isMine)}
              type="button"
            >
              <Emoji name={name} />
              {users.length}
            </button>
          </li>
        );
      })}
    </ul>
  );
}
