/** What the replicas have logged, and whether it is as it should be. */
import type { Replica } from './replica.js';

/** Error lines that faults explain: [event, why]. */
const EXPLAINED: readonly (readonly [line: RegExp, why: string])[] = [
  [/"event":"Slack is not well"/, 'the bot was out of its channel, or refused by Slack'],
];

export interface LogVerdict {
  readonly differences: readonly string[];
  /** Kinds of error lines that faults explain, with how often they came. */
  readonly explained: ReadonlyMap<string, number>;
}

/** @param secret what must stand in no line. */
export function judgeLogs(replicas: readonly Replica[], secret: RegExp): LogVerdict {
  const unexplained = new Map<string, number>();
  const explained = new Map<string, number>();
  const differences: string[] = [];
  for (const { name, logged } of replicas.map((each) => ({ name: each.name, logged: each.logged() }))) {
    if (secret.test(logged)) differences.push(`${name} has text of a case in its log.`);
    for (const line of logged.split('\n')) {
      if (!line.includes('"level":"error"')) continue;
      const why = EXPLAINED.find(([pattern]) => pattern.test(line))?.[1];
      const kind = kindOf(line);
      const into = why === undefined ? unexplained : explained;
      const name = why ?? kind;
      into.set(name, (into.get(name) ?? 0) + 1);
    }
  }
  for (const [kind, often] of unexplained) differences.push(`An error in the log, ${often} times: ${kind}`);
  return { differences, explained };
}

/** Without what differs from line to line. */
function kindOf(line: string): string {
  return line.replace(/"(?:time|key|attempt)":(?:"[^"]*"|\d+),?/g, '').slice(0, 300);
}
