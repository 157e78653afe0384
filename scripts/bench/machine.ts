import { cpus, loadavg, totalmem } from 'node:os';

/** What the numbers depend on. */
export function machine() {
  return {
    cores: cpus().length,
    processor: cpus()[0]?.model ?? 'unknown',
    memoryGb: Math.round(totalmem() / 1e9),
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
    /** Over the last minute: what else the machine was doing. */
    loadBefore: loadavg()[0] ?? 0,
    date: new Date().toISOString(),
  };
}
