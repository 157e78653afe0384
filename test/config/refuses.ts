import assert from 'node:assert/strict';
import type { FileEnvironment } from '../../src/config/read-config-file.js';
import { linesOf, problemsIn } from './reading.js';

export const ONE = 'accounts:\n  - id: "111122223333"\n    alias: production\n';
export const ROLE = 'arn:aws:iam::444455556666:role/casethread';

/** What is wrong with a file, in the order of its lines: where, and how the sentence begins or what it says. */
export type Wrong = [what: string, yaml: string, ...problems: RegExp[]];

export function refuses(all: readonly Wrong[], environment?: FileEnvironment): void {
  for (const [what, yaml, ...says] of all) {
    it(`refuses ${what}`, () => {
      const lines = linesOf(problemsIn(yaml, environment));
      assert.equal(lines.length, says.length, lines.join('\n'));
      for (const [index, pattern] of says.entries()) assert.match(lines[index] ?? '', pattern);
    });
  }
}
