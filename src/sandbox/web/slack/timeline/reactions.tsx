import { useMemo } from 'react';
import type { Reaction } from '../../../slack/message.js';
import { RichText } from '../blocks/drawn.js';
import { useInSlack } from '../in-slack.js';

function Emoji({ name }: { name: string }) {
  const elements = useMemo(
    () => [{ type: 'rich_text_section', elements: [{ type: 'emoji', name }] }],
    [name],
  );
  return <RichText elements={elements} />;
}

export function Reactions({ reactions }: { reactions: readonly Reaction[] }) {
  const { user } = useInSlack();
  return (
    <ul aria-label="Reactions" className="slk-reactions">
      {reactions.map(({ name, users }) => (
        <li className={users.includes(user) ? 'slk-reaction slk-reaction-mine' : 'slk-reaction'} key={name}>
          <Emoji name={name} />
          {users.length}
        </li>
      ))}
    </ul>
  );
}
