import { parseCaseKey } from '../case/case-key.js';
import { hasSecrets } from '../outbox/guard.js';
import type { Message } from '../slack/message.js';
import { markdown } from '../slack/rich-text.js';
import type { OutboxMessage } from '../store/outbox-message.js';
import { answer } from './answer.js';
import { asItStands } from './buttons.js';
import { caseLink } from './case-line.js';
import type { CommandDeps } from './command-deps.js';
import type { SeenCase } from './find-case.js';
import type { Act, OnAct } from './interaction.js';
import { knownCase } from './known-case.js';
import { refusal } from './permit.js';
import { quoted } from './quoted.js';
import { refusedMessage } from './refused-message.js';
import { secretsAsked, secretsQuestion } from './secrets-question.js';
import { showCase } from './show.js';
import { WHICH_WORDS } from './words/which-case.js';
import { WORDS } from './words/words.js';

/** One of several cases is chosen for what was held: it goes on its way to that one, and to no other. */
export const choseCase: OnAct = async (deps, act) => {
  const [reference = '', ...rest] = act.value.split(' ');
  const refused = await refusedMessage(deps, act, reference, await keptCase(deps, rest.join(' ')));
  // What is held stays, and so do the buttons of the other cases.
  return refused === null
    ? { say: await goOn(deps, act), instead: true }
    : { say: [answer(refused.say)], instead: false };
};

/** The same for `show`: nothing was held. */
export const choseToShow: OnAct = async (deps, act) => {
  const kept = await keptCase(deps, act.value);
  const barred = (seen?: SeenCase) => refusal(deps, act, ['read'], { ...kept, ...seen });
  const refused = await barred();
  if (refused !== null) return { say: [answer(refused)], instead: false };
  const { say, isShown } = await showCase(deps, await knownCase(deps, act.value), barred);
  return { say, instead: isShown };
};

async function keptCase({ store }: CommandDeps, keyText: string) {
  const key = await store.canonical(parseCaseKey(keyText));
  const record = await store.getCase(key);
  return { key, displayId: record?.displayId ?? '', record };
}

async function goOn(deps: CommandDeps, { value, user, responseUrl }: Act): Promise<Message[]> {
  const blank = value.indexOf(' ');
  const [reference, key] = [value.slice(0, blank), parseCaseKey(value.slice(blank + 1))];
  const result = await deps.outbox.choose({ reference, user, responseUrl }, key);
  switch (result.result) {
    case 'not-yours':
      return [answer(WORDS.notYours)];
    case 'unknown':
      return [answer(WORDS.forgotten)];
    case 'done': {
      // Followed from now on where the store did not know it. The click has counted, whatever the store says to this.
      const found = await knownCase(deps, value.slice(blank + 1)).catch(() => ({ key }));
      const message = { ...result.message, key: found.key };
      if (hasSecrets(message)) return [await askSecrets(deps, message)];
      const name = await nameOf(deps, message);
      return [answer(message.kind === 'reply' ? WORDS.sending(name) : WORDS.resolving(name))];
    }
    case 'late':
      return late(deps, result.message);
  }
}

/** Two buttons were pressed, or one twice: what was chosen first holds, and is named. */
async function late(deps: CommandDeps, message: OutboxMessage): Promise<Message[]> {
  if (message.state === 'asking' && message.asks === 'secrets') return [await askSecrets(deps, message)];
  if (message.state === 'cancelled') return [answer(asItStands(deps, message))];
  return [answer(`${WHICH_WORDS.goesTo(await nameOf(deps, message))} ${asItStands(deps, message)}`)];
}

/** The question names a number alone. */
async function askSecrets(deps: CommandDeps, message: OutboxMessage): Promise<Message> {
  const { text, blocks } = secretsAsked(secretsQuestion(message));
  return { text, blocks: [...blocks, markdown(WHICH_WORDS.isFor(await nameOf(deps, message)))] };
}

/** With its account: by its number it could be another. */
async function nameOf({ store, slack, accountName }: CommandDeps, message: OutboxMessage): Promise<string> {
  const { key, displayId } = message;
  const record = await store.getCase(key).catch(() => null);
  const link = caseLink(slack, record ?? { key, displayId, channel: null, threadTs: null });
  return WHICH_WORDS.inAccount(link, quoted(accountName(key.account)));
}
