interface Span {
  readonly from: number;
  readonly to: number;
}

const BEGIN = /-----BEGIN [A-Z0-9 ]{0,30}PRIVATE KEY(?: BLOCK)?-----/g;
const END = /-----END [A-Z0-9 ]{0,30}PRIVATE KEY(?: BLOCK)?-----/g;
/** A line of a key, or the last one; also where line ends are written as `\n`. */
const MATERIAL = /^(?:[A-Za-z0-9+/=]|\\[nr]){16,}$/;
const LAST = /^(?:[A-Za-z0-9+/=]|\\[nr])*=$/;
/** What stands between the lines of a key: marks of quoting, and the headers of old formats. */
const BETWEEN =
  /^(?:[>|]+|Proc-Type:|\d,ENCRYPTED|DEK-Info:|[A-Z0-9-]{3,20},[A-F0-9]{8,}|Version:|Comment:)$/;

/**
 * Private keys in PEM. Where the last line, or the first, was not copied, the key reaches as far as its lines go on; a first
 * line alone, as error messages quote it, is none.
 */
export function privateKeysIn(text: string): Span[] {
  const begins = [...text.matchAll(BEGIN)].map((match) => ({
    from: match.index,
    to: match.index + match[0].length,
  }));
  const ends = [...text.matchAll(END)].map((match) => ({
    from: match.index,
    to: match.index + match[0].length,
  }));
  const found: Span[] = [];
  for (const [index, begin] of begins.entries()) {
    const next = begins[index + 1]?.from ?? text.length;
    const end = ends.find((each) => each.from >= begin.to && each.from < next);
    const to = end?.to ?? goesOnUntil(text.slice(begin.to, next), begin.to);
    if (to > begin.to && hasMaterial(text.slice(begin.to, end?.from ?? to)))
      found.push({ from: begin.from, to });
  }
  for (const [index, end] of ends.entries()) {
    if (found.some((each) => each.to === end.to)) continue;
    const after = ends[index - 1]?.to ?? 0;
    const from = beganAt(text.slice(after, end.from), after);
    if (from < end.from) found.push({ from, to: end.to });
  }
  return found;
}

function hasMaterial(text: string): boolean {
  return text.split(/\s+/).some((word) => MATERIAL.test(word));
}

/** Where the lines of a key end that begin here; the beginning itself where none does. */
function goesOnUntil(text: string, offset: number): number {
  let end = 0;
  for (const { 0: word, index } of text.matchAll(/\S+/g)) {
    if (MATERIAL.test(word) || LAST.test(word)) end = index + word.length;
    else if (!BETWEEN.test(word)) break;
  }
  return offset + end;
}

function beganAt(text: string, offset: number): number {
  let from = text.length;
  for (const { 0: word, index } of [...text.matchAll(/\S+/g)].reverse()) {
    if (MATERIAL.test(word) || LAST.test(word)) from = index;
    else if (!BETWEEN.test(word)) break;
  }
  return offset + from;
}
