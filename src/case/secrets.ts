/**
 * What people paste without thinking: keys, tokens, passwords and card numbers, found in what they are about to send.
 * What is asked of a person too often they no longer read, so a kind is looked for only where its form or the words
 * before it leave little doubt: a bare hash, an account id or a timestamp is none.
 *
 * Every pattern begins at the edge of a word or is bounded, so that the time grows with the length of the text alone.
 */
import { cardsIn } from './card-numbers.js';
import { fold } from './folded.js';
import { privateKeysIn } from './private-keys.js';

export type SecretKind = keyof typeof SECRET_NAMES;

/** As people read it, within a sentence. */
export const SECRET_NAMES = {
  'aws-secret-key': 'AWS secret key',
  'aws-session-token': 'AWS session token',
  'private-key': 'private key',
  token: 'token',
  password: 'password',
  card: 'card number',
} as const;

/** A part of a text, as `slice` takes it. */
export interface Found {
  readonly kind: SecretKind;
  readonly from: number;
  readonly to: number;
}

/** In the order of the text, none within another. */
export function findSecrets(text: string): readonly Found[] {
  const folded = fold(text);
  return search(folded.text).map(({ kind, ...part }) => ({ kind, ...folded.original(part) }));
}

function search(text: string): readonly Found[] {
  const all = [
    ...privateKeysIn(text).map((span) => ({ kind: 'private-key' as const, ...span })),
    ...awsKeysIn(text),
    ...PATTERNS.flatMap(({ kind, pattern, is = () => true }) => matches(text, kind, pattern, is)),
    ...cardsIn(text).map((span) => ({ kind: 'card' as const, ...span })),
  ];
  return apart(all);
}

/**
 * The text with what was found taken out, and words in its place; of a card the last four digits stay, as AWS keeps them.
 *
 * @param most how long the text may become: where the words would make it longer, marks take their place.
 */
export function removeSecrets(
  text: string,
  found: readonly Found[],
  most = Number.POSITIVE_INFINITY,
): string {
  const inWords = replaced(text, found, ({ kind, from, to }) =>
    kind === 'card'
      ? `[removed: card …${lastDigits(text.slice(from, to))}]`
      : `[removed: ${SECRET_NAMES[kind]}]`,
  );
  if (inWords.length <= Math.max(most, text.length)) return inWords;
  return replaced(text, found, ({ from, to }) => '***'.slice(0, to - from));
}

export function lastDigits(card: string): string {
  return fold(card).text.replace(/\D/g, '').slice(-4);
}

function replaced(text: string, found: readonly Found[], by: (one: Found) => string): string {
  let result = '';
  let at = 0;
  for (const one of found) {
    result += text.slice(at, one.from) + by(one);
    at = one.to;
  }
  return result + text.slice(at);
}

interface Pattern {
  readonly kind: SecretKind;
  /** The group `secret` is what is found, or the whole match. Flags: `g` and `d`. */
  readonly pattern: RegExp;
  readonly is?: (secret: string) => boolean;
}

