import type {
  App,
  BlockAction,
  MessageShortcut,
  ViewClosedAction,
  ViewResponseAction,
  ViewSubmitAction,
} from '@slack/bolt';
import { StoreUnclear } from '../outbox/store-unclear.js';
import type { Message } from '../slack/message.js';
import { errorFields } from '../telemetry/log.js';
import { afterAck } from './ack-when-done.js';
import { ACTS } from './acts.js';
import { answer } from './answer.js';
import type { CommandDeps } from './command-deps.js';
import { EVENTS } from './events.js';
import { saidInForm } from './form-parts/said-in-form.js';
import { CHOICES, CLOSED, SUBMISSIONS } from './forms.js';
import { inTime } from './in-time.js';
import type { Act, FormAnswer, Heard, OpenView } from './interaction.js';
import {
  actOf,
  answerThreadOf,
  closedOf,
  isOfAnotherCompany,
  messageOf,
  submissionOf,
  typingOf,
} from './read-interaction.js';
import { respond } from './respond.js';
import { ON_MESSAGES } from './shortcuts.js';
import { tellPerson } from './tell-person.js';
import { FORM_WORDS } from './words/forms.js';
import { WORDS } from './words/words.js';
import { wordsOfBroken, wordsOfFailure } from './words-of-failure.js';

/** Slack gives up on an answer after three seconds. */
const ACK_MS = 2_400;

/** Everything that people do with what the bot shows: buttons, menus, forms, shortcuts, reactions. */
export function registerInteractions(app: App, deps: CommandDeps): void {
  app.action<BlockAction>(/^/, async ({ body, ack }) => {
    const act = actOf(body);
    const [name = ''] = (body.actions[0]?.action_id ?? '').split(':');
    const run = own(ACTS, name);
    // Of a form that lies over it, only the form itself can say something.
    const heard = tryIt(deps, async () => {
      return run === undefined ? say(WORDS.unknownButton) : run(deps, act);
    });
    await inTime(heard, ACK_MS, null);
    await ack();
    await tell(deps, { ...act, threadTs: answerThreadOf(body), isMessage: act.view === null }, await heard);
  });

  app.shortcut<MessageShortcut>({ type: 'message_action', callback_id: /^/ }, async ({ body, ack }) => {
    const run = own(ON_MESSAGES, body.callback_id);
    if (run === undefined) return;
    const message = messageOf(body);
    const heard = tryIt(deps, () => run(deps, message));
    await inTime(heard, ACK_MS, null);
    await ack();
    await tell(deps, { ...message, isMessage: false }, await heard);
  });

  app.view<ViewSubmitAction>({ type: 'view_submission', callback_id: /^/ }, async ({ body, ack }) => {
    const run = own(SUBMISSIONS, body.view.callback_id);
    const submission = submissionOf(body);
    const { view } = submission;
    const title = body.view.title?.text ?? '';
    const answered = answerTo(deps, view, title, async () =>
      run === undefined ? saidInForm(view, title, FORM_WORDS.otherVersion) : run(deps, submission),
    );
    const inTimeOrNot = await inTime(answered, ACK_MS, null);
    await ack(...responseTo(inTimeOrNot ?? saidInForm(view, title, FORM_WORDS.tooSlow)));
    // What was begun goes on, and the person hears of it where they would have heard of it.
    const { afterwards, late } = await answered;
    if (inTimeOrNot === null) await late?.();
    await afterwards?.();
  });

  app.view<ViewClosedAction>({ type: 'view_closed', callback_id: /^/ }, async ({ body, ack }) => {
    await ack();
    const run = own(CLOSED, body.view.callback_id);
    await run?.(deps, closedOf(body));
  });

  app.options<'block_suggestion'>({ type: 'block_suggestion', action_id: /^/ }, async ({ body, ack }) => {
    const [name = ''] = body.action_id.split(':');
    const run = own(CHOICES, name);
    if (run === undefined) return;
    if (isOfAnotherCompany(body)) {
      await ack({ options: [] });
      return;
    }
    await ack({ options: [...(await inTime(run(deps, typingOf(body)), ACK_MS, []))] });
  });

  for (const [type, run] of Object.entries(EVENTS)) {
    app.event(type, async ({ event, body, context }) => {
      const isShared = body.is_ext_shared_channel === true;
      await run(deps, { ...event }, { isShared, afterwards: afterAck(context) });
    });
  }
}

/** What fails is said in the form, and everything typed stays in it. */
async function answerTo(
  deps: CommandDeps,
  view: OpenView,
  title: string,
  work: () => Promise<FormAnswer>,
): Promise<FormAnswer> {
  try {
    return await work();
  } catch (error) {
    deps.log.error('a form was not taken', errorFields(error));
    const isUnclear = error instanceof StoreUnclear;
    return saidInForm(view, title, isUnclear ? FORM_WORDS.storeUnclear : await wordsOfFailure(deps));
  }
}

/** Names come from outside: `constructor` is none of ours. */
function own<T>(table: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}

function say(words: string): Heard {
  return { say: [answer(words)], instead: false };
}

async function tryIt(deps: CommandDeps, work: () => Promise<Heard>): Promise<Heard> {
  try {
    return await work();
  } catch (error) {
    deps.log.error('a command failed', errorFields(error));
    // What could not be done must not take the place of the buttons, and of the person's words above them.
    return { say: [answer(await wordsOfBroken(deps, error))], instead: false };
  }
}

interface Hearer extends Pick<Act, 'user' | 'channel' | 'threadTs' | 'responseUrl'> {
  /** Whether the answer's address belongs to a message of ours, which it may replace. */
  readonly isMessage: boolean;
}

async function tell(deps: CommandDeps, hearer: Hearer, { say, instead }: Heard): Promise<void> {
  const { user, channel, threadTs, responseUrl, isMessage } = hearer;
  for (const [index, message] of say.entries()) {
    // The first takes the place; what goes on after it stands below.
    if (instead && index === 0 && responseUrl !== null && isMessage)
      await replace(deps, responseUrl, message);
    else if (!(await tellPerson({ ...deps, respond }, { user, channel, threadTs, responseUrl }, message)))
      deps.log.warn('an answer did not reach Slack', { channel });
  }
}

async function replace(deps: CommandDeps, url: string, message: Message): Promise<void> {
  await respond(url, message, true).catch((error: unknown) => {
    deps.log.warn('an answer did not reach Slack', errorFields(error));
  });
}

function responseTo(formAnswer: FormAnswer): [] | [ViewResponseAction] {
  switch (formAnswer.do) {
    case 'close':
      return [];
    case 'close-all':
      return [{ response_action: 'clear' }];
    case 'errors':
      return [{ response_action: 'errors', errors: { ...formAnswer.errors } }];
    case 'show':
      return [{ response_action: 'update', view: formAnswer.view }];
    case 'push':
      return [{ response_action: 'push', view: formAnswer.view }];
  }
}
