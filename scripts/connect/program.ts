import { setTimeout as sleep } from 'node:timers/promises';
import { processEnvironment } from '../../src/config.js';
import { withoutKeys } from '../without-keys.js';
import { run } from './run.js';

// Node's own warnings, and those of the SDK about Node, are for those who write this.
process.removeAllListeners('warning');
try {
  process.exitCode = await run(process.argv.slice(2), {
    environment: processEnvironment(),
    print: (line) => console.log(line),
    clock: { now: Date.now, sleep: (milliseconds) => sleep(milliseconds) },
    fetch,
  });
} catch (error) {
  console.error(withoutKeys(process.env)(error instanceof Error ? error.message : String(error)));
  process.exitCode = 1;
}
