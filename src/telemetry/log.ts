import { pino } from 'pino';
import { firstFrame } from './first-frame.js';

/** What may stand in a log line: ids, counts, durations, names of errors. Never text of a case, never a secret. */
export type LogFields = Record<string, string | number | boolean | null | undefined>;

/** JSON lines on standard output: `{"level":"info","time":"…","event":"…", …}`. */
export interface Log {
  debug(event: string, fields?: LogFields): void;
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  error(event: string, fields?: LogFields): void;
}

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

/** @param write where lines go; standard output by default. */
export function createLog(level: LogLevel, write?: (line: string) => void): Log {
  const options = {
    level,
    base: null,
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    messageKey: 'event',
    formatters: { level: (label: string) => ({ level: label }) },
  };
  const logger = write === undefined ? pino(options) : pino(options, { write });
  const line = (at: LogLevel) => (event: string, fields?: LogFields) => logger[at](fields ?? {}, event);
  return { debug: line('debug'), info: line('info'), warn: line('warn'), error: line('error') };
}

/**
 * What an error may say in a log line: its name, its code and, for our own errors, which carry no foreign text, their
 * message. A platform's own message can quote what we sent, so it stays out; of Redis's, the first word is a code.
 */
export function errorFields(error: unknown): LogFields {
  if (!(error instanceof Error)) return { error: typeof error };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : wordOfRedis(error);
  const cause = error.cause instanceof Error ? error.cause.name : undefined;
  return { error: error.name, code, cause, at: firstFrame(error) };
}

/** `READONLY`, `NOAUTH` and the like. */
function wordOfRedis(error: Error): string | undefined {
  return error.name === 'ReplyError' ? /^[A-Z]+(?=\s|$)/.exec(error.message)?.[0] : undefined;
}
