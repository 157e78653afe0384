/**
 * Whether a person who reads the Slack channel sees just what AWS has. It goes by what everybody can see and is promised
 * to everybody, and knows nothing of how the bot works: a case's card shows its display id, subject, severity and whether
 * it is resolved; an entry begins with who and when, its text follows on a line of its own, and a long text goes on in
 * the next messages, which may have such heads as well. How a text is laid out and marked is left to the bot: only
 * letters, digits and pictures count.
 */
import type { CaseState, CommunicationState } from './aws/case-state.js';
import type { Agreement } from './page/protocol.js';
import { linksOf, type Message, shownText, type Thread } from './slack/start-slack.js';

/** Quick enough to be asked after every change: the time it takes grows with the number of messages only. */
export function agreement(cases: readonly CaseState[], threads: readonly Thread[]): Agreement {
  const threadsOf = threadsByCase(cases, threads);
  const differences: Agreement['differences'] = [];
  for (const supportCase of cases) {
    const { caseId, displayId } = supportCase;
    const [thread, ...more] = threadsOf(supportCase);
    const what = thread === undefined ? ['the case has no thread yet'] : differencesOf(supportCase, thread);
    if (more.length > 0) what.unshift(`the case has ${more.length + 1} threads`);
    if (what.length > 0) differences.push({ caseId, displayId, what: what.map(capitalized) });
  }
  return { cases: cases.length, agreeing: cases.length - differences.length, differences };
}

function differencesOf(supportCase: CaseState, { card, replies }: Thread): string[] {
  const messages = replies.filter(isByBot).map(readMessage);
  const { what, others } = conversationDifferences(supportCase.communications, messages);
  return [...cardDifferences(supportCase, card), ...what, ...deedDifferences(supportCase.status, others)];
}

function isByBot({ botId, deleted }: Message): boolean {
  return botId !== undefined && !deleted;
}

