/** The first word of what was typed and the rest. A link that Slack wrapped (`<…|…>`) is one word. */
export function firstWord(typed: string): [word: string, rest: string] {
  const text = typed.trimStart();
  const match = /^(<[^>]*>|\S+)\s*/.exec(text);
  return match === null ? ['', ''] : [match[1] ?? '', text.slice(match[0].length)];
}
