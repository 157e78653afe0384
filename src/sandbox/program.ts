/** The process: what was asked for in, the sandbox running, sentences and exit codes out. */
import { relative } from 'node:path';
import { FolderProblem } from './kept-state.js';
import { readSettings, type Settings } from './settings.js';
import { type Sandbox, startSandbox } from './start-sandbox.js';

const read = readSettings(process.argv.slice(2), process.env);
if ('help' in read) {
  process.stdout.write(read.help);
  process.exit(0);
}
if ('problem' in read) fail(read.problem);
const { settings } = read;

let told = '';
const starting = startSandbox(settings, ({ message }) => {
  // Every change tries again: one sentence is enough.
  if (message !== told) process.stderr.write(`${message}\n`);
  told = message;
});

process.on('uncaughtException', (error) => fail(`The sandbox ended by a bug of its own: ${error.message}`));

let stopping = false;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    // npm passes its own signal on, so one Ctrl-C may arrive twice.
    if (stopping) return;
    stopping = true;
    starting
      .then((sandbox) => sandbox.stop())
      .catch(() => undefined)
      .finally(() => process.exit(0));
  });
}

starting.then(
  (sandbox) => {
    process.stdout.write(welcome(sandbox, settings));
    sandbox.bot.onChange(() => {
      const { problem } = sandbox.bot.state;
      if (problem !== undefined) process.stderr.write(`${problem}\n`);
    });
  },
  (error: unknown) => {
    if (!stopping) fail(sentence(error, settings));
  },
);

function welcome({ url, folder, bot }: Sandbox, { keep }: Settings): string {
  return `
  Casethread's sandbox is running:  ${url}

  A Slack channel and an AWS Support Center on this machine, joined by the real bot.
  ${keep === null ? 'Nothing is kept.' : `Everything is kept in ${relative('', folder) || folder}.`} The bot's log: ${bot.log}
  Ctrl-C stops everything.

`;
}

function sentence(error: unknown, { port }: Settings): string {
  if (error instanceof FolderProblem) return error.message;
  const code = (error as NodeJS.ErrnoException | null)?.code;
  const other = `Choose another one: PORT=${port === 4000 ? 4001 : 4000} npm run sandbox`;
  if (code === 'EADDRINUSE') return `Port ${port} is in use, perhaps by another sandbox. ${other}`;
  if (code === 'EACCES') return `Port ${port} may not be used without special rights. ${other}`;
  return `The sandbox cannot start: ${error instanceof Error ? error.message : String(error)}`;
}

function fail(text: string): never {
  process.stderr.write(`${text}\n`);
  process.exit(1);
}
