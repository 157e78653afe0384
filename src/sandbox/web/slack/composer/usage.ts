/** What can be typed behind a command, read from the usage hint that the app gave to Slack. */

export interface Usage {
  /** The words it begins with; none where the hint begins with something to fill in. */
  word: string;
  /** What comes after the word: `<case>`, `[open|resolved|all]`, `<text>`. */
  more: string[];
}

/** Splits at the bars that stand in no brackets. */
function alternatives(hint: string): string[] {
  const found: string[] = [];
  let depth = 0;
  let from = 0;
  for (let at = 0; at < hint.length; at++) {
    const character = hint.charAt(at);
    if (character === '[' || character === '<') depth += 1;
    else if (character === ']' || character === '>') depth = Math.max(0, depth - 1);
    else if (character === '|' && depth === 0) {
      found.push(hint.slice(from, at));
      from = at + 1;
    }
  }
  return [...found, hint.slice(from)].map((each) => each.trim()).filter((each) => each !== '');
}

export function usagesOf(hint: string): Usage[] {
  return alternatives(hint).map((alternative) => {
    const [first = '', ...more] = alternative.match(/\[[^\]]*\]|<[^>]*>|\S+/g) ?? [];
    return /^[\w-]+$/.test(first) ? { word: first, more } : { word: '', more: [first, ...more] };
  });
}

/** The words to choose from in `[open|resolved|all]`; none where it is something else. */
export function wordsIn(parameter: string): string[] {
  const inside = parameter.replace(/^\[|\]$/g, '');
  return inside.includes('<') ? [] : inside.split('|').map((word) => word.trim());
}
