import { openThread } from '../../selection.js';
import { useInSlack } from '../in-slack.js';
import { useReadUpTo } from '../place.js';
import { ago, timeOf } from '../time/clock.js';
import { useMinute } from '../time/use-minute.js';
import { Avatar } from './avatar.js';

interface ReplyBarProps {
  channel: string;
  ts: string;
  count: number;
  last: string;
  lastBy: string;
  /** Joined by commas. */
  by: string;
}

/** The line under a message that opens its thread. */
export function ReplyBar({ channel, ts, count, last, lastBy, by }: ReplyBarProps) {
  const now = useMinute();
  const { user } = useInSlack();
  const unread = last > useReadUpTo(ts) && lastBy !== user;
  return (
    <button
      className={unread ? 'slk-replies slk-replies-unread' : 'slk-replies'}
      onClick={() => openThread.set({ channel, ts })}
      type="button"
    >
      <span className="slk-replies-by">
        {by.split(',').map((each) => (
          <Avatar key={each} size={22} user={each} />
        ))}
      </span>
      <strong>
        {count} {count === 1 ? 'reply' : 'replies'}
      </strong>
      <span className="slk-replies-last">
        {unread ? <span className="slk-unread">New</span> : null}
        {/* Slack says "Last reply" only where there is more than one. */}
        {count === 1 ? ago(timeOf(last), now) : `Last reply ${ago(timeOf(last), now)}`}
      </span>
    </button>
  );
}
