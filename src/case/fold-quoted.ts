/** A text whose end repeats earlier mail. */
export interface Folded {
  readonly shown: string;
  /** Null where there is nothing to fold, or nothing else. */
  readonly quoted: string | null;
}

/** "On … wrote:", as the common mail programs write it; the end may stand on a line of its own. */
const WROTE =
  /(?<!\p{L})(?:wrote|schrieb|écrit|escribió|scritto|escreveu|schreef|skrev)(?!\p{L})[^:\n]{0,120}:\s*$/iu;
const ORIGINAL =
  /^\s*-{2,}\s*(?:Original Message|Ursprüngliche Nachricht|Message d'origine)(?: (?:from|of|by|von|de) [^\n]{1,100}?)?\s*-{2,}\s*$/i;
const HEADER = [/^\s*\*?From:/i, /^\s*\*?(?:Sent|Date):/i, /^\s*\*?To:/i, /^\s*\*?Subject:/i] as const;
const HEADER_LINES = 7;
/** Fewer are a quote that somebody answers to, and short enough to be read. */
const FEWEST = 3;

/**
 * Takes the earlier mail off the end of a text. Only what certainly is such, up to the very end: what somebody wrote
 * between or below quoted lines stays with them.
 *
 * @param text as it can be shown (rich-text.ts): with one kind of line end.
 */
export function foldQuoted(text: string): Folded {
  const lines = text.split('\n');
  const mail = startOfMail(lines);
  // The mail may itself have been an answer to the one that is quoted right above it.
  for (const start of [startOfQuote(mail === null ? lines : lines.slice(0, mail)), mail]) {
    if (start === null) continue;
    const shown = lines.slice(0, start).join('\n').trimEnd();
    // A text that is nothing but a quote is shown.
    if (shown.trim() !== '') return { shown, quoted: lines.slice(start).join('\n') };
  }
  return { shown: text, quoted: null };
}

function startOfMail(lines: readonly string[]): number | null {
  let isFenced = false;
  for (const [at, line] of lines.entries()) {
    if (/^\s*(?:```|~~~)/.test(line)) isFenced = !isFenced;
    if (isFenced) continue;
    if (ORIGINAL.test(line)) return at;
    if (!HEADER[0].test(line)) continue;
    const block = lines.slice(at + 1, at + HEADER_LINES);
    if (!HEADER.slice(1).every((field) => block.some((each) => field.test(each)))) continue;
    // The rule that Outlook draws above it.
    return /^\s*[_-]{5,}\s*$/.test(lines[at - 1] ?? '') ? at - 1 : at;
  }
  return null;
}

function startOfQuote(lines: readonly string[]): number | null {
  let first: number | null = null;
  let quoted = 0;
  for (let at = lines.length - 1; at >= 0; at -= 1) {
    const line = lines[at] ?? '';
    if (/^\s{0,3}>/.test(line)) {
      first = at;
      quoted += 1;
    } else if (line.trim() !== '') break;
  }
  if (first === null) return null;
  return startOfAttribution(lines, first) ?? (quoted >= FEWEST ? first : null);
}

function startOfAttribution(lines: readonly string[], quote: number): number | null {
  let at = quote - 1;
  while (at >= 0 && lines[at]?.trim() === '') at -= 1;
  // Not in a sentence of its own making: "AWS wrote:" has neither a date nor an address.
  for (const from of [at, at - 1, at - 2]) {
    const said = lines.slice(Math.max(0, from), at + 1).join(' ');
    const isOne = /^\s*(?:On|Am|Le|El|Il|Em|Op|Den)\b/.test(said) && /\d/.test(said) && WROTE.test(said);
    if (from >= 0 && isOne) return from;
  }
  return null;
}