const PATTERNS: readonly Pattern[] = [
  {
    kind: 'aws-session-token',
    pattern:
      /(?:session|security)[_-]?token["'`]?\s{0,5}(?:=>?|:)\s{0,5}["'`]?(?<secret>[A-Za-z0-9/+=%_-]{80,})/dgi,
  },
  // What every token of the Security Token Service begins with.
  {
    kind: 'aws-session-token',
    pattern: /(?<![A-Za-z0-9/+%])(?:IQoJb3JpZ2lu|F[wQ]oGZXIvYXdz)[A-Za-z0-9/+=%]{60,}/dg,
  },
  ...[
    // Slack
    /(?<![\w-])xox[abceoprs]-[A-Za-z0-9-]{10,}/dg,
    /(?<![\w-])xapp-\d-[A-Za-z0-9-]{10,}/dg,
    /(?<=hooks\.slack\.com\/(?:services|workflows)\/)[A-Za-z0-9/]{20,}/dg,
    // GitHub, GitLab
    /(?<![A-Za-z0-9])gh[pousr]_[A-Za-z0-9]{30,}/dg,
    /(?<![\w-])github_pat_[A-Za-z0-9_]{22,}/dg,
    /(?<![\w-])gl(?:pat|dt|rt|cbt|ptt|ft|soat|agent|oas)-[A-Za-z0-9_.-]{20,}/dg,
    // Stripe
    /(?<![A-Za-z0-9])[rs]k_live_[A-Za-z0-9]{16,}/dg,
    /(?<![A-Za-z0-9])whsec_[A-Za-z0-9+/=]{24,}/dg,
    // Google
    /(?<![\w-])AIza[A-Za-z0-9_-]{35}(?![\w-])/dg,
    /(?<![\w-])GOCSPX-[A-Za-z0-9_-]{24,}/dg,
    /(?<![\w-])ya29\.[A-Za-z0-9_.-]{20,}/dg,
    // Packages
    /(?<![A-Za-z0-9])npm_[A-Za-z0-9]{36,}/dg,
    /(?<![\w-])pypi-AgE[A-Za-z0-9_-]{50,}/dg,
    /(?<![\w-])dckr_pat_[A-Za-z0-9_-]{20,}/dg,
    // Others
    /(?<![\w-])sk-(?:ant|proj|svcacct|admin)-[A-Za-z0-9_-]{20,}/dg,
    /(?<![\w-])sk-[A-Za-z0-9_-]{32,}/dg,
    /(?<![\w-])SG\.[A-Za-z0-9_-]{16,32}\.[A-Za-z0-9_-]{32,}/dg,
    /(?<![\w-])hvs\.[A-Za-z0-9_-]{24,}/dg,
    /(?<![A-Za-z0-9])(?:dop_v1_|shp(?:at|ca|pa|ss)_|dapi)[a-f0-9]{32,}/dg,
    /(?<![A-Za-z0-9])hf_[A-Za-z0-9]{30,}/dg,
    /(?<![\w-])ATATT3[A-Za-z0-9_=-]{50,}/dg,
    /(?<=AccountKey=)[A-Za-z0-9+/]{60,}={0,2}/dg,
    // JSON Web Token, signed
    /(?<![\w-])eyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{10,}/dg,
  ].map((pattern) => ({ kind: 'token' as const, pattern, is: looksRandom })),
  {
    kind: 'token',
    pattern:
      /(?<![A-Za-z0-9])authorization["'`]?\s{0,5}(?:=>?|:)\s{0,5}["'`]?(?:bearer|basic|token)\s{1,5}(?<secret>[A-Za-z0-9._~+/=-]{8,})/dgi,
    is: looksRandom,
  },
  {
    kind: 'token',
    pattern: /(?<![A-Za-z0-9])bearer\s{1,5}(?<secret>[A-Za-z0-9._~+/=-]{20,})/dgi,
    is: looksRandom,
  },
  // https://user:secret@host, and the connection strings of databases.
  {
    kind: 'password',
    pattern:
      /(?<![a-z0-9+.-])[a-z][a-z0-9+.-]{1,30}:\/\/[^\s/?#@:"'`<>]{0,200}:(?<secret>[^\s/?#"'`<>]{1,200})@(?=[^\s@])/dgi,
    is: isNoPlaceholder,
  },
  {
    kind: 'password',
    pattern: /;\s{0,3}(?:password|pwd)\s{0,3}=\s{0,3}(?<secret>[^;\s"'`<>]{3,200})/dgi,
    is: isNoPlaceholder,
  },
  // As in what an environment holds: DB_PASSWORD=…
  {
    kind: 'password',
    pattern:
      /(?<![A-Za-z0-9_])[A-Z0-9_]{0,40}(?:PASSWORD|PASSWD)\s?=\s?["'`]?(?<secret>[^\s"'`&;,<>]{4,200})/dg,
    is: isNoPlaceholder,
  },
];

function matches(text: string, kind: SecretKind, pattern: RegExp, is: (secret: string) => boolean): Found[] {
  return [...text.matchAll(pattern)].flatMap((match) => {
    const [from, to] = match.indices?.groups?.secret ?? match.indices?.[0] ?? [0, 0];
    return is(text.slice(from, to)) ? [{ kind, from, to }] : [];
  });
}

const ACCESS_KEY_ID = /(?<![A-Za-z0-9])(?:AKIA|ASIA)[A-Z0-9]{16}(?![A-Za-z0-9])/g;
const FORTY = /(?<![A-Za-z0-9/+])[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+=])/g;
const NAME = /secret[\s_.-]{0,2}(?:access[\s_.-]{0,2})?key/i;
const NAMED = /secret[\s_.-]{0,2}(?:access[\s_.-]{0,2})?key["'`]?\s{0,5}(?:=>?|:|\sis\s)\s{0,5}["'`]?$/i;

/** How far from a name, or from the id of the key, its secret may stand. */
const NAME_NEAR = 80;
const ID_NEAR = 250;

/**
 * An AWS secret key has no form of its own but 40 characters of base64, so it counts where its name or the id of the key
 * stands near. A commit or a checksum is 40 characters of hexadecimal: that counts only where it is assigned to the name.
 */
function awsKeysIn(text: string): Found[] {
  const ids = [...text.matchAll(ACCESS_KEY_ID)].map((match) => match.index);
  return [...text.matchAll(FORTY)].flatMap((match) => {
    const from = match.index;
    const to = from + 40;
    const before = text.slice(Math.max(0, from - NAME_NEAR), from);
    const after = text.slice(to, to + NAME_NEAR);
    const isIt =
      NAMED.test(before) ||
      (isMixed(match[0]) &&
        (NAME.test(before) || NAME.test(after) || ids.some((at) => Math.abs(at - from) <= ID_NEAR)));
    return isIt ? [{ kind: 'aws-secret-key' as const, from, to }] : [];
  });
}

/** Not one word, nor hexadecimal: letters of both kinds and digits. */
function isMixed(text: string): boolean {
  return /[a-z]/.test(text) && /[A-Z]/.test(text) && /\d/.test(text);
}

/** Made by a machine, and not `xoxb-your-token` in a manual. */
function looksRandom(text: string): boolean {
  return /\d/.test(text) || (text.length >= 16 && /[a-z]/.test(text) && /[A-Z]/.test(text));
}

/** Not what stands in a manual, or was taken out already. */
function isNoPlaceholder(text: string): boolean {
  return !/^(?:password|passwd|pass|pwd|secret|token|changeme|redacted|[x*.…•]+|\$.*|%.*%|\{.*\}|\[.*)$/i.test(
    text,
  );
}

/** Of those that overlap, the one that begins first stays, or was found first, and reaches as far as any of them. */
function apart(all: readonly Found[]): readonly Found[] {
  const kept: Found[] = [];
  for (const one of [...all].sort((a, b) => a.from - b.from)) {
    const last = kept.at(-1);
    if (last === undefined || one.from >= last.to) kept.push(one);
    else if (one.to > last.to) kept[kept.length - 1] = { ...last, to: one.to };
  }
  return kept;
}
