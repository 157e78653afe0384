import { caseKeyText, parseCaseKey } from '../../case/case-key.js';
import { ACTIONS } from '../../slack/action-ids.js';
import { SLACK_LIMITS } from '../../slack/limits.js';
import type { Message } from '../../slack/message.js';
import { isCursor } from '../../store/audit-entry.js';
import { answer, button } from '../answer.js';
import { caseLink } from '../case-line.js';
import { caseOfThread } from '../case-of-thread.js';
import type { Command, CommandDeps } from '../command-deps.js';
import { refusalFor } from '../doctor/refusal-for.js';
import type { FoundCase } from '../find-case.js';
import { firstCase } from '../first-case.js';
import type { Act } from '../interaction.js';
import { refuseBehind } from '../nothing-behind.js';
import { AUDIT_WORDS as WORDS } from '../words/audit.js';
import { auditedCase } from './audited-case.js';
import { renderLines } from './render-lines.js';

const PAGE = 10;
/** In the value of a button. */
const FROM_THE_START = '-';

/**
 * `/support audit [<case>]`, and the same word after the bot's name: who did what, for those permitted. In a thread it is
 * about the thread's case.
 */
export async function audit(deps: CommandDeps, command: Command): Promise<Message[]> {
  const refusal = await refusalFor(deps, command, 'audit', WORDS);
  if (refusal !== null) return [answer(refusal)];
  const [typed, behind] = firstCase(command.rest);
  const refused = await refuseBehind(deps, command, 'audit', [typed, behind]);
  if (refused !== null) return refused;
  const { channel, threadTs } = command;
  let found: FoundCase | null = null;
  if (typed !== '') found = await auditedCase(deps, typed, command);
  else if (threadTs !== null) {
    const ofThread = await caseOfThread(deps, channel, threadTs, '');
    if (ofThread.found) found = ofThread;
  }
  if (found !== null && !found.found) return [answer(found.say)];
  return [await page(deps, command, found, FROM_THE_START)];
}

/** A button below a page. Its value is as good as typed: the cursor, and the case where it is of one. */
export async function auditPageOf(deps: CommandDeps, act: Act): Promise<Message> {
  const refusal = await refusalFor(deps, act, 'audit', WORDS);
  if (refusal !== null) return answer(refusal);
  const [, after = '', keyText = ''] = /^(\S+)(?: (.+))?$/s.exec(act.value) ?? [];
  const isKnown = after === FROM_THE_START || isCursor(after);
  if (!isKnown || (keyText !== '' && !/^[^/]+\/./s.test(keyText))) return answer(WORDS.oldButton);
  return page(deps, act, keyText === '' ? null : await keptCase(deps, keyText), after);
}

type Meant = Pick<Extract<FoundCase, { found: true }>, 'key' | 'displayId' | 'record'>;

async function keptCase({ store }: CommandDeps, keyText: string): Promise<Meant> {
  const key = await store.canonical(parseCaseKey(keyText));
  const record = await store.getCase(key);
  return { key, displayId: record?.displayId ?? '', record };
}

async function page(
  deps: CommandDeps,
  asker: Omit<Command, 'name' | 'rest' | 'request'>,
  meant: Meant | null,
  after: string,
): Promise<Message> {
  const { store, trail, slack } = deps;
  const isFirst = after === FROM_THE_START;
  const read = await store.readAudit({
    order: 'newest-first',
    limit: PAGE + 1,
    ...(meant === null ? {} : { keys: [meant.key] }),
    ...(isFirst ? {} : { after }),
  });
  // What the store has forgotten, the trail names.
  const displayId = meant?.displayId || read.find((line) => line.displayId !== null)?.displayId || '';
  const found = meant === null ? null : { key: meant.key, displayId };
  // Before anything is shown: who has read it is part of it.
  await trail.did(
    { ...asker, ...(found === null ? { found: undefined, threadTs: null } : { found }) },
    'audit',
  );
  const name =
    found === null ? null : caseLink(slack, meant?.record ?? { ...found, channel: null, threadTs: null });
  const lines = read.slice(0, PAGE);
  const last = lines.at(-1);
  const none = name === null ? WORDS.none : WORDS.noneOf(name);
  if (last === undefined) return answer(isFirst ? none : WORDS.noneOlder);
  const value = (cursor: string) => (meant === null ? cursor : `${cursor} ${caseKeyText(meant.key)}`);
  const buttons = [
    ...(isFirst ? [] : [button(WORDS.newest, `${ACTIONS.auditPage}:newest`, value(FROM_THE_START))]),
    ...(read.length > PAGE ? [button(WORDS.older, `${ACTIONS.auditPage}:older`, value(last.id))] : []),
  ].filter((each) => each.value.length <= SLACK_LIMITS.buttonValue);
  return answer(
    name === null ? WORDS.head : WORDS.headOf(name),
    ...(await renderLines(deps, lines)),
    ...(buttons.length === 0 ? [] : [{ type: 'actions' as const, elements: buttons }]),
    { type: 'context', elements: [{ type: 'plain_text', text: WORDS.end, emoji: false }] },
  );
}
