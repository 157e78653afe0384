import { processEnvironment } from '../../src/config.js';
import { withoutKeys } from '../without-keys.js';
import { run } from './run.js';

const stop = new AbortController();
// Once: what is under way is finished, and the rest given back. Whoever presses it again ends it at once.
process.once('SIGINT', () => stop.abort());
process.once('SIGTERM', () => stop.abort());

// Node's own warnings, and those of the SDK about Node, are for those who write this.
process.removeAllListeners('warning');
try {
  process.exitCode = await run(process.argv.slice(2), {
    environment: processEnvironment(),
    print: (line) => console.log(line),
    fetch,
    stop: stop.signal,
  });
} catch (error) {
  console.error(withoutKeys(process.env)(error instanceof Error ? error.message : String(error)));
  process.exitCode = 1;
}
