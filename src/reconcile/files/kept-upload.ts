import { type CaseKey, caseKeyText } from '../../case/case-key.js';
import type { Store } from '../../store/store.js';

/** What is remembered of a file until it is in the thread. */
export interface KeptUpload {
  /** Slack's id of its bytes, which Slack has, whether or not anybody sees them. */
  readonly fileId: string | null;
  /** How often it was tried in vain. */
  readonly tries: number;
}

const NOTHING: KeptUpload = { fileId: null, tries: 0 };

export function keptUploads(store: Pick<Store, 'note' | 'saveNote'>, key: CaseKey) {
  const name = (entry: string) => `file ${caseKeyText(key)} ${entry}`;
  return {
    async read(entry: string): Promise<KeptUpload> {
      const note = await store.note(name(entry));
      return note === null ? NOTHING : (JSON.parse(note) as KeptUpload);
    },
    save: (entry: string, kept: KeptUpload) => store.saveNote(name(entry), JSON.stringify(kept)),
    forget: (entry: string) => store.saveNote(name(entry), null),
  };
}
