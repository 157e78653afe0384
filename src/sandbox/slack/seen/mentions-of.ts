import type { Block, Parsing } from '../message.js';
import { tokens } from './mrkdwn-tokens.js';
import { objectsWithin, parsedTexts } from './parsed-texts.js';

const PLAIN = /(?<![\w@.-])@(?:here|channel|everyone)(?![\w-]|\.\w)/gi;
const NAMES = /(?<![\w@.-])@[a-z0-9][\w.-]*\w/gi;

/**
 * Everything that would notify or name somebody, each once: `<!channel>`, `<!subteam^S…>`, `<@U…>` as references, and
 * `@here` as plain text where Slack looks for it. Code and quotes do not protect: what is not escaped counts.
 */
export function mentionsOf(shown: { text?: string; blocks: readonly Block[] } & Parsing): string[] {
  const found = parsedTexts(shown).flatMap(({ text, auto }) =>
    tokens(text).flatMap((token) => {
      if (token.kind === 'mention') return [token.raw];
      if (token.kind !== 'text' || !auto) return [];
      return [
        ...(shown.linkNames === true || shown.parse === 'full' ? (token.text.match(NAMES) ?? []) : []),
        ...(token.text.match(PLAIN) ?? []),
      ];
    }),
  );
  for (const element of objectsWithin(shown.blocks)) {
    if (element.type === 'user') found.push(`<@${String(element.user_id)}>`);
    if (element.type === 'usergroup') found.push(`<!subteam^${String(element.usergroup_id)}>`);
    if (element.type === 'broadcast') found.push(`<!${String(element.range)}>`);
  }
  return [...new Set(found)];
}
