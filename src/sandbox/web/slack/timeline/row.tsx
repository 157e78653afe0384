/** One thing that was said: picture, name, time, and what it says. */
import type { ReactNode } from 'react';
import { useIsApp, useName } from '../in-slack.js';
import { clock, fullTime, shortClock, timeOf } from '../time/clock.js';
import { Avatar } from './avatar.js';
import './row.css';

interface RowProps {
  user: string;
  ts: string;
  /** Without name and picture: it goes on from the one above. */
  compact?: boolean;
  quiet?: boolean;
  above?: ReactNode;
  tools?: ReactNode;
  children: ReactNode;
}

export function Row({ user, ts, compact = false, quiet = false, above, tools, children }: RowProps) {
  const name = useName(user);
  const app = useIsApp(user);
  const at = timeOf(ts);
  const time = (
    <time className="slk-time" dateTime={at.toISOString()} title={fullTime(at)}>
      {compact ? shortClock(at) : clock(at)}
    </time>
  );
  return (
    <article
      aria-label={`${name}, ${clock(at)}`}
      className={`slk-row${compact ? ' slk-row-compact' : ''}${quiet ? ' slk-row-quiet' : ''}`}
      data-ts={ts}
    >
      {above}
      <div className="slk-row-side">{compact ? time : <Avatar user={user} />}</div>
      <div className="slk-row-main">
        {compact ? null : (
          <div className="slk-row-head">
            <strong className="slk-row-name">{name}</strong>
            {app ? <span className="slk-app">APP</span> : null}
            {time}
          </div>
        )}
        {children}
      </div>
      {tools}
    </article>
  );
}
