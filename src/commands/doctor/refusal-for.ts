import type { Command, CommandDeps } from '../command-deps.js';

const NAMED = 10;

/** Slack markup. */
export interface RefusalWords {
  readonly notAllowed: (who: readonly string[], more: number) => string;
  readonly notHere: (channel: string) => string;
}

export interface Refusal {
  readonly say: string;
  readonly why: 'not-administrator' | 'not-here';
}

/** Of what is for administrators. Where nobody is named, those may who can see the cases: in another channel that would be anybody. */
export function refusalFor(
  deps: CommandDeps,
  { user, channel }: Pick<Command, 'user' | 'channel'>,
  words: RefusalWords,
): Refusal | null {
  const who = deps.administrators();
  if (!deps.mayAdminister(user)) {
    const named = who.slice(0, NAMED).map((each) => `<@${each}>`);
    return { say: words.notAllowed(named, Math.max(0, who.length - NAMED)), why: 'not-administrator' };
  }
  const [first = '', ...others] = deps.caseChannels();
  const isHere = channel === first || others.includes(channel);
  return who.length > 0 || isHere ? null : { say: words.notHere(`<#${first}>`), why: 'not-here' };
}
