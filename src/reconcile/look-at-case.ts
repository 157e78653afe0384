import type { CaseKey } from '../case/case-key.js';
import { digestOf } from '../case/digest.js';
import { mustWalk } from '../case/must-walk.js';
import type { Reading } from '../case/reading.js';
import type { CaseFile } from '../store/store.js';
import type { SupportApi } from '../support/support-api.js';
import { needsPerson, SupportError } from '../support/support-error.js';
import { REASONS } from './reasons.js';

/** What AWS says about a case, as far as it can be asked. */
export type Look =
  | {
      readonly found: 'case';
      /** Null when AWS cannot be asked. */
      readonly reading: Reading | null;
      /** What to tell people about what cannot be read. */
      readonly missing: string | null;
      /** AWS refuses, until a person has changed something there: then `missing` says what. */
      readonly refused: boolean;
      /** AWS is not asked, as configured: `missing` says why, and nothing is wrong. */
      readonly eventsOnly: boolean;
      readonly digest: string | null;
    }
  /** AWS knows the case by another case id. */
  | { readonly found: 'elsewhere'; readonly key: CaseKey }
  /** AWS does not show the case to us. */
  | { readonly found: 'nothing' };

const WHOLE = { missing: null, refused: false, eventsOnly: false } as const;

/** Reads the case: one call, and all pages of its communications where the newest do not suffice. */
export async function lookAtCase(
  api: SupportApi,
  key: CaseKey,
  file: CaseFile,
  walkIsDue: boolean,
): Promise<Look> {
  try {
    const reading = await api.getCase(key.caseId);
    if (reading === null) return await lookByDisplayId(api, key, file);
    if (reading.case.key.caseId !== key.caseId) return { found: 'elsewhere', key: reading.case.key };
    const digest = digestOf(reading);
    if (reading.complete || (!walkIsDue && !mustWalk(reading, file.ledger, file.record?.card ?? null)))
      return { found: 'case', reading, ...WHOLE, digest };
    return { found: 'case', digest, eventsOnly: false, ...(await walk(api, reading)) };
  } catch (error) {
    if (!(error instanceof SupportError)) throw error;
    const eventsOnly = error.kind === 'events-only';
    if (!eventsOnly && !needsPerson(error)) throw error;
    const missing = error.sentence;
    return { found: 'case', reading: null, missing, refused: !eventsOnly, eventsOnly, digest: null };
  }
}

/** All communications of the case; where that is not allowed, the newest must do, and people are told. */
export async function walk(
  api: SupportApi,
  reading: Reading,
): Promise<{ reading: Reading; missing: string | null; refused: boolean }> {
  try {
    const communications = await api.communications(reading.case.key.caseId);
    return {
      reading: { case: reading.case, communications, complete: true },
      missing: null,
      refused: false,
    };
  } catch (error) {
    if (!(error instanceof SupportError) || !needsPerson(error)) throw error;
    const missing = REASONS.olderUnread(error.sentence);
    return { reading, missing, refused: true };
  }
}

/** Events and API are known to differ in the case id (its language tag); the display id then leads to the case. */
async function lookByDisplayId(api: SupportApi, key: CaseKey, file: CaseFile): Promise<Look> {
  const displayId = file.facts.find((fact) => fact.displayId !== '')?.displayId;
  if (displayId === undefined) return { found: 'nothing' };
  const others = (await api.findByDisplayId(displayId)).filter((other) => other.key.caseId !== key.caseId);
  const [only] = others;
  return only !== undefined && others.length === 1
    ? { found: 'elsewhere', key: only.key }
    : { found: 'nothing' };
}
