/** The head of a mail that somebody's program has copied below an answer. */
const MAIL = /^\s*(?:-{2,}.*\bmessage\b.*-{2,}|[_-]{5,}|\*?From:.*)\s*$/i;
/** A line or three before a quote: "On … wrote:". */
const MOST_BEFORE = 3;

/**
 * What a text is without the earlier mail at its end, wherever that may be taken to begin: a thread may show it only to
 * those who ask for it.
 */
export function withoutQuotedEnd(body: string): string[] {
  const lines = body.split('\n');
  const isQuoted = (line = '') => /^\s*>/.test(line);
  const isBlank = (line = '') => line.trim() === '';
  let quote = lines.length;
  while (quote > 0 && (isQuoted(lines[quote - 1]) || isBlank(lines[quote - 1]))) quote -= 1;
  const starts = new Set<number>();
  if (lines.slice(quote).some(isQuoted)) {
    starts.add(quote);
    const isSaid = /:\s*$/.test(lines[quote - 1] ?? '');
    for (let n = 1; isSaid && n <= MOST_BEFORE; n += 1) starts.add(quote - n);
  }
  for (const [at, line] of lines.entries()) if (MAIL.test(line)) starts.add(at);
  return [...starts].filter((at) => at > 0).map((at) => lines.slice(0, at).join('\n'));
}