function threadsByCase(
  cases: readonly CaseState[],
  threads: readonly Thread[],
): (supportCase: CaseState) => Thread[] {
  const accounts = new Map<string, Set<string>>();
  for (const { displayId, account } of cases) {
    accounts.set(displayId, (accounts.get(displayId) ?? new Set()).add(account));
  }
  const byDisplayId = new Map<string, Thread[]>();
  for (const thread of threads.filter(({ card }) => isByBot(card))) {
    // The link to the case decides: a subject may speak of other cases.
    const linked = linksOf(thread.card).map((url) => /[?&]displayId=([^&#]+)/.exec(url)?.[1] ?? '');
    const ids = linked.some((id) => accounts.has(id)) ? linked : (shownText(thread.card).match(/\d+/g) ?? []);
    for (const id of new Set(ids)) byDisplayId.set(id, [...(byDisplayId.get(id) ?? []), thread]);
  }
  return ({ displayId, account }) => {
    const own = byDisplayId.get(displayId) ?? [];
    // Another account may call a case of its own by the same number: then the account on the card decides.
    const isShared = (accounts.get(displayId)?.size ?? 0) > 1;
    return isShared ? own.filter(({ card }) => shownText(card).includes(account)) : own;
  };
}

/** As the Support Center calls them. */
const SEVERITIES: Readonly<Record<string, string>> = {
  low: 'general guidance',
  normal: 'system impaired',
  high: 'production system impaired',
  urgent: 'production system down',
  critical: 'business critical system down',
};

/** Enough to know a subject by, should its end be cut off. */
const SUBJECT_WORDS = 100;

function cardDifferences({ subject, status, severityCode }: CaseState, card: Message): string[] {
  const shown = words(shownText(card));
  const title = ` ${words(subject).split(' ').filter(Boolean).slice(0, SUBJECT_WORDS).join(' ')} `;
  const at = shown.indexOf(title);
  // What the subject says is not said of the case.
  const facts = at < 0 ? shown : `${shown.slice(0, at)} ${shown.slice(at + title.length)}`;
  const what: string[] = [];
  if (at < 0 && title.trim() !== '') what.push('the first message does not show the subject');
  if (!showsSeverity(facts, severityCode))
    what.push('the first message does not show the right severity yet');
  const saysResolved = facts.includes(' resolved ');
  if (status === 'resolved' && !saysResolved) {
    what.push('the first message does not say yet that the case is resolved');
  }
  if (status !== 'resolved' && saysResolved) {
    what.push('the first message still says that the case is resolved');
  }
  return what;
}

function showsSeverity(facts: string, code: string): boolean {
  if (facts.includes(words(code))) return true;
  const own = SEVERITIES[code];
  if (own === undefined) return false;
  // The name of one severity may be a part of the name of another.
  const others = Object.values(SEVERITIES).filter((name) => name !== own && name.includes(own));
  return others.reduce((left, name) => left.replaceAll(name, ''), facts).includes(` ${own} `);
}

/** In lower case, each between two spaces. */
function words(text: string): string {
  return ` ${(text.toLowerCase().match(/[\p{L}\p{N}\p{M}]+/gu) ?? []).join(' ')} `;
}

/** Longer messages that speak of resolving are about something else. */
const LONGEST_DEED = 400;

/** @param others the messages that show no communication. */
function deedDifferences(status: string, others: readonly ReadMessage[]): string[] {
  const told = others.flatMap(({ shown }) => {
    const deed = shown.length > LONGEST_DEED ? null : /\b(?:resolved|reopened)\b/i.exec(shown);
    return deed === null ? [] : [{ deed: deed[0].toLowerCase(), shown }];
  });
  const isTold = (which: string) => told.some(({ deed }) => deed === which);
  const what: string[] = [];
  if (status === 'resolved' && !isTold('resolved')) what.push('the resolving is not in the thread yet');
  // A reopening matters to those who saw the resolving.
  if (status !== 'resolved' && isTold('resolved') && !isTold('reopened')) {
    what.push('the reopening is not in the thread yet');
  }
  for (const [index, { deed, shown }] of told.entries()) {
    if (told[index - 1]?.shown !== shown) continue;
    what.push(`the ${deed === 'resolved' ? 'resolving' : 'reopening'} is there twice`);
  }
  return what;
}

interface Said {
  readonly communication: CommunicationState;
  readonly index: number;
  /** Who signed it, where somebody did. */
  readonly signed: string | undefined;
}

/** Communications that look the same in a thread, in AWS's order. */
interface Look {
  /** The shapes of the text; more than one where the thread may leave out the last line. */
  readonly shapes: Set<string>;
  readonly said: Said[];
  /** How often it is in the thread. */
  times: number;
}

/** Shorter pieces of a text may be like anything. */
const SHORTEST_PART = 12;

function conversationDifferences(
  communications: readonly CommunicationState[],
  messages: readonly ReadMessage[],
): { what: string[]; others: ReadMessage[] } {
  const looks = looksOf(communications);
  const find = entryFinder(looks);
  const what: string[] = [];
  const others: ReadMessage[] = [];
  const order: Said[] = [];
  for (let at = 0; at < messages.length; ) {
    const message = messages[at];
    const entry = find(messages, at);
    if (message !== undefined && entry === null) others.push(message);
    const said = entry?.look.said[entry.look.times];
    if (entry !== null) entry.look.times += 1;
    if (said !== undefined) {
      order.push(said);
      if (said.communication.from === 'aws' && !entry?.head.includes('AWSSupport')) {
        what.push(`${nameOf(said)} does not say that it is by AWS Support`);
      }
    }
    at = entry?.end ?? at + 1;
  }

  const inPart = new Set<Look>();
  for (const { shape, starts } of others) {
    const part = shape.slice(starts[0]) || shape;
    if (part.length < SHORTEST_PART) continue;
    const look = looks.find(({ shapes }) => [...shapes].some((each) => each.includes(part)));
    if (look === undefined) continue;
    if (look.times === 0) inPart.add(look);
    else what.push(...look.said.slice(0, 1).map((each) => `a part of ${nameOf(each)} is there twice`));
  }
  for (const look of looks) {
    const { said, times } = look;
    const often = times === said.length + 1 ? 'twice' : `${times - said.length + 1} times`;
    if (times > said.length) what.push(...said.slice(-1).map((each) => `${nameOf(each)} is there ${often}`));
    const lack = times === 0 && inPart.has(look) ? 'only in part in the thread' : 'not in the thread yet';
    what.push(...said.slice(times).map((each) => `${nameOf(each)} is ${lack}`));
  }
  what.push(...outOfOrder(order).map((each) => `${nameOf(each)} is not in its place`));
  return { what, others };
}

function looksOf(communications: readonly CommunicationState[]): Look[] {
  const looks = new Map<string, Look>();
  for (const [index, communication] of communications.entries()) {
    const body = communication.body.trimEnd();
    const whole = shapeOf(body);
    const lastLine = body.lastIndexOf('\n');
    // A reply from Slack ends with a line that names the person; in the thread its head does that.
    const canBeSigned = communication.from === 'customer' && lastLine >= 0;
    const signed = canBeSigned ? /^\s*[—–] ?([^,]+)/.exec(body.slice(lastLine + 1)) : null;
    const bare = signed === null ? whole : shapeOf(body.slice(0, lastLine));
    // A text of blanks is nothing that anybody could see.
    if (bare === '') continue;
    const look = looks.get(bare) ?? { shapes: new Set(), said: [], times: 0 };
    look.shapes.add(whole).add(bare);
    look.said.push({ communication, index, signed: signed?.[1] });
    looks.set(bare, look);
  }
  return [...looks.values()];
}

/** What it is called in a sentence. Only for those that are spoken of: to write a time is slow. */
function nameOf({ communication, index, signed }: Said): string {
  const { from, submittedBy, timeCreated } = communication;
  if (index === 0) return 'the opening text';
  const person = signed?.replace(/ via .*/, '') ?? /<([^<>]+)>\s*$/.exec(submittedBy)?.[1] ?? submittedBy;
  // Of whoever looks at the page: it is on the same machine.
  const time = new Date(timeCreated).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
  return `the reply by ${from === 'aws' ? 'AWS' : person} of ${time}`;
}

interface Entry {
  readonly look: Look;
  readonly head: string;
  /** The place of the message behind it. */
  readonly end: number;
}

/** Gives back what finds the entry that begins with a message: of several that fit, the one with the longest text. */
function entryFinder(looks: readonly Look[]): (messages: readonly ReadMessage[], at: number) => Entry | null {
  const texts = looks.flatMap((look) => {
    const mayGoOn = look.said.some(({ communication }) => communication.attachments.length > 0);
    return [...look.shapes].map((text) => ({ text, look, mayGoOn }));
  });
  texts.sort((a, b) => b.text.length - a.text.length);
  const byText = new Map(texts.map(({ text, look }) => [text, look]));
  return (messages, at) => {
    const { shape, starts } = messages[at] ?? { shape: '', starts: [] };
    for (const start of starts.filter((each) => each > 0)) {
      const head = shape.slice(0, start);
      const look = byText.get(shape.slice(start));
      if (look !== undefined) return { look, head, end: at + 1 };
      for (const each of texts) {
        const end = endOf(each.text, each.mayGoOn, messages, at, start);
        if (end !== null) return { look: each.look, head, end };
      }
    }
    return null;
  };
}

/**
 * The place behind the last message of a text that begins at `start` of the message at `at`; null where it does not.
 *
 * @param mayGoOn whether the last message may say something behind the text: which files come with it.
 */
function endOf(
  text: string,
  mayGoOn: boolean,
  messages: readonly ReadMessage[],
  at: number,
  start: number,
): number | null {
  const piece = messages[at]?.shape.slice(start) ?? '';
  if (piece === text || (mayGoOn && piece.startsWith(text))) return at + 1;
  if (piece === '' || !text.startsWith(piece)) return null;
  const rest = text.slice(piece.length);
  const ends = messages[at + 1]?.starts.map((next) => endOf(rest, mayGoOn, messages, at + 1, next));
  return ends?.find((end) => end !== null) ?? null;
}

interface ReadMessage {
  readonly shown: string;
  readonly shape: string;
  /** Where its text may begin, the likeliest first: below the first line, at once, below the second. */
  readonly starts: readonly number[];
}

function readMessage(message: Message): ReadMessage {
  const shown = shownText(message);
  const [head = '', ...lines] = shown.split('\n');
  const shapes = lines.map(lettersOf).filter((each) => each !== '');
  const below = lettersOf(head).length;
  const shape = lettersOf(head) + (shapes.length > 0 ? shapes.join('') : shapeOf(lines.join('')));
  return { shown, shape, starts: [below, 0, below + (shapes[0]?.length ?? 0)] };
}

/** What is compared of a text: its letters, or where it has none ("???") its signs. */
function shapeOf(text: string): string {
  return lettersOf(text) || text.replace(/\s+/g, '');
}

function lettersOf(text: string): string {
  return text.replace(/[^\p{L}\p{N}\p{M}\p{Extended_Pictographic}]+/gu, '');
}

/** As few as possible of those that have to move, so that all stand in AWS's order. */
function outOfOrder(said: readonly Said[]): Said[] {
  // The longest rising row that ends with each, by the one before.
  const rows: { length: number; before: number }[] = [];
  let last = -1;
  for (const [at, { index }] of said.entries()) {
    let before = -1;
    // In an ordered thread the one just before is the answer at once.
    for (let k = at - 1; k >= 0 && (rows[before]?.length ?? 0) <= k; k -= 1) {
      const fits = (said[k]?.index ?? 0) < index;
      if (fits && (rows[k]?.length ?? 0) > (rows[before]?.length ?? 0)) before = k;
    }
    rows.push({ length: (rows[before]?.length ?? 0) + 1, before });
    if (rows[at] !== undefined && rows[at].length > (rows[last]?.length ?? 0)) last = at;
  }
  const inPlace = new Set<number>();
  for (let at = last; at >= 0; at = rows[at]?.before ?? -1) inPlace.add(at);
  return said.filter((_, at) => !inPlace.has(at));
}

function capitalized(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}
