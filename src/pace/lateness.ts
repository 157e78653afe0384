export interface Refused {
  readonly spreadMs: number;
  /** Of whoever waits at the head of the line, from 0 on; higher priorities go first. */
  readonly priority: number;
  /** How often that line has been sent away since it last had a turn, at least 1. */
  readonly times: number;
  /** From 0 to 1: our place in the band. */
  readonly random: number;
}

/**
 * How much later than a gate said to ask again. Each priority has a band of its own, so that the urgent of one replica ask
 * before the less urgent of all others; within it, those who were sent away more often ask sooner, so that all get turns
 * however busy one of them is.
 */
export function latenessMs({ spreadMs, priority, times, random }: Refused): number {
  const bandEnds = spreadMs / 2 ** priority;
  const bandBegins = bandEnds / 2;
  return bandBegins + ((bandEnds - bandBegins) * random) / times;
}
