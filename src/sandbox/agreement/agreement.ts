/**
 * Whether a person who reads the Slack channel sees just what AWS has. It goes by what everybody can see and is promised
 * to everybody, and knows nothing of how the bot works: a case's card shows its display id, subject, severity and whether
 * it is resolved; an entry begins with who and when, its text follows on a line of its own, and a long text goes on in
 * the next messages, which may have such heads as well, or is a file below its beginning. How a text is laid out and marked is left to the bot: only
 * letters, digits and pictures count.
 */
import type { CaseState } from '../aws/case-state.js';
import type { Agreement } from '../page/protocol.js';
import { linksOf, type Message, shownText, type Thread } from '../slack/start-slack.js';
import { cardDifferences, showsSubject } from './card-differences.js';
import { conversationDifferences } from './conversation-differences.js';
import { deedDifferences } from './deed-differences.js';
import { readMessage, type TextOfFile } from './read-message.js';

/** Quick enough to be asked after every change: the time it takes grows with the number of messages only. */
export function agreement(
  cases: readonly CaseState[],
  threads: readonly Thread[],
  textOf: TextOfFile = () => null,
): Agreement {
  const threadsOf = threadsByCase(cases, threads);
  const differences: Agreement['differences'] = [];
  for (const supportCase of cases) {
    const { caseId, displayId } = supportCase;
    const [thread, ...more] = threadsOf(supportCase);
    const what =
      thread === undefined ? ['the case has no thread yet'] : differencesOf(supportCase, thread, textOf);
    if (more.length > 0) what.unshift(`the case has ${more.length + 1} threads`);
    if (what.length > 0) differences.push({ caseId, displayId, what: what.map(capitalized) });
  }
  return { cases: cases.length, agreeing: cases.length - differences.length, differences };
}

function differencesOf(supportCase: CaseState, { card, replies }: Thread, textOf: TextOfFile): string[] {
  const messages = replies.filter(isByBot).map((message) => readMessage(message, textOf));
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
  return ({ displayId, account, subject }) => {
    const named = byDisplayId.get(displayId) ?? [];
    // A message of the bot may speak of cases without being the first of a thread: it says nothing of them but the number.
    const about = named.filter(
      ({ card, replies }) =>
        replies.length > 0 || showsSubject(subject, card) || shownText(card).includes(account),
    );
    const own = about.length > 0 ? about : named;
    // Another account may call a case of its own by the same number: then the account on the card decides.
    const isShared = (accounts.get(displayId)?.size ?? 0) > 1;
    return isShared ? own.filter(({ card }) => shownText(card).includes(account)) : own;
  };
}

function capitalized(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}
