import { authorOf } from '../case/author.js';
import { caseKeyText } from '../case/case-key.js';
import type { Communication } from '../case/communication.js';
import { repliesFromSlack } from '../case/conversation-at-aws.js';
import { identify } from '../case/identify.js';
import type { Reading } from '../case/reading.js';
import { readStamp } from '../case/stamp.js';
import { turnOf } from '../case/turn.js';
import { whatWasSaid } from '../case/what-was-said.js';
import { readCase } from '../outbox/read-case.js';
import { ACTIONS } from '../slack/action-ids.js';
import { LABELS, RESOLVE_CONFIRM } from '../slack/labels.js';
import { SLACK_LIMITS } from '../slack/limits.js';
import type { Message } from '../slack/message.js';
import { renderItem } from '../slack/render-item.js';
import { markdown } from '../slack/rich-text.js';
import { deedOf } from '../store/outbox-message.js';
import type { CaseRecord } from '../store/store.js';
import { SupportError } from '../support/support-error.js';
import { answer, button } from './answer.js';
import { caseLines } from './case-line.js';
import type { Command, CommandDeps } from './command-deps.js';
import { type FoundCase, findCase, foundAtAws, type SeenCase } from './find-case.js';
import { firstCase } from './first-case.js';
import { refuseBehind } from './nothing-behind.js';
import { caseOf } from './permit.js';
import { quoted } from './quoted.js';
import { unkeptRecord } from './unkept-record.js';
import { whichToShow } from './which-case.js';
import { awsTrouble } from './words/aws-trouble.js';
import { FIND_WORDS } from './words/find-case.js';
import { WORDS } from './words/words.js';

/**
 * `/support show <case>`: how the case stands at AWS now, with its latest communication, whole. Several messages when
 * that is long.
 */
export async function show(deps: CommandDeps, command: Command): Promise<Message[]> {
  const [typed, behind] = firstCase(command.rest);
  if (typed === '') return [answer(FIND_WORDS.needsCase('show <case>', command.name))];
  const refused = await refuseBehind(deps, command, 'show', [typed, behind]);
  if (refused !== null) return refused;
  const found = await findCase(deps, typed, command);
  const whyBarred: WhyBarred = async (seen) => {
    const again = await findCase(deps, typed, command, { seen });
    return again.found ? null : again.say;
  };
  if (found.found) return (await showCase(deps, found, whyBarred)).say;
  const { say, among } = found;
  const [only] = among ?? [];
  // Nothing is changed by a look at it, and its account is named.
  if (only !== undefined && among?.length === 1)
    return (await showCase(deps, foundAtAws(only), whyBarred)).say;
  return [among === undefined ? answer(say) : whichToShow(deps, command, { typed, verb: 'show', among })];
}

/** What to say where the person may not read the case, by what AWS says of it now; null where they may. Slack markup. */
export type WhyBarred = (seen: SeenCase) => Promise<string | null>;

/** @param whyBarred asked where AWS has another severity than the one by which the person was let in. */
export async function showCase(
  deps: CommandDeps,
  found: Extract<FoundCase, { found: true }>,
  whyBarred: WhyBarred,
): Promise<{ readonly say: Message[]; readonly isShown: boolean }> {
  let reading: Reading;
  try {
    reading = await readCase(deps.accounts.for(found.key.account, 'person'), found.key.caseId);
  } catch (error) {
    if (!(error instanceof SupportError)) throw error;
    return { say: unread(deps, found, error), isShown: true };
  }
  const details = reading.case;
  const isOther = details.severity !== caseOf(deps, found).severity;
  const why = isOther ? await whyBarred({ key: found.key, details }) : null;
  if (why !== null) return { say: [answer(why)], isShown: false };
  const record = asRead(found.record, reading, deps.now());
  const say = withButtons(deps, [standing(deps, record), ...(await latest(deps, reading))], record);
  return { say, isShown: true };
}

/** What is kept of a case that AWS does not show now. */
function unread(
  deps: CommandDeps,
  found: Extract<FoundCase, { found: true }>,
  error: SupportError,
): Message[] {
  const record = found.record ?? unkeptRecord(found.key, found.displayId, deps.now());
  const { text, blocks } = standing(deps, record);
  const why = WORDS.cannotRead(quoted(awsTrouble(error), 800));
  return withButtons(deps, [{ text: `${text}\n${why}`, blocks: [...blocks, markdown(why)] }], record);
}

/** What can be done with the case, below what there is to read. */
function withButtons(
  { accounts }: CommandDeps,
  messages: readonly Message[],
  { key, resolved }: CaseRecord,
): Message[] {
  const value = caseKeyText(key);
  const last = messages.at(-1);
  if (accounts.whyNotAsked(key.account) !== null) return [...messages];
  if (last === undefined || value.length > SLACK_LIMITS.buttonValue) return [...messages];
  const elements = [
    button(LABELS.reply, ACTIONS.cardReply, value),
    ...(resolved
      ? []
      : [{ ...button(LABELS.resolve, ACTIONS.cardResolve, value), confirm: RESOLVE_CONFIRM }]),
  ];
  return [...messages.slice(0, -1), { ...last, blocks: [...last.blocks, { type: 'actions', elements }] }];
}

function standing(deps: CommandDeps, record: CaseRecord): Message {
  const { text, block } = caseLines(deps, record, undefined);
  return { text, blocks: [block] };
}

async function latest({ store, now }: CommandDeps, reading: Reading): Promise<Message[]> {
  const { case: aCase, communications, complete } = reading;
  const newest = communications.at(-1);
  if (newest === undefined) return [];
  // Who said it is found as for the thread: a stamp alone proves nothing.
  const { outbox, facts, ledger, calls } = await store.caseFile(aCase.key);
  const deeds = outbox.map(deedOf);
  const identified = identify(communications);
  const id = identified.at(-1)?.id ?? '';
  const sent = repliesFromSlack(identified, deeds, complete).get(id);
  const said = whatWasSaid({ facts, ledger, calls, deeds, doubts: [] }, reading, now());

  return renderItem(
    {
      kind: 'communication',
      id,
      at: newest.at,
      author: said.find((each) => each.id === id)?.author ?? authorOf(newest, undefined, sent?.person),
      text: (sent === undefined ? undefined : readStamp(newest.body)?.text) ?? newest.body,
      files: newest.attachments,
      reference: null,
      replaces: null,
      toldAt: null,
    },
    aCase.key,
  );
}

/** What AWS says now, at the place where we keep the case. */
function asRead(record: CaseRecord | null, reading: Reading, now: number): CaseRecord {
  const aCase = reading.case;
  const newest: Communication | undefined = reading.communications.at(-1);
  const lastSpeaker = newest === undefined ? null : authorOf(newest, undefined, undefined).side;
  const resolved = aCase.status === 'resolved';
  return {
    ...(record ?? unkeptRecord(aCase.key, aCase.displayId, now)),
    resolved,
    activityAt: Math.max(record?.activityAt ?? 0, newest?.at ?? aCase.openedAt),
    card: {
      key: aCase.key,
      displayId: aCase.displayId,
      details: aCase,
      resolved,
      turn: turnOf(aCase.status, lastSpeaker),
      missing: null,
    },
  };
}
