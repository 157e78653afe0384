/** Names for the ids that Slack puts in place of what a person typed. */
export interface Names {
  person(id: string): Promise<string | null>;
  channel(id: string): Promise<string | null>;
}

const MARKUP = /<([^<>]+)>/g;

/**
 * What a person typed in Slack, as it reads outside Slack: mentions and channels by name, links as addresses, and the
 * three characters that Slack escapes (facts: slack.md, section 5).
 */
export async function plainText(typed: string, names: Names): Promise<string> {
  const parts: (string | Promise<string>)[] = [];
  let from = 0;
  for (const match of typed.matchAll(MARKUP)) {
    parts.push(unescapeText(typed.slice(from, match.index)), readable(match[1] ?? '', names));
    from = match.index + match[0].length;
  }
  parts.push(unescapeText(typed.slice(from)));
  return (await Promise.all(parts)).join('');
}

async function readable(inside: string, names: Names): Promise<string> {
  const bar = inside.indexOf('|');
  const target = bar < 0 ? inside : inside.slice(0, bar);
  const label = bar < 0 ? '' : unescapeText(inside.slice(bar + 1));
  const id = target.slice(1);
  switch (target.charAt(0)) {
    case '@':
      return `@${label || (await names.person(id)) || id}`;
    case '#':
      return `#${label || (await names.channel(id)) || id}`;
    case '!':
      return special(id, label);
    default: {
      const address = unescapeText(target).replace(/^mailto:/, '');
      const says = label !== '' && label !== address && !address.endsWith(`//${label}`);
      return says ? `${label} (${address})` : address;
    }
  }
}

/** `<!here>`, `<!subteam^S123|@team>`, `<!date^…|fallback>`. */
function special(id: string, label: string): string {
  if (label !== '') return label;
  const name = id.split('^')[0] ?? id;
  return `@${name}`;
}

/** The three characters as they were typed; once only: `&amp;lt;` was typed as `&lt;`. */
export function unescapeText(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
