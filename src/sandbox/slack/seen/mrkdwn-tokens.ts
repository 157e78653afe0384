/** The references in mrkdwn: whatever stands between a literal `<` and `>`. Everything else is text. */
export type Token =
  | { kind: 'text'; text: string }
  | { kind: 'mention'; raw: string; shown: string }
  | { kind: 'channel'; id: string; shown: string }
  | { kind: 'date'; fallback: string; link?: string }
  | { kind: 'link'; url: string; label?: string };

export function unescaped(text: string): string {
  return text.replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&');
}

function reference(inside: string): Token {
  const bar = inside.indexOf('|');
  const target = bar === -1 ? inside : inside.slice(0, bar);
  const label = bar === -1 ? undefined : unescaped(inside.slice(bar + 1));
  if (target.startsWith('@'))
    return { kind: 'mention', raw: `<${target}>`, shown: `@${label ?? target.slice(1)}` };
  if (target.startsWith('#'))
    return { kind: 'channel', id: target.slice(1), shown: `#${label ?? target.slice(1)}` };
  if (target.startsWith('!date^')) {
    const [, , format = '', link] = target.split('^');
    return {
      kind: 'date',
      fallback: label ?? format,
      ...(link === undefined ? {} : { link: unescaped(link) }),
    };
  }
  if (target.startsWith('!subteam^')) {
    const name = label ?? target.slice('!subteam^'.length);
    return { kind: 'mention', raw: `<${target}>`, shown: name.startsWith('@') ? name : `@${name}` };
  }
  if (target.startsWith('!')) return { kind: 'mention', raw: `<${target}>`, shown: `@${target.slice(1)}` };
  const url = unescaped(target);
  return { kind: 'link', url, ...(label === undefined ? {} : { label }) };
}

export function tokens(mrkdwn: string): Token[] {
  const found: Token[] = [];
  let from = 0;
  for (const match of mrkdwn.matchAll(/<([@#!][^<>\n]+|[a-z][a-z0-9+.-]*:[^<>\n]+)>/gi)) {
    if (match.index > from) found.push({ kind: 'text', text: mrkdwn.slice(from, match.index) });
    found.push(reference(match[1] ?? ''));
    from = match.index + match[0].length;
  }
  if (from < mrkdwn.length) found.push({ kind: 'text', text: mrkdwn.slice(from) });
  return found;
}
