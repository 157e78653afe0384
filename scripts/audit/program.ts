import { once } from 'node:events';
import { processEnvironment } from '../../src/config.js';
import { run } from './run.js';

// Whoever reads may have enough, as `head` does: that is no mistake.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') process.stderr.write(`The output could not be written: ${error.message}\n`);
  process.exit(error.code === 'EPIPE' ? 0 : 1);
});

try {
  process.exitCode = await run(process.argv.slice(2), {
    environment: processEnvironment(),
    write: async (text) => {
      if (text !== '' && !process.stdout.write(text)) await once(process.stdout, 'drain');
    },
    say: (sentence) => process.stderr.write(`${sentence.trimEnd()}\n`),
  });
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
