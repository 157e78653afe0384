import type { KnownBlock } from '@slack/types';
import type { ApiCall } from '../case/calls/api-call.js';
import type { Burst } from '../case/calls/burst.js';
import { errorWords } from '../case/calls/error-words.js';
import { isReading } from '../case/calls/operations/operation-of.js';
import { asText } from './burst/as-text.js';
import { beforeLine } from './burst/before-line.js';
import { callerOfBurst, wherefrom } from './burst/caller.js';
import type { Line } from './burst/listed.js';
import { deedOf } from './burst/objects.js';
import { clippedName } from './clipped-name.js';
import type { Message } from './message.js';
import { oneLine } from './one-line.js';
import { bold, date, emoji, plain, richText, time } from './rich-text.js';

const ACCOUNT = 120;
const LONGEST_NAME = 400;
const ERROR = 200;
const ERRORS = 3;
const IDS = 3;
const ID = 100;
const HALF_DAY_MS = 43_200_000;

/**
 * What the audit channel shows of a call, or of several of one principal: who did what in which account, how it stood
 * before, from where, and by which id CloudTrail finds it. It mentions nobody.
 *
 * @param accountName what people call an account, with its id.
 * @param personName what people call the Slack user of `burst.user`; as it is, unless given.
 */
export function renderBurst(
  burst: Burst,
  accountName: (account: string) => string,
  personName: (user: string) => string = (user) => user,
): Message {
  const { calls, count, before } = burst;
  const [first] = calls;
  if (first === undefined) throw new Error('a burst without calls');
  const done = calls.filter(({ error }) => error === null);
  const failed = calls.filter(({ error }) => error !== null);
  const [lead = first] = done;
  const isCut = count > calls.length;
  const account = clippedName(oneLine(accountName(first.account), LONGEST_NAME), ACCOUNT);
  const same = { first: lead, calls: done.length > 0 ? done : failed, isCut, before, account };
  const caller = callerOfBurst(burst, first, { account: accountName, person: personName });
  const head: Line = [
    emoji(signOf(burst, first)),
    plain(' '),
    bold(caller),
    plain(done.length > 0 ? ' ' : ' tried to '),
    ...deedOf(same, done.length > 0),
    ...howOften(burst, first),
    plain(done.length > 0 ? '' : failureOf(failed, count)),
    plain(done.length > 0 && failed.length > 0 ? `. ${someFailed(failed, isCut)}` : ''),
  ];
  const was = beforeLine(burst, done);
  const where = wherefrom(burst, first).join(' · ');
  const when = count > 1 ? [] : [plain(where === '' ? '' : ' · '), date(first.at)];
  const place = where === '' && when.length === 0 ? [] : [plain(where), ...when];
  const blocks: KnownBlock[] = [
    richText([...head], [...(was ?? [])], place),
    { type: 'context', elements: [{ type: 'plain_text', text: idsOf(burst, first), emoji: false }] },
  ];
  return { text: [head.slice(2), ...(was === null ? [] : [was])].map(asText).join('. '), blocks };
}

function signOf({ calls }: Burst, first: ApiCall): string {
  if (first.principal.kind === 'root') return 'rotating_light';
  if (calls.every(({ error }) => error !== null)) return 'no_entry';
  return isReading(first) ? 'eyes' : 'pencil2';
}

/** Nothing for one. Of many the first and the newest are at hand. */
function howOften({ calls, count }: Burst, first: ApiCall): Line {
  if (count < 2) return [];
  const last = calls.at(-1) ?? first;
  const times = `, ${count === 2 ? 'twice' : `${count} times`}`;
  if (Math.floor(last.at / 60_000) === Math.floor(first.at / 60_000))
    return [plain(`${times} (`), date(first.at), plain(')')];
  // The day is said once, unless nobody would know which the second time is of.
  const isNear = Math.abs(last.at - first.at) < HALF_DAY_MS;
  return [plain(`${times} between `), date(first.at), plain(' and '), isNear ? time(last.at) : date(last.at)];
}

function failureOf(failed: readonly ApiCall[], count: number): string {
  const errors = errorsOf(failed);
  const words = wordsOf(errors);
  if (errors.some(({ refused }) => !refused)) return `, ${count > 1 ? 'which' : 'and it'} failed: ${words}`;
  return `${count > 1 ? ',' : ''} and was refused by AWS: ${words}`;
}

function someFailed(failed: readonly ApiCall[], isCut: boolean): string {
  const some = isCut
    ? 'Some of the calls'
    : failed.length === 1
      ? 'One of the calls'
      : `${failed.length} of the calls`;
  return `${some} failed: ${wordsOf(errorsOf(failed))}`;
}

function errorsOf(failed: readonly ApiCall[]) {
  return [...new Set(failed.map(({ error }) => error ?? ''))].map(errorWords);
}

function wordsOf(errors: readonly { readonly words: string }[]): string {
  const more = errors.length - ERRORS;
  const named = errors.slice(0, ERRORS).map(({ words }) => oneLine(words, ERROR));
  return `${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

/** To find the records again. A record without an id is known by a hash of ours, which finds nothing at AWS. */
function idsOf({ calls, count }: Burst, { name, source }: ApiCall): string {
  const ids = calls.map(({ id }) => id.split(' ')[0] ?? '').filter((id) => !/^([\w-]{43})?$/.test(id));
  const named = [...new Set(ids)].slice(0, IDS).map((id) => oneLine(id, ID));
  const more = count - named.length;
  const what = oneLine(`${name} of ${source}`, ID * 2);
  if (named.length === 0) return `CloudTrail: ${what}`;
  const rest = more > 0 ? ` and ${more} more` : '';
  return `CloudTrail: ${what} · ${count === 1 ? 'event' : 'events'} ${named.join(', ')}${rest}`;
}
