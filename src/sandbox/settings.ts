/** What somebody asked for on the command line and in the environment. */
export interface Settings {
  /** Of the page. 0: any free one. */
  readonly port: number;
  /** The folder that keeps the state; null: a temporary one. */
  readonly keep: string | null;
}

export type ReadSettings = { settings: Settings } | { help: string } | { problem: string };

const DEFAULT_PORT = 3000;

const HELP = `Casethread's sandbox: a Slack channel and an AWS Support Center on this machine, joined by the real bot.

  npm run sandbox                      starts it and prints the address of its page
  npm run sandbox -- --keep FOLDER     keeps everything in FOLDER, and goes on from there the next time
  PORT=4000 npm run sandbox            another port for the page (default ${DEFAULT_PORT}; 0: any free one)

Ctrl-C stops everything. Nothing leaves this machine.
`;

/** Reads the arguments behind the script and the variable PORT. */
export function readSettings(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): ReadSettings {
  if (args.includes('--help') || args.includes('-h')) return { help: HELP };
  const port = readPort(environment.PORT ?? '');
  if (typeof port === 'string') return { problem: port };
  let keep: string | null = null;
  for (let at = 0; at < args.length; at += 1) {
    const [name, joined] = split(args[at] ?? '');
    if (name !== '--keep') return { problem: stranger(args[at] ?? '', environment) };
    const folder = joined ?? args[++at] ?? '';
    if (folder === '' || folder.startsWith('--')) {
      return { problem: '--keep needs a folder: npm run sandbox -- --keep ./my-sandbox' };
    }
    keep = folder;
  }
  // npm keeps options to itself that do not stand behind "--".
  if (keep === null && environment.npm_config_keep !== undefined) {
    return {
      problem: 'npm took --keep for itself. Write two dashes first: npm run sandbox -- --keep FOLDER',
    };
  }
  return { settings: { port, keep } };
}

function readPort(value: string): number | string {
  const text = value.trim();
  if (text === '') return DEFAULT_PORT;
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port;
  return `PORT: “${text}” is not a port. Give a number from 1 to 65535, or 0 for any free one.`;
}

function split(argument: string): [name: string, value: string | undefined] {
  const at = argument.indexOf('=');
  return at < 0 ? [argument, undefined] : [argument.slice(0, at), argument.slice(at + 1)];
}

function stranger(argument: string, environment: Readonly<Record<string, string | undefined>>): string {
  return environment.npm_config_keep !== undefined
    ? 'npm took --keep for itself. Write two dashes first: npm run sandbox -- --keep FOLDER'
    : `“${argument}” is not known. npm run sandbox -- --help shows what is.`;
}
