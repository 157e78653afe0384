import { parseCaseKey } from '../case/case-key.js';
import { EXPIRED } from '../outbox/guard.js';
import type { Click, ClickResult } from '../outbox/outbox.js';
import type { Message } from '../slack/message.js';
import { caseName } from '../slack/render-card.js';
import type { OutboxMessage } from '../store/outbox-message.js';
import { answer } from './answer.js';
import { inItsAccount } from './case-line.js';
import type { Command, CommandDeps } from './command-deps.js';
import { findCase } from './find-case.js';
import { givenBack } from './given-back.js';
import { UNSURE_CHOICE } from './open-case-choices.js';
import { quoted } from './quoted.js';
import { resolveCase, resolveFound } from './resolve.js';
import { type SecretsChoice, nameOf as spokenName } from './secrets-question.js';
import { subjectOf } from './subject-of.js';
import { CREATE_WORDS } from './words/create.js';
import { GUARD_WORDS } from './words/guard.js';
import { PERMIT_WORDS } from './words/permit.js';
import { WORDS } from './words/words.js';

/** The person agrees that their reply reopens the case. */
export async function agreeToReopen(deps: CommandDeps, click: Click): Promise<Message> {
  return clicked(deps, await deps.outbox.agree(click), (name) => WORDS.sending(name));
}

/** The person wants what came back to be sent once more. */
export async function sendAgain(deps: CommandDeps, click: Click): Promise<Message> {
  return clicked(deps, await deps.outbox.sendAgain(click), (name, { kind, attemptedAt }) => {
    if (kind === 'create')
      return attemptedAt === null ? CREATE_WORDS.opening(name) : CREATE_WORDS.lookingAgain(name);
    if (kind === 'resolve') return WORDS.resolving(name);
    return attemptedAt === null ? WORDS.sending(name) : WORDS.sendingAgain(name);
  });
}

export async function cancel(deps: CommandDeps, click: Click): Promise<Message> {
  return clicked(deps, await deps.outbox.cancel(click), leftAlone);
}

/** What shall become of a text that holds secrets: without them, with them, or not at all. */
export async function answerSecrets(
  deps: CommandDeps,
  click: Click,
  choice: SecretsChoice,
): Promise<Message[]> {
  const { outbox } = deps;
  switch (choice) {
    case 'remove':
      return [
        clicked(deps, await outbox.sendWithout(click), (name, message) =>
          message.opening === undefined ? GUARD_WORDS.sendingWithout(name) : GUARD_WORDS.openingWithout,
        ),
      ];
    case 'send':
      return [
        clicked(deps, await outbox.sendAllTheSame(click), (name, message) =>
          message.opening === undefined ? WORDS.sending(name) : CREATE_WORDS.opening(name),
        ),
      ];
    case 'keep': {
      const result = await outbox.keepBack(click);
      if (result.result !== 'done') return [clicked(deps, result, leftAlone)];
      return keptBack(result.message);
    }
  }
}

/** Given up, with the words as they were. */
export function keptBack(message: OutboxMessage): Message[] {
  const { opening, text } = message;
  if (opening !== undefined) return givenBack(GUARD_WORDS.notOpened, `${opening.subject}\n\n${text}`);
  return givenBack(GUARD_WORDS.notSent(quoted(spokenName(message))), text);
}

/**
 * The menu of open cases: its value is a case key, or the display id of a case whose key was too long. The choices of old
 * menus stood in them; whatever a client sends is looked up.
 */
export async function pickedToResolve(
  deps: CommandDeps,
  command: Command,
  value: string,
): Promise<Message[]> {
  if (value === UNSURE_CHOICE) return [answer(PERMIT_WORDS.unsureOfAll)];
  if (/^[^/]+\/./.test(value)) {
    const record = await deps.store.getCase(await deps.store.canonical(parseCaseKey(value)));
    if (record !== null)
      return [await resolveCase(deps, command, { key: record.key, displayId: record.displayId, record })];
  }
  return resolveFound(deps, command, value, await findCase(deps, value, command));
}

const STANDS = {
  reply: { underway: WORDS.sending, done: WORDS.sent },
  resolve: { underway: WORDS.resolving, done: WORDS.resolved },
  create: { underway: CREATE_WORDS.opening, done: CREATE_WORDS.openedBefore },
} as const;

type Namer = Pick<CommandDeps, 'accountToName'>;

function nameOf({ accountToName }: Namer, message: OutboxMessage): string {
  if (message.kind === 'create') return subjectOf(message);
  const name = quoted(caseName(message));
  // Which of several is meant, nobody has said yet.
  return message.asks === 'case' ? name : inItsAccount(accountToName, name, message.key.account);
}

/** A second click, or one on an old message, learns what became of it. */
export function asItStands(deps: Namer, message: OutboxMessage): string {
  const name = nameOf(deps, message);
  const { underway, done } = STANDS[message.kind];
  switch (message.state) {
    case 'queued':
    case 'sending':
    case 'in-doubt':
      return underway(name);
    case 'sent':
    case 'seen':
      return done(name);
    case 'void':
      return WORDS.wasResolved(name);
    case 'cancelled':
      return message.reason === EXPIRED ? GUARD_WORDS.expired : leftAlone(name, message);
    case 'choosing':
    case 'asking':
    case 'failed':
      return WORDS.clickTooLate;
  }
}

/** What may have reached AWS nobody can take back. */
function leftAlone(name: string, { kind, attemptedAt }: OutboxMessage): string {
  if (kind === 'create')
    return attemptedAt === null ? CREATE_WORDS.cancelled(name) : CREATE_WORDS.notSentAgain(name);
  if (kind === 'resolve') return WORDS.cancelledResolve(name);
  return attemptedAt !== null ? WORDS.notSentAgain(name) : WORDS.cancelled(name);
}

function clicked(
  deps: Namer,
  result: ClickResult,
  say: (name: string, message: OutboxMessage) => string,
): Message {
  switch (result.result) {
    case 'done':
      return answer(say(nameOf(deps, result.message), result.message));
    case 'late':
      return answer(asItStands(deps, result.message));
    case 'not-yours':
      return answer(WORDS.notYours);
    case 'unknown':
      return answer(WORDS.forgotten);
  }
}
