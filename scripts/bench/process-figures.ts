import { readFileSync } from 'node:fs';

/** What Linux knows of a running process. */
export interface ProcessFigures {
  /** Resident set, and the part of it that is not mapped from files others may share; MB of 1,000,000 bytes. */
  readonly residentMb: number;
  readonly anonymousMb: number;
  readonly peakMb: number;
  /** Processor time spent so far, all threads. */
  readonly cpuMs: number;
  /** Time in which the main thread could have run and others had the processor. */
  readonly waitedMs: number;
}

/** The unit of /proc/<pid>/stat on every Linux that Node runs on. */
const MS_PER_TICK = 10;

export function processFigures(pid: number): ProcessFigures {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const mb = (name: string) =>
    (Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1]) * 1024) / 1e6;
  // The name in parentheses may hold spaces: fields are counted after it. utime and stime are the 14th and 15th.
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return {
    residentMb: mb('VmRSS'),
    anonymousMb: mb('RssAnon'),
    peakMb: mb('VmHWM'),
    cpuMs: (Number(fields[11]) + Number(fields[12])) * MS_PER_TICK,
    waitedMs: Number(readFileSync(`/proc/${pid}/schedstat`, 'utf8').split(' ')[1]) / 1e6,
  };
}
