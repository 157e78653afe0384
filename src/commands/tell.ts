import type { FileProgress } from '../outbox/file-progress.js';
import { megabytes } from '../outbox/files-problem.js';
import { hasExpired } from '../outbox/guard.js';
import type { Teller } from '../outbox/send.js';
import { ACTIONS } from '../slack/action-ids.js';
import { LABELS } from '../slack/labels.js';
import type { Message } from '../slack/message.js';
import type { Slack } from '../slack/slack.js';
import type { OutboxMessage } from '../store/outbox-message.js';
import type { Store } from '../store/store.js';
import { answer, button } from './answer.js';
import { caseInAccount } from './case-line.js';
import { givenBack } from './given-back.js';
import { quoted } from './quoted.js';
import { subjectOf } from './subject-of.js';
import { type TellPersonDeps, tellPerson } from './tell-person.js';
import { CREATE_WORDS } from './words/create.js';
import { FILE_WORDS } from './words/files.js';
import { GUARD_WORDS } from './words/guard.js';
import { WHICH_WORDS } from './words/which-case.js';
import { WORDS } from './words/words.js';

export interface TellDeps extends TellPersonDeps {
  readonly store: Pick<Store, 'getCase'>;
  readonly slack: Slack;
  /** What people call an account, where there are several to tell apart. */
  readonly accountToName: (account: string) => string | null;
}

/** Tells people how what they sent ended, there where they sent it. */
export function createTeller(deps: TellDeps): Teller {
  const warned = new Set<string>();
  const nameOf = async (message: OutboxMessage): Promise<string> => {
    const { key, displayId } = message;
    const record = await deps.store.getCase(key);
    // A case that is being opened has neither a number nor a thread yet.
    if (message.kind === 'create' && record === null) return subjectOf(message);
    return caseInAccount(deps, record ?? { key, displayId, channel: null, threadTs: null });
  };

  return {
    async ended(message, stillOurs) {
      for (const said of endOf(message, await nameOf(message))) {
        // A replica that was paused must not tell what another has told meanwhile, or what is not so any more.
        stillOurs();
        if (await tell(deps, message, said)) continue;
        const { reference, state } = message;
        // Tried again for a day: said once.
        if (!warned.has(reference))
          deps.log.warn('a person cannot be told how it ended', { reference, state });
        warned.add(reference);
        return false;
      }
      warned.delete(message.reference);
      return true;
    },
    async delayed(message, why, stillOurs) {
      const name = await nameOf(message);
      stillOurs();
      await tell(deps, message, answer(DELAYED[message.kind][why](name)));
    },
    async progress(message, progress, stillOurs) {
      const name = await nameOf(message);
      stillOurs();
      // Not by the address of the request: it serves five times only, and the end must be told.
      await tell(deps, { ...message, responseUrl: null }, answer(PROGRESS[message.kind](name, progress)));
    },
  };
}

const DELAYED = {
  reply: { busy: WORDS.busy, checking: WORDS.checking, files: FILE_WORDS.delayed },
  resolve: { busy: WORDS.busy, checking: WORDS.checkingResolve, files: FILE_WORDS.delayed },
  create: { busy: CREATE_WORDS.busy, checking: CREATE_WORDS.checking, files: CREATE_WORDS.waitingForFiles },
} as const;

const PROGRESS = {
  reply: FILE_WORDS.progress,
  resolve: FILE_WORDS.progress,
  create: (subject: string, { name, done, total }: FileProgress) =>
    CREATE_WORDS.uploading(subject, quoted(name, 100), megabytes(done), megabytes(total)),
} as const;

function endOf(message: OutboxMessage, name: string): Message[] {
  if (hasExpired(message) && message.asks === 'case')
    return givenBack(WHICH_WORDS.nobodyChose(quoted(message.displayId)), message.text);
  if (hasExpired(message)) return givenBack(GUARD_WORDS.expiredToTell(name), message.text);
  return message.kind === 'create' ? endOfOpening(message, name) : ending(message, name);
}

/** @param name the case, linked to its thread; its subject where there is none yet. */
function endOfOpening(message: OutboxMessage, name: string): Message[] {
  const { state, reference, text, reason, attemptedAt } = message;
  const subject = subjectOf(message);
  switch (state) {
    case 'seen':
    case 'sent':
      // The reason stays with what came back and was neither sent again nor taken for sent.
      if (state === 'seen' && reason !== null) return [answer(CREATE_WORDS.openedAfterAll(name))];
      return [
        answer(name === subject ? CREATE_WORDS.openedWithoutThread(subject) : CREATE_WORDS.opened(name)),
      ];
    case 'failed': {
      const why = quoted(reason ?? '', 800);
      const said = attemptedAt === null ? CREATE_WORDS.failed : CREATE_WORDS.notConfirmed;
      return givenBack(said(subject, why), text, [
        button(WORDS.sendAgain, ACTIONS.sendAgain, reference, 'primary'),
        button(WORDS.leaveIt, ACTIONS.cancel, reference),
      ]);
    }
    default:
      return [];
  }
}

/** What the person is told at the end that the message's state names; nothing where it is not at its end. */
function ending(message: OutboxMessage, name: string): Message[] {
  const { kind, state, reference, text, reason, attemptedAt } = message;
  switch (state) {
    case 'seen':
      // The reason stays with what came back and was neither sent again nor taken for sent.
      if (reason !== null) return [answer(WORDS.sentAfterAll(name))];
      return [answer(WORDS.sent(name))];
    case 'sent':
      return [answer(kind === 'reply' ? WORDS.sent(name) : WORDS.resolved(name))];
    case 'void':
      return [answer(WORDS.wasResolved(name))];
    case 'asking':
      return givenBack(WORDS.asksToReopen(name), text, [
        button(WORDS.sendAndReopen, ACTIONS.agreeToReopen, reference, 'primary'),
        button(WORDS.cancel, ACTIONS.cancel, reference),
      ]);
    case 'failed': {
      const why = quoted(reason ?? '', 800);
      // Also where a later try certainly did not reach AWS: an earlier one may have.
      const isInDoubt = attemptedAt !== null;
      if (kind === 'resolve') {
        const said = (isInDoubt ? WORDS.resolveNotConfirmed : WORDS.resolveFailed)(name, why);
        return givenBack(said, text, [button(LABELS.tryAgain, ACTIONS.sendAgain, reference, 'primary')]);
      }
      const said = (isInDoubt ? WORDS.notConfirmed : WORDS.failed)(name, why);
      return givenBack(said, text, [
        button(WORDS.sendAgain, ACTIONS.sendAgain, reference, 'primary'),
        button(WORDS.leaveIt, ACTIONS.cancel, reference),
      ]);
    }
    default:
      return [];
  }
}

async function tell(deps: TellDeps, message: OutboxMessage, said: Message): Promise<boolean> {
  const { user, channel, threadTs = null, responseUrl, reference } = message;
  if (hasExpired(message)) {
    // A day later they may be anywhere, and what they alone see in a channel is gone when they come.
    const isTold = await deps.slack.postDirect(user, said).then(
      () => true,
      () => false,
    );
    if (isTold) return true;
  }
  return tellPerson(deps, { user, channel, threadTs, responseUrl }, said, { reference });
}
