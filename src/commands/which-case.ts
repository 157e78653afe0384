/** A number is that of several cases: the person is shown them, and the button of one carries on with what they wanted. */
import type { KnownBlock } from '@slack/types';
import { caseKeyText } from '../case/case-key.js';
import type { Intent } from '../outbox/outbox.js';
import { ACTIONS } from '../slack/action-ids.js';
import { clip } from '../slack/clip.js';
import { clippedName } from '../slack/clipped-name.js';
import { escapeText } from '../slack/escape.js';
import { SLACK_LIMITS } from '../slack/limits.js';
import type { Message } from '../slack/message.js';
import { plain, richText } from '../slack/rich-text.js';
import type { CaseRecord } from '../store/store.js';
import { answer, button } from './answer.js';
import { caseLines } from './case-line.js';
import type { Command, CommandDeps } from './command-deps.js';
import { fitting } from './fitting.js';
import { givenBack } from './given-back.js';
import { quoted, quotedTyped } from './quoted.js';
import { WHICH_WORDS as WORDS } from './words/which-case.js';
import { WORDS as COMMON } from './words/words.js';

/** Of more, the number is said. */
const SHOWN = 8;
const LONGEST_ID = 200;
/** Of a text that waits: enough to know it again. */
const BEGINNING = 400;

export interface WhichCase {
  /** As the person typed it. */
  readonly typed: string;
  /** The word of the command: `reply`. */
  readonly verb: string;
  readonly among: readonly CaseRecord[];
  /** How many accounts could not be asked: of one case it is asked whether it is meant. */
  readonly missing?: number;
}

/** Nothing has to be kept: each button has the case key. */
export function whichToShow(deps: CommandDeps, command: Command, which: WhichCase): Message {
  return fitting((room) => asked(deps, command, which, ACTIONS.showCase, '', room));
}

/** Each button opens the form for a reply. */
export function whichToWrite(deps: CommandDeps, command: Command, which: WhichCase): Message {
  return fitting((room) => asked(deps, command, which, ACTIONS.writeReply, '', room));
}

/**
 * Keeps what is wanted until the person has chosen.
 *
 * @param otherwise what to say where it cannot be kept. Slack markup.
 */
export async function holdFor(
  deps: CommandDeps,
  command: Command,
  which: WhichCase,
  what: Pick<Intent, 'kind' | 'text' | 'person' | 'files'>,
  otherwise: string,
): Promise<Message[]> {
  const { user, channel, threadTs, responseUrl, request } = command;
  const [first] = which.among;
  if (first === undefined) return givenBack(otherwise, what.text);
  const { key, displayId } = first;
  const held = await deps.outbox.hold({
    ...what,
    key,
    displayId,
    user,
    channel,
    threadTs,
    responseUrl,
    request,
  });
  if (held === 'before') return [answer(COMMON.takenBefore(quotedTyped(which.typed)))];
  if (held === 'not-kept') return givenBack(WORDS.notKept(otherwise), what.text);
  const { reference } = held;
  const cancel: KnownBlock = {
    type: 'actions',
    elements: [button(WORDS.cancel, ACTIONS.cancel, reference)],
  };
  const question = fitting((room) => {
    const { text, blocks } = asked(deps, command, which, ACTIONS.chooseCase, `${reference} `, room);
    const beginning = clip(what.text, Math.min(room, BEGINNING));
    const begins = what.text === '' ? [] : [richText([plain(`${WORDS.kept}\n${beginning}`)])];
    return { text, blocks: [...blocks, ...begins, cancel] };
  });
  return [question];
}

function asked(
  deps: CommandDeps,
  { name }: Command,
  { typed, verb, among, missing = 0 }: WhichCase,
  action: string,
  before: string,
  room: number,
): Message {
  const shown = among.slice(0, SHOWN);
  const names = among.map(({ key }) => deps.accountName(key.account));
  const tellApart = new Set(names).size === names.length;
  const more = among.length > SHOWN ? [richText([plain(WORDS.more(among.length - SHOWN))])] : [];
  const exactly = withAccount(deps, among);
  return answer(
    among.length > 1
      ? WORDS.which(quotedTyped(typed), exactly, verb, name)
      : WORDS.isItThis(quotedTyped(typed), missing, exactly, verb, name),
    ...shown.flatMap((record, index): KnownBlock[] => {
      const label = tellApart
        ? clippedName(names[index] ?? '', SLACK_LIMITS.option)
        : WORDS.thisOne(index + 1);
      const value = `${before}${caseKeyText(record.key)}`;
      const { block } = caseLines(deps, record, undefined, { room });
      const caseId = clip(record.key.caseId, LONGEST_ID);
      const id: KnownBlock = {
        type: 'context',
        elements: [{ type: 'plain_text', text: caseId, emoji: false }],
      };
      // A key that is longer than any that AWS gives: the case id can be typed.
      if (value.length > SLACK_LIMITS.buttonValue) return [block, id];
      return [block, id, { type: 'actions', elements: [button(label, `${action}:${index}`, value)] }];
    }),
    ...more,
  );
}

/** How the first of them can be typed: by the alias of its account where it has one. Of one account, by the case id. */
function withAccount({ knownAccounts }: CommandDeps, among: readonly CaseRecord[]): string {
  const [first] = among;
  if (first === undefined) return '';
  const { key, displayId } = first;
  if (among.length > 1 && among.every((each) => each.key.account === key.account))
    return escapeText(key.caseId);
  const alias = knownAccounts().find(({ id }) => id === key.account)?.alias ?? null;
  const name = alias === null || /[/<>:"“”]/.test(alias) ? key.account : alias;
  return quoted(`${/\s/.test(name) ? `"${name}"` : name}/${displayId}`);
}
