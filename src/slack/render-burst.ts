import type { KnownBlock } from '@slack/types';
import type { ApiCall } from '../case/calls/api-call.js';
import type { Burst } from '../case/calls/burst.js';
import { errorWords } from '../case/calls/error-words.js';
import { isReading } from '../case/calls/operations/operation-of.js';
import { asText } from './burst/as-text.js';
import { beforeLine } from './burst/before-line.js';
import { addressOf, callerOfBurst, wherefrom } from './burst/caller.js';
import type { Line } from './burst/listed.js';
import { deedOf } from './burst/objects.js';
import { clippedName } from './clipped-name.js';
import type { Message } from './message.js';
import { oneLine } from './one-line.js';
import { bold, date, emoji, plain, richText, time } from './rich-text.js';

const ACCOUNT = 120;
const LONGEST_NAME = 400;
const ERROR = 200;
/** As long as one is kept. */
const ARN = 300;
const IDS = 3;
const ID = 100;
const HALF_DAY_MS = 43_200_000;

/**
 * What the audit channel shows of a call, or of several of one principal: who did what in which account, how it stood
 * before, from where, by which id CloudTrail finds it, and the principal's ARN. It mentions nobody.
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
  const { error } = first;
  const isCut = count > calls.length;
  const account = clippedName(oneLine(accountName(first.account), LONGEST_NAME), ACCOUNT);
  const caller = callerOfBurst(burst, first, { account: accountName, person: personName });
  const head: Line = [
    emoji(signOf(first)),
    plain(' '),
    bold(caller),
    plain(error === null ? ' ' : ' tried to '),
    ...deedOf({ first, calls, isCut, before, account }),
    ...howOften(burst, first),
    plain(error === null ? '' : failureOf(error, count)),
  ];
  const was = beforeLine(first, before);
  const where = wherefrom(first, burst).join(' · ');
  const address = addressOf(first);
  const when = count > 1 ? [] : [plain(where === '' ? '' : ' · '), date(first.at)];
  const place = where === '' && when.length === 0 ? [] : [plain(where), ...when];
  const blocks: KnownBlock[] = [
    richText([...head], [...(was ?? [])], place),
    { type: 'context', elements: [{ type: 'plain_text', text: idsOf(burst, first), emoji: false }] },
  ];
  const said = [head.slice(2), was ?? [], address === '' ? [] : [plain(`From ${address}`)]];
  return {
    text: said
      .filter((line) => line.length > 0)
      .map(asText)
      .join('. '),
    blocks,
  };
}

function signOf(call: ApiCall): string {
  if (call.principal.kind === 'root') return 'rotating_light';
  if (call.error !== null) return 'no_entry';
  return isReading(call) ? 'eyes' : 'pencil2';
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

function failureOf(error: string, count: number): string {
  const { refused, words } = errorWords(error);
  const how = refused ? ' and was refused by AWS' : count > 1 ? ' which failed' : ' and it failed';
  return `${refused && count === 1 ? '' : ','}${how}: ${oneLine(words, ERROR)}`;
}

/**
 * To find the records again, and whoever made the calls. A record without an id is known by a hash of ours, which finds
 * nothing at AWS.
 */
function idsOf({ calls, count }: Burst, { name, source, principal }: ApiCall): string {
  const ids = calls.map(({ id }) => id.split(' ')[0] ?? '').filter((id) => !/^([\w-]{43})?$/.test(id));
  const named = [...new Set(ids)].slice(0, IDS).map((id) => oneLine(id, ID));
  const more = count - named.length;
  const what = oneLine(`${name} of ${source}`, ID * 2);
  const rest = more > 0 ? ` and ${more} more` : '';
  const events = named.length === 0 ? '' : `${count === 1 ? 'event' : 'events'} ${named.join(', ')}${rest}`;
  const parts = [`CloudTrail: ${what}`, events, oneLine(principal.arn, ARN)];
  return parts.filter((part) => part !== '').join(' · ');
}
