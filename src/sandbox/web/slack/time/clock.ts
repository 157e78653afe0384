/** Times as Slack writes them beside messages. A ts is seconds with a serial number behind the point. */

export function timeOf(ts: string): Date {
  return new Date(Number.parseFloat(ts) * 1_000);
}

export function clock(at: Date): string {
  return at.toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit' });
}

/** Without AM and PM, for a narrow place. */
export function shortClock(at: Date): string {
  return clock(at).replace(/\s*[AP]\.?M\.?$/i, '');
}

export function fullTime(at: Date): string {
  return at.toLocaleString(undefined, { dateStyle: 'full', timeStyle: 'medium' });
}

/** The same for all times of one day, here. */
export function dayOf(at: Date): string {
  return at.toDateString();
}

export function dayName(at: Date): string {
  const away = (days: number) => {
    const other = new Date();
    other.setDate(other.getDate() + days);
    return dayOf(other);
  };
  const day = dayOf(at);
  if (day === away(0)) return 'Today';
  if (day === away(-1)) return 'Yesterday';
  if (day === away(1)) return 'Tomorrow';
  const sameYear = at.getFullYear() === new Date().getFullYear();
  return at.toLocaleDateString(undefined, {
    weekday: 'long',
    month: 'long',
    day: 'numeric',
    ...(sameYear ? {} : { year: 'numeric' }),
  });
}

/** "5 minutes ago", as under a message with replies. */
export function ago(at: Date, now: number): string {
  const minutes = Math.floor((now - at.getTime()) / 60_000);
  if (minutes < 1) return 'just now';
  const [count, unit] =
    minutes < 60
      ? [minutes, 'minute']
      : minutes < 1_440
        ? [Math.floor(minutes / 60), 'hour']
        : [Math.floor(minutes / 1_440), 'day'];
  return `${count} ${unit}${count === 1 ? '' : 's'} ago`;
}
