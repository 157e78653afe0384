import { type Logger, LogLevel } from '@slack/web-api';
import type { Log } from '../telemetry/log.js';

/**
 * The log lines of Slack's SDK in ours. It quotes requests in them, and requests hold what people typed, so only the kind
 * of line is kept. Without a logger it prints lines of its own to standard output, where every line of ours is JSON.
 */
export function sdkLogger(log: Log): Logger {
  return {
    debug: () => undefined,
    info: () => undefined,
    warn: (...words) => log.debug('Slack SDK warning', { kind: kindOf(words) }),
    error: (...words) => log.warn('Slack SDK error', { kind: kindOf(words) }),
    setLevel: () => undefined,
    getLevel: () => LogLevel.WARN,
    setName: () => undefined,
  };
}

/** The first sentence, if it is one of the SDK's own: anything quoted comes behind it. */
function kindOf(words: readonly unknown[]): string {
  const [first] = words;
  if (first instanceof Error) return first.name;
  return typeof first === 'string' ? (/^[A-Za-z' ()_-]{1,80}/.exec(first)?.[0] ?? 'other').trim() : 'other';
}
