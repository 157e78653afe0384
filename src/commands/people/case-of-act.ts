import { parseCaseKey } from '../../case/case-key.js';
import { caseOfThread } from '../case-of-thread.js';
import type { CommandDeps } from '../command-deps.js';
import type { FoundCase } from '../find-case.js';
import type { Act } from '../interaction.js';
import { PEOPLE_WORDS } from '../words/people.js';

/** The case that a button names, or else that of the thread in which something was chosen. */
export async function caseOfAct(deps: CommandDeps, { value, channel, threadTs }: Act): Promise<FoundCase> {
  if (/^[^/]+\/./s.test(value)) {
    const key = await deps.store.canonical(parseCaseKey(value));
    const record = await deps.store.getCase(key);
    return record === null
      ? { found: false, say: PEOPLE_WORDS.noCase }
      : { found: true, key, displayId: record.displayId, record };
  }
  return threadTs === null
    ? { found: false, say: PEOPLE_WORDS.whichCase }
    : caseOfThread(deps, channel, threadTs, PEOPLE_WORDS.whichCase);
}
