import { type Problem, problemTitle } from '../config.js';
import type { Finding } from './finding.js';
import { found, splitSentence } from './found.js';

/** Each problem of the environment and of CONFIG_FILE. */
export function checkSettings(problems: readonly Problem[]): Finding[] {
  if (problems.length === 0) return [found('bot', 'settings').ok('Every setting can be used.')];
  return problems.map((problem) => {
    const { variable, place, says, example } = problem;
    const inFile = place === null ? null : 'casethread.example.yml shows what may stand there.';
    // Of what is no setting, the sentence says what to do.
    const { says: first, remedy } = splitSentence(says);
    if (place === null && example === '') return found('bot', problemTitle(problem)).fail(first, remedy);
    return found('bot', problemTitle(problem)).fail(
      says,
      example === '' ? inFile : `Example: ${variable}=${example}`,
    );
  });
}
