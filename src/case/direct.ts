import { type CaseKey, caseKeyText, parseCaseKey } from './case-key.js';

/** Something that people are to be told directly. */
export interface Direct {
  readonly key: CaseKey;
  /** The entry in which AWS answered, or {@link TAKEN}: somebody else has taken the case. */
  readonly about: string;
  /** Whom to tell; null: whoever wants to know by then. */
  readonly user: string | null;
}

/** In place of an entry, whose names are longer. */
export const TAKEN = 'taken';

/** As one text, for the queue. Only the case id may hold spaces. */
export function directText({ key, about, user }: Direct): string {
  return `${caseKeyText(key)} ${about}${user === null ? '' : ` @${user}`}`;
}

/** The reverse of {@link directText}. Throws on a text that it did not make. */
export function parseDirect(text: string): Direct {
  const [, key, about, user] = /^(.+?) (\S+?)(?: @(\S+))?$/s.exec(text) ?? [];
  if (key === undefined || about === undefined) throw new Error('not of whom to tell what');
  return { key: parseCaseKey(key), about, user: user ?? null };
}
