/** The process: configuration in, the bot running, signals and exit codes out. */
import { whatChanged } from './config/what-changed.js';
import { type Config, explain, problemTitle, processEnvironment, readConfig, readFile } from './config.js';
import { createLog, errorFields } from './telemetry/log.js';

/** A stop that takes longer than this is cut short: what is in hand is taken up again at the next start. */
const LONGEST_STOP_MS = 9_000;

// First of all: a signal that nobody listens for ends the process.
process.on('SIGHUP', readFileAgain);

const read = configuration();
const log = createLog(read.config.logLevel);
let file = read.config.file;

process.on('uncaughtException', (error) => {
  log.error('a bug ended the process; whoever watches over it should start it again', errorFields(error));
  process.exit(1);
});

// Loaded only now: wrong settings are said at once, and a signal that comes meanwhile is heard.
const starting = import('./casethread.js').then(({ startCasethread }) => startCasethread(read.config, log));

let started = false;
let stopping = false;
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.on(signal, () => {
    // npm passes its own signal on, so one Ctrl-C may arrive twice.
    if (stopping) return;
    stopping = true;
    log.info('stopping', { signal });
    // Nothing is in hand before it has started: it may be waiting for another process to let go of the database.
    if (!started) process.exit(0);
    setTimeout(() => process.exit(0), LONGEST_STOP_MS).unref();
    starting
      .then((bot) => bot.stop())
      .catch((error: unknown) => log.error('stopping failed', errorFields(error)))
      .finally(() => process.exit(0));
  });
}

/** Takes up what CONFIG_FILE says now as a whole, or nothing of it. */
function readFileAgain(): void {
  if (read.config.configFile === null) {
    log.info('SIGHUP, and there is no CONFIG_FILE to read again');
    return;
  }
  const reading = readFile(read.config);
  if ('problems' in reading) {
    for (const problem of reading.problems)
      log.warn('CONFIG_FILE is wrong, so what it said before still holds', {
        where: problemTitle(problem),
        problem: problem.says,
      });
    return;
  }
  const latest = reading.file;
  const changes = whatChanged(file, latest);
  log.info('CONFIG_FILE was read again', changes);
  if (changes.accounts === 0 && changes.accountsGone > 0)
    log.warn('CONFIG_FILE lists no accounts any more: only AWS_ACCOUNTS decides whose events are taken');
  file = latest;
  // One that is still starting takes it up as soon as it runs; why one cannot start is said below.
  starting.then(
    (bot) => bot.reload(latest),
    () => undefined,
  );
}

/** The configuration, or the end of the process with every problem on one screen. */
function configuration(): { config: Config } {
  try {
    const read = readConfig(processEnvironment());
    if ('config' in read) return read;
    process.stderr.write(explain(read.problems));
  } catch (error) {
    process.stderr.write(`Casethread cannot start. ${error instanceof Error ? error.message : ''}\n`);
  }
  process.exit(1);
}

starting.then(
  () => {
    started = true;
  },
  (error: unknown) => {
    // Errors that begin with the name of a setting are written for people; those of the system begin with their code.
    const isSentence = error instanceof Error && !('code' in error) && /^[A-Z_]+: /.test(error.message);
    const sentence = isSentence ? error.message : null;
    process.stderr.write(`Casethread cannot start. ${sentence ?? 'The log says why.'}\n`);
    if (sentence === null) log.error('cannot start', errorFields(error));
    process.exit(1);
  },
);
