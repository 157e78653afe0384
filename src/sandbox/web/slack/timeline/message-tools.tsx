import { useRef, useState } from 'react';
import type { Message } from '../../../slack/message.js';
import { perform } from '../../perform.js';
import { openThread } from '../../selection.js';
import { Menu } from '../dialog/menu.js';
import { useInSlack } from '../in-slack.js';

/** The one reaction that this page offers. */
const EYES = 'eyes';

interface MessageToolsProps {
  message: Message;
  inThread: boolean;
  failed(sentence: string): void;
}

/** What can be done to a message; it appears at its corner for whoever points at it or reaches it by keyboard. */
export function MessageTools({ message, inThread, failed }: MessageToolsProps) {
  const { user, about } = useInSlack();
  const [open, setOpen] = useState(false);
  const more = useRef<HTMLButtonElement>(null);
  const { channel, ts } = message;
  const hasEyes =
    message.reactions?.some(({ name, users }) => name === EYES && users.includes(user)) === true;

  async function choose(callbackId: string): Promise<void> {
    const answer = await perform('shortcut', { user, callbackId, channel, ts });
    if (!answer.ok) failed(answer.error);
  }

  async function react(): Promise<void> {
    const answer = await perform('react', { user, channel, ts, name: EYES, on: !hasEyes });
    if (!answer.ok) failed(answer.error);
  }

  return (
    <div className={open ? 'slk-tools slk-tools-open' : 'slk-tools'}>
      <button
        aria-label={hasEyes ? 'Take :eyes: away' : 'React with :eyes:'}
        aria-pressed={hasEyes}
        onClick={() => void react()}
        title={hasEyes ? 'Take :eyes: away' : 'React with :eyes:'}
        type="button"
      >
        <svg aria-hidden="true" fill="none" height="18" viewBox="0 0 24 24" width="18">
          <g stroke="currentColor" strokeWidth="1.8">
            <ellipse cx="7" cy="12" rx="4" ry="6" />
            <ellipse cx="17" cy="12" rx="4" ry="6" />
          </g>
          <circle cx="8.5" cy="13" fill="currentColor" r="2" />
          <circle cx="18.5" cy="13" fill="currentColor" r="2" />
        </svg>
      </button>
      {inThread ? null : (
        <button
          aria-label="Reply in thread"
          onClick={() => openThread.set({ channel, ts: message.threadTs ?? ts })}
          title="Reply in thread"
          type="button"
        >
          <svg aria-hidden="true" fill="none" height="18" viewBox="0 0 24 24" width="18">
            <path
              d="M4 5h16v11H11l-5 4v-4H4z"
              stroke="currentColor"
              strokeLinejoin="round"
              strokeWidth="1.8"
            />
          </svg>
        </button>
      )}
      {about.shortcuts.length === 0 ? null : (
        <button
          aria-expanded={open}
          aria-haspopup="menu"
          aria-label="More actions"
          onClick={() => setOpen(!open)}
          ref={more}
          title="More actions"
          type="button"
        >
          ⋯
        </button>
      )}
      {open ? (
        <Menu
          anchor={more}
          items={about.shortcuts.map(({ name, callbackId }) => ({
            key: callbackId,
            label: name,
            choose: () => void choose(callbackId),
          }))}
          label="More actions"
          onClose={() => setOpen(false)}
        />
      ) : null}
    </div>
  );
}
