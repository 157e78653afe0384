import { useNow } from '../shell/use-now.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const DAY = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });
const WHOLE = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  timeZoneName: 'short',
});

function ago(time: number, now: number): string {
  const past = now - time;
  if (past < MINUTE) return 'just now';
  if (past < HOUR) return `${Math.floor(past / MINUTE)} min ago`;
  if (past < 24 * HOUR) return `${Math.floor(past / HOUR)} h ago`;
  const days = Math.floor(past / (24 * HOUR));
  return days < 7 ? `${days} ${days === 1 ? 'day' : 'days'} ago` : DAY.format(time);
}

/** How long ago it was. */
export function Ago({ at }: { at: string }) {
  const now = useNow(20_000);
  const time = Date.parse(at);
  return (
    <time dateTime={at} title={WHOLE.format(time)}>
      {ago(time, now)}
    </time>
  );
}

/** The moment, to the second. */
export function Moment({ at }: { at: string }) {
  return <time dateTime={at}>{WHOLE.format(Date.parse(at))}</time>;
}
