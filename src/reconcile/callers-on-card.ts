import { z } from 'zod';
import { type Author, AWS_WITHOUT_CALL } from '../case/author.js';
import type { Caller } from '../case/calls/caller.js';
import type { Card } from '../case/card.js';

type Named = Pick<Card, 'opener' | 'lastWord' | 'resolution'>;

/** Without the address, which no card shows. */
const CallerOnCard = z.object({
  kind: z.enum(['iam-user', 'role', 'sso', 'root', 'federated', 'service', 'unknown']),
  name: z.string(),
  role: z.string(),
  way: z.enum(['console', 'cli', 'sdk', 'service', 'support-app', 'unknown']),
  mfa: z.boolean().nullable(),
});
const Callers = z.object({
  opener: CallerOnCard.optional(),
  word: z.object({ entry: z.string(), at: z.number(), by: CallerOnCard }).optional(),
  resolved: z
    .object({ at: z.number(), exact: z.boolean(), by: CallerOnCard.or(z.literal('aws')) })
    .optional(),
});

/**
 * What a card shows of who did something that CloudTrail alone tells, in words for its tag: records are lost with the store,
 * and the entries keep what they show of them. Null where it shows none.
 */
export function callersOn({
  opener,
  lastWord,
  resolution,
  resolved,
}: Named & Pick<Card, 'resolved'>): string | null {
  const by = resolution?.by ?? null;
  const resolver = by?.name === AWS_WITHOUT_CALL.name ? 'aws' : shortOf(by);
  const word = resolved ? undefined : shortOf(lastWord?.by ?? null);
  const callers: z.infer<typeof Callers> = {
    opener: shortOf(opener ?? null),
    word: word && lastWord && { entry: lastWord.entry, at: lastWord.at, by: word },
    resolved: resolver && resolution && { at: resolution.at, exact: resolution.exact, by: resolver },
  };
  const text = JSON.stringify(callers);
  return text === '{}' ? null : text;
}

/** Nothing where it is not what {@link callersOn} writes. */
export function readCallersOn(text: string): Named {
  const { opener, word, resolved } = parsed(text);
  return {
    ...(opener === undefined ? {} : { opener: authorBy(opener) }),
    ...(word === undefined ? {} : { lastWord: { ...word, by: authorBy(word.by) } }),
    ...(resolved === undefined
      ? {}
      : {
          resolution: { ...resolved, by: resolved.by === 'aws' ? AWS_WITHOUT_CALL : authorBy(resolved.by) },
        }),
  };
}

function parsed(text: string): z.infer<typeof Callers> {
  try {
    return Callers.safeParse(JSON.parse(text)).data ?? {};
  } catch {
    return {};
  }
}

function shortOf(author: Author | null): Omit<Caller, 'address'> | undefined {
  if (author?.caller === undefined) return undefined;
  const { address: _, ...shown } = author.caller;
  return shown;
}

function authorBy(shown: Omit<Caller, 'address'>): Author {
  return { side: 'customer', name: shown.name, way: 'elsewhere', caller: { ...shown, address: '' } };
}
