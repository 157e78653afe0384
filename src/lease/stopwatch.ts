/** The two clocks of a machine, in milliseconds. */
export interface Clocks {
  /** Never set, but may stand still while the machine sleeps or is moved to another host. */
  monotonic(): number;
  /** Goes on meanwhile, but may be set forward or back. */
  wall(): number;
}

export const LOCAL_CLOCKS: Clocks = { monotonic: () => performance.now(), wall: () => Date.now() };

/**
 * Starts now and says how much time may have passed: the more of what the two clocks say, so that neither a suspended
 * machine nor a clock that was set back makes a lease look longer than it is.
 */
export function stopwatch({ monotonic, wall }: Clocks = LOCAL_CLOCKS): () => number {
  const [startedMonotonic, startedWall] = [monotonic(), wall()];
  return () => Math.max(monotonic() - startedMonotonic, wall() - startedWall);
}
