import type { CaseKey } from '../case/case-key.js';
import { type CaseReference, parseCaseReference } from '../case/case-reference.js';
import type { CaseRecord } from '../store/store.js';
import { SupportError } from '../support/support-error.js';
import { caseOfThread } from './case-of-thread.js';
import type { CommandDeps } from './command-deps.js';
import { inTime } from './in-time.js';
import { quoted } from './quoted.js';
import { awsTrouble } from './words/aws-trouble.js';
import { WORDS } from './words/words.js';

export type FoundCase =
  | {
      readonly found: true;
      readonly key: CaseKey;
      readonly displayId: string;
      readonly record: CaseRecord | null;
    }
  /** What to tell the person. Slack markup. */
  | { readonly found: false; readonly say: string };

type ByNumber = Exclude<CaseReference, { by: 'thread' }>;

/** Slack waits three seconds for an answer; AWS gets most of it. */
const ASK_AWS_MS = 1_800;

/** The case that a person means. One that the bot does not know yet is looked for at AWS, and followed from now on. */
export async function findCase(deps: CommandDeps, typed: string, command: string): Promise<FoundCase> {
  const reference = parseCaseReference(typed);
  if (reference === null) return { found: false, say: WORDS.notACase(quoted(typed), command) };
  if (reference.by === 'thread') {
    return caseOfThread(deps, reference.channel, reference.ts, WORDS.notACaseThread(command));
  }
  const known = await lookUp(deps, reference);
  const [only] = known;
  if (only !== undefined && known.length === 1) {
    return { found: true, key: only.key, displayId: only.displayId, record: only };
  }
  if (known.length > 1) return { found: false, say: WORDS.severalCases(quoted(typed), known, command) };
  const late: FoundCase = { found: false, say: WORDS.awsIsSlow(quoted(typed)) };
  return inTime(askAws(deps, reference, typed, command), ASK_AWS_MS, late);
}

async function lookUp({ store }: CommandDeps, reference: ByNumber): Promise<readonly CaseRecord[]> {
  return reference.by === 'display-id'
    ? store.casesByDisplayId(reference.displayId)
    : store.casesByCaseId(reference.caseId);
}

async function askAws(
  { accounts, markCase }: CommandDeps,
  reference: ByNumber,
  typed: string,
  command: string,
): Promise<FoundCase> {
  const found: { key: CaseKey; displayId: string }[] = [];
  for (const api of accounts.all('person')) {
    try {
      if (reference.by === 'display-id') found.push(...(await api.findByDisplayId(reference.displayId)));
      else found.push(...(await api.casesById([reference.caseId])).map((reading) => reading.case));
    } catch (error) {
      if (!(error instanceof SupportError)) throw error;
      return { found: false, say: WORDS.cannotLookUp(quoted(typed), quoted(awsTrouble(error), 800)) };
    }
  }
  const [only] = found;
  if (only === undefined) return { found: false, say: WORDS.unknownCase(quoted(typed), command) };
  for (const { key } of found) await markCase(key);
  if (found.length > 1) return { found: false, say: WORDS.severalCases(quoted(typed), found, command) };
  return { found: true, key: only.key, displayId: only.displayId, record: null };
}
