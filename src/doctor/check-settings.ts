import type { Problem } from '../config.js';
import type { Finding } from './finding.js';
import { found } from './found.js';

/** Each problem of the environment and of CONFIG_FILE. */
export function checkSettings(problems: readonly Problem[]): Finding[] {
  if (problems.length === 0) return [found('bot', 'settings').ok('Every setting can be used.')];
  return problems.map(({ variable, says, example }) =>
    found('bot', variable).fail(says, `Example: ${variable}=${example}`),
  );
}
