import type { Command, CommandDeps } from '../command-deps.js';
import { refusalToAdminister } from '../permit.js';
import { whoInWords } from '../who-in-words.js';
import { PERMIT_WORDS } from '../words/permit.js';

/** Slack markup. */
export interface RefusalWords {
  readonly notAllowed: (who: readonly string[], more: number) => string;
  readonly notHere: (channel: string) => string;
}

/**
 * Why somebody may not use what is for administrators; null where they may. Slack markup.
 *
 * @param deed what they want, in the words of the audit trail.
 */
export async function refusalFor(
  deps: CommandDeps,
  asker: Omit<Command, 'name' | 'rest' | 'request'>,
  deed: string,
  words: RefusalWords,
): Promise<string | null> {
  const lacking = await refusalToAdminister(deps, asker, deed);
  const [first = ''] = deps.caseChannels();
  switch (lacking?.is) {
    case undefined:
      return null;
    case 'not-here':
      return words.notHere(`<#${first}>`);
    case 'unsure':
      return PERMIT_WORDS.unsure(lacking.right, '', lacking.because);
    case 'refused':
      return words.notAllowed(...whoInWords(lacking.who, `<#${asker.channel}>`));
  }
}
