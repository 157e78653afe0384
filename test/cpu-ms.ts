/**
 * What some work costs this process, in ms of its own processor time. Unlike the time that passes, it does not grow with
 * what else the machine does.
 */
export function cpuMs(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}
