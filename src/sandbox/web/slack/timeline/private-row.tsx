import { memo, type ReactNode, useCallback, useMemo } from 'react';
import type { Ephemeral } from '../../../slack/ephemeral.js';
import { SLACKBOT, useInSlack } from '../in-slack.js';
import { dismiss, forget, type Note, tell } from '../notes.js';
import { Content } from './content.js';
import { MessageSurface } from './message-surface.js';
import { Row } from './row.js';

function OnlyYou() {
  return (
    <div className="slk-only-you">
      <svg aria-hidden="true" fill="none" height="14" viewBox="0 0 24 24" width="14">
        <path d="M2 12s4-7 10-7 10 7 10 7-4 7-10 7S2 12 2 12z" stroke="currentColor" strokeWidth="2" />
        <circle cx="12" cy="12" r="3" stroke="currentColor" strokeWidth="2" />
      </svg>
      Only visible to you
    </div>
  );
}

interface PrivateRowProps {
  user: string;
  ts: string;
  onDismiss(): void;
  children: ReactNode;
}

function PrivateRow({ user, ts, onDismiss, children }: PrivateRowProps) {
  return (
    <Row above={<OnlyYou />} quiet ts={ts} user={user}>
      {children}
      <button className="slk-text-button slk-dismiss" onClick={onDismiss} type="button">
        Dismiss message
      </button>
    </Row>
  );
}

/** What the app says to one person. */
export const EphemeralRow = memo(function EphemeralRow({ ephemeral }: { ephemeral: Ephemeral }) {
  const { user, about, look } = useInSlack();
  const { ts, channel, threadTs } = ephemeral;
  const on = useMemo(() => ({ ephemeral: ts }), [ts]);
  const failed = useCallback(
    (text: string) => tell({ user, channel, text, ...(threadTs === undefined ? {} : { threadTs }) }, look()),
    [user, channel, threadTs, look],
  );
  return (
    <PrivateRow onDismiss={() => dismiss(ts)} ts={ts} user={about.botUser}>
      <MessageSurface failed={failed} on={on}>
        <Content
          blocks={ephemeral.blocks}
          text={ephemeral.text}
          {...(ephemeral.parse === undefined ? {} : { parse: ephemeral.parse })}
        />
      </MessageSurface>
    </PrivateRow>
  );
});

/** What Slack itself says to one person, because something did not work. */
export const NoteRow = memo(function NoteRow({ note }: { note: Note }) {
  return (
    <PrivateRow onDismiss={() => forget(note.id)} ts={note.ts} user={SLACKBOT}>
      <p className="slk-note">{note.text}</p>
      {note.typed === undefined ? null : <pre className="slk-note-typed">{note.typed}</pre>}
    </PrivateRow>
  );
});
