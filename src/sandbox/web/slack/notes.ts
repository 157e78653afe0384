/** What Slack itself tells one person, in the place where they acted; it is known to this page alone. */
import { type Picture, partsOf } from '../live.js';
import { sharedState } from '../shared-state.js';

export interface Note {
  id: string;
  user: string;
  channel: string;
  threadTs?: string;
  /** Where it stands among the messages: the ts of the last one before it, and more. */
  ts: string;
  text: string;
  /** What they had typed, where it could not stay in the composer. */
  typed?: string;
}

export const notes = sharedState<readonly Note[]>([]);

let last = 0;

/** It stands below everything that has been said so far. */
export function tell(note: Omit<Note, 'id' | 'ts'>, picture: Picture): void {
  last += 1;
  const said = [...partsOf(picture, 'message'), ...partsOf(picture, 'ephemeral')];
  const latest = said.reduce(
    (before, each) => (each !== undefined && each.ts > before ? each.ts : before),
    '0',
  );
  const ts = `${latest}+${String(last).padStart(6, '0')}`;
  notes.set([...notes.get(), { ...note, id: `note-${last}`, ts }]);
}

export function forget(id: string): void {
  notes.set(notes.get().filter((note) => note.id !== id));
}

/** The ts of messages "only visible to you" that somebody has dismissed. */
export const dismissed = sharedState<ReadonlySet<string>>(new Set());

export function dismiss(ts: string): void {
  dismissed.set(new Set([...dismissed.get(), ts]));
}
