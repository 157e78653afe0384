/** What the replicas have logged, and whether it is as it should be. */
import type { Replica } from './replica.js';
import type { Outage } from './world.js';

/** After an outage, calls that it has hit come to their end, and connections back. */
const AFTERMATH_MS = 12_000;

const LINES_BEFORE = 6;

export interface LogVerdict {
  readonly differences: readonly string[];
  /** Kinds of error lines that faults explain, with how often they came. */
  readonly explained: ReadonlyMap<string, number>;
}

/** @param secret what must stand in no line. */
export function judgeLogs(
  replicas: readonly Replica[],
  outages: readonly Outage[],
  secret: RegExp,
): LogVerdict {
  const unexplained = new Map<string, number>();
  const explained = new Map<string, number>();
  const differences: string[] = [];
  for (const replica of replicas) {
    const logged = replica.logged();
    if (secret.test(logged)) differences.push(`${replica.name} has text of a case in its log.`);
    const lines = logged.split('\n');
    for (const [index, line] of lines.entries()) {
      if (!line.includes('"level":"error"')) continue;
      const before = lines.slice(Math.max(0, index - LINES_BEFORE), index);
      const why = isLeftToSlack(line, before) ?? explanation(line, replica, outages);
      const [into, kind] = why === null ? [unexplained, kindOf(line)] : [explained, why];
      into.set(kind, (into.get(kind) ?? 0) + 1);
    }
  }
  for (const [kind, often] of unexplained) differences.push(`An error in the log, ${often} times: ${kind}`);
  return { differences, explained };
}

/** A person could not be told, so Slack is made to send what they wrote again. */
function isLeftToSlack(line: string, before: readonly string[]): string | null {
  if (!line.includes('"code":"slack_bolt_unknown_error"')) return null;
  const isSo = before.some((each) => each.includes('"event":"an answer did not reach Slack"'));
  return isSo ? 'a person could not be told, and Slack sent their message again' : null;
}

function explanation(line: string, { name, skewMs }: Replica, outages: readonly Outage[]): string | null {
  if (line.includes('"event":"Slack is not well"')) return 'Slack refused the bot, or was away';
  // The line has the time of a clock that is wrong.
  const at = Date.parse(/"time":"([^"]*)"/.exec(line)?.[1] ?? '') - skewMs;
  const of = (who: string | null) =>
    outages.some(({ replica, from, to }) => replica === who && at >= from - 1_000 && at <= to + AFTERMATH_MS);
  if (of(null)) return 'Redis was away';
  return of(name) ? 'the replica had stood still' : null;
}

/** Without what differs from line to line. */
function kindOf(line: string): string {
  return line.replace(/"(?:time|key|attempt)":(?:"[^"]*"|\d+),?/g, '').slice(0, 300);
}
