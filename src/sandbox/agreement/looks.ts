import type { CommunicationState } from '../aws/case-state.js';
import { withoutQuotedEnd } from './quoted-end.js';
import { shapeOf, shapeOfText } from './read-message.js';

export interface Said {
  readonly communication: CommunicationState;
  readonly index: number;
  /** Who signed it, where somebody did. */
  readonly signed: string | undefined;
}

/** Communications that look the same in a thread, in AWS's order. */
export interface Look {
  /** The shapes of the text; more than one where the thread may leave out the last line. */
  readonly shapes: Set<string>;
  /** Those of the text without the mail that it quotes at its end, which a thread may keep behind a button. */
  readonly folded: Set<string>;
  readonly said: Said[];
  /** How often it is in the thread. */
  times: number;
}

/** The communications of a case by what a thread shows of them; those that show nothing are left out. */
export function looksOf(communications: readonly CommunicationState[]): Look[] {
  const looks = new Map<string, Look>();
  for (const [index, communication] of communications.entries()) {
    const body = communication.body.trimEnd();
    const whole = shapeOfText(body);
    const lastLine = body.lastIndexOf('\n');
    // A reply from Slack ends with a line that names the person; in the thread its head does that.
    const canBeSigned = communication.from === 'customer' && lastLine >= 0;
    const signed = canBeSigned ? /^\s*[—–] ?([^,]+)/.exec(body.slice(lastLine + 1)) : null;
    const unsigned = signed === null ? body : body.slice(0, lastLine);
    const bare = signed === null ? whole : shapeOfText(unsigned);
    // A text of blanks is nothing that anybody could see.
    if (bare === '') continue;
    const look = looks.get(bare) ?? { shapes: new Set(), folded: new Set(), said: [], times: 0 };
    // Behind the signs that end code stands no language: `` ``` thank you `` is a text.
    look.shapes.add(whole).add(bare).add(shapeOf(body)).add(shapeOf(unsigned));
    for (const shown of withoutQuotedEnd(unsigned)) look.folded.add(shapeOfText(shown));
    look.folded.delete('');
    look.said.push({ communication, index, signed: signed?.[1] });
    looks.set(bare, look);
  }
  return [...looks.values()];
}
