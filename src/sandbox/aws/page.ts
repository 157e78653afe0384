import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { invalid } from './api-error.js';

export interface Dated {
  time: number;
  serial: number;
}

/**
 * Which of two things of the same second comes first is documented nowhere, so a test may turn it round; a client has to
 * do its own sorting.
 */
export type Ties = 'newest-first' | 'oldest-first';

export function newestFirst(ties: Ties): (a: Dated, b: Dated) => number {
  const sign = ties === 'newest-first' ? 1 : -1;
  return (a, b) => b.time - a.time || sign * (b.serial - a.serial);
}

export interface Paging {
  /** Seals the tokens, so that an invented or foreign one is noticed. */
  secret: string;
  /** What the list is of: operation, account, filters. A token is good only for the list it came from. */
  scope: readonly unknown[];
  size: number;
  nextToken?: string | undefined;
  ties: Ties;
}

/**
 * One page. A token remembers the last thing shown and not a position, so whatever arrives while somebody pages neither
 * repeats nor hides anything older.
 */
export function page<T extends Dated>(
  items: readonly T[],
  paging: Paging,
): { items: T[]; nextToken: string | undefined } {
  const order = newestFirst(paging.ties);
  const last = paging.nextToken === undefined ? undefined : openToken(paging, paging.nextToken);
  const rest = items.filter((item) => last === undefined || order(last, item) < 0).sort(order);
  const shown = rest.slice(0, paging.size);
  const end = shown.at(-1);
  return { items: shown, nextToken: rest.length > shown.length && end ? sealToken(paging, end) : undefined };
}

function sealToken(paging: Paging, { time, serial }: Dated): string {
  const position = `${time}.${serial}`;
  return Buffer.from(`${position}.${seal(paging, position)}`).toString('base64url');
}

function openToken(paging: Paging, token: string): Dated {
  const [time = '', serial = '', mac = ''] = Buffer.from(token, 'base64url').toString().split('.');
  const expected = seal(paging, `${time}.${serial}`);
  if (mac.length !== expected.length || !timingSafeEqual(Buffer.from(mac), Buffer.from(expected))) {
    // The real error's name is not documented.
    throw invalid('Invalid nextToken: it is not a token of this operation with these parameters.');
  }
  return { time: Number(time), serial: Number(serial) };
}

function seal(paging: Paging, position: string): string {
  const scope = createHash('sha256').update(JSON.stringify(paging.scope)).digest('hex');
  return createHmac('sha256', paging.secret).update(`${scope}.${position}`).digest('hex').slice(0, 32);
}
