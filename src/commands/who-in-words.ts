import { PERMIT_WORDS } from './words/permit.js';

const NAMED = 10;

/** Ten of them, and how many more. People and groups by mentions: shown to one person alone, they notify nobody. */
export function whoInWords(
  who: readonly string[],
  channel: string,
): readonly [named: readonly string[], more: number] {
  const circles = ['everybody', 'guests', 'strangers'];
  const isWhole = circles.every((each) => who.includes(each));
  const all = isWhole ? ['whoever', ...who.filter((each) => !circles.includes(each))] : who;
  const named = all.slice(0, NAMED).map((each) => {
    if (each === 'whoever') return PERMIT_WORDS.whoever(channel);
    if (each === 'everybody' || each === 'guests' || each === 'strangers') return PERMIT_WORDS[each](channel);
    return each.startsWith('S') ? `<!subteam^${each}>` : `<@${each}>`;
  });
  return [named, all.length - named.length];
}
