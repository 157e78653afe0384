/** What replica.ts runs: the bot as src/program.ts starts it, with other delays: TIMING holds them, as JSON. */
import { startCasethread } from '../../src/casethread.js';
import { readConfig } from '../../src/config.js';
import { createLog } from '../../src/telemetry/log.js';
import type { Timing } from '../../src/wiring/timing.js';

const read = readConfig(process.env);
if ('problems' in read) throw new Error(JSON.stringify(read.problems));
const log = createLog('debug', (line) => process.stdout.write(line));
const bot = await startCasethread(
  read.config,
  log,
  JSON.parse(process.env.TIMING ?? '{}') as Partial<Timing>,
);
process.once('SIGTERM', () => void bot.stop().then(() => process.exit(0)));
