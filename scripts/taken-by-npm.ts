import type { Environment } from '../src/config.js';

type Options = Readonly<Record<string, { readonly type: 'string' | 'boolean' }>>;

/**
 * `npm run connect --dry-run` gives the option to npm itself, and the command would do in earnest what it was asked to
 * show. npm leaves a trace of it in the environment; its own settings (.npmrc) leave the same.
 *
 * @param script of package.json, as which npm runs this. Run without npm, nothing is taken.
 * @param options of the command, as parseArgs knows them.
 * @returns what to do instead; null where nothing was taken.
 */
export function takenByNpm(
  script: string,
  options: Options,
  args: readonly string[],
  environment: Environment,
): string | null {
  if (environment.npm_lifecycle_event !== script) return null;
  const taken = Object.entries(options).filter(([option]) => {
    const value = environment[`npm_config_${option.replaceAll('-', '_')}`] ?? '';
    const isThere = args.some((arg) => arg === `--${option}` || arg.startsWith(`--${option}=`));
    return value !== '' && value !== 'false' && !isThere;
  });
  if (taken.length === 0) return null;
  const names = taken.map(([option]) => `--${option}`).join(', ');
  const written = taken.map(([option, { type }]) => `--${option}${type === 'string' ? ' …' : ''}`).join(' ');
  return (
    `npm has taken ${names} for itself: what is meant for this command stands behind a --. Nothing was done.\n` +
    `Write npm run ${script} -- ${written}. ` +
    `Where it stands in npm's own settings (.npmrc), run node dist/scripts/${script}/main.js.`
  );
}
