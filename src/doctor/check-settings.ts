import { type Problem, problemTitle } from '../config.js';
import type { Finding } from './finding.js';
import { found } from './found.js';

/** Each problem of the environment and of CONFIG_FILE. */
export function checkSettings(problems: readonly Problem[]): Finding[] {
  if (problems.length === 0) return [found('bot', 'settings').ok('Every setting can be used.')];
  return problems.map((problem) => {
    const { variable, place, says, example } = problem;
    const inFile = place === null ? null : 'casethread.example.yml shows what may stand there.';
    return found('bot', problemTitle(problem)).fail(
      says,
      example === '' ? inFile : `Example: ${variable}=${example}`,
    );
  });
}
