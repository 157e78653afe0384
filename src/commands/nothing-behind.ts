import { parseCaseReference } from '../case/case-reference.js';
import type { Message } from '../slack/message.js';
import type { Command, CommandDeps } from './command-deps.js';
import { givenBack } from './given-back.js';
import { quotedTyped } from './quoted.js';
import { typedText } from './typed-text.js';
import { WORDS } from './words/words.js';

/**
 * What stands behind a command that takes a case alone may mean another case, that nothing is to be done now, or a reply:
 * it is refused, and given back. Null where there is nothing of it, or the case is none.
 */
export async function refuseBehind(
  deps: CommandDeps,
  { name }: Pick<Command, 'name'>,
  verb: string,
  [typed, behind]: readonly [typed: string, behind: string],
): Promise<Message[] | null> {
  if (isNothing(behind) || parseCaseReference(typed) === null) return null;
  return givenBack(WORDS.caseStandsAlone(verb, quotedTyped(typed), name), await typedText(deps, behind));
}

/** People end what they type with a full stop, or more of them. */
export function isNothing(behind: string): boolean {
  return /^[\s.!]*$/.test(behind);
}
