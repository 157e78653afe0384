/**
 * The three characters that start anything in Slack's markup. What has been through here can mention nobody and forge no
 * link (facts: slack.md, section 5); `parse: 'none'` and `verbatim: true` stop what needs no markup. Half a character is
 * replaced: the SDK would swallow the one behind it, or throw where there is none.
 */
export function escapeText(text: string): string {
  return text.toWellFormed().replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** How long a text is once escaped. */
export function escapedLength(text: string): number {
  let length = text.length;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === 38) length += 4;
    else if (c === 60 || c === 62) length += 3;
  }
  return length;
}

/** A moment in the clock of whoever reads it; the fallback is UTC. */
export function dateToken(at: number): string {
  return `<!date^${Math.floor(at / 1000)}^${DATE_FORMAT}|${dateFallback(at)}>`;
}

/** `3 hours ago`, which Slack keeps up to date by itself; the fallback is UTC. */
export function agoToken(at: number): string {
  return `<!date^${Math.floor(at / 1000)}^{ago}|${dateFallback(at)}>`;
}

/** The time alone, where another token has said the day; the fallback is UTC. */
export function timeToken(at: number): string {
  return `<!date^${Math.floor(at / 1000)}^${TIME_FORMAT}|${timeFallback(at)}>`;
}

export const TIME_FORMAT = '{time}';

export function timeFallback(at: number): string {
  return `${new Date(at).toISOString().slice(-13, -8)} UTC`;
}

export const DATE_FORMAT = '{date_short_pretty} at {time}';

export function dateFallback(at: number): string {
  return `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
