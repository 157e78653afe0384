/** The tokens of Slack's dates, written as the reader's browser writes dates. */
import { ago, clock, dayName } from './clock.js';

function day(at: Date, month: 'long' | 'short', weekday: boolean): string {
  return at.toLocaleDateString(undefined, {
    ...(weekday ? { weekday: 'long' as const } : {}),
    year: 'numeric',
    month,
    day: 'numeric',
  });
}

const NEAR = ['Today', 'Yesterday', 'Tomorrow'];

function pretty(at: Date, otherwise: string): string {
  const name = dayName(at);
  return NEAR.includes(name) ? name.toLowerCase() : otherwise;
}

const TOKENS: { [token: string]: (at: Date, now: number) => string } = {
  date_num: (at) => at.toLocaleDateString('sv-SE'),
  date_slash: (at) => at.toLocaleDateString(),
  date: (at) => day(at, 'long', false),
  date_short: (at) => day(at, 'short', false),
  date_long: (at) => day(at, 'long', true),
  date_pretty: (at) => pretty(at, day(at, 'long', false)),
  date_short_pretty: (at) => pretty(at, day(at, 'short', false)),
  date_long_pretty: (at) => pretty(at, day(at, 'long', true)),
  day_divider_pretty: (at) => pretty(at, day(at, 'long', true)),
  time: (at) => clock(at),
  ago: (at, now) => ago(at, now),
  time_secs: (at) => at.toLocaleTimeString(),
};

/**
 * Undefined where this is no time. A token that does not exist is shown as it is; a first word begins in capitals, where it
 * may be one that stands for a date.
 */
export function slackDate(seconds: number, format: string, now = Date.now()): string | undefined {
  const at = new Date(seconds * 1_000);
  if (Number.isNaN(at.getTime())) return undefined;
  const shown = format.replace(/\{(\w+)\}/g, (all, token: string) => TOKENS[token]?.(at, now) ?? all);
  return format.startsWith('{') && !format.startsWith('{ago}')
    ? shown.charAt(0).toUpperCase() + shown.slice(1)
    : shown;
}
