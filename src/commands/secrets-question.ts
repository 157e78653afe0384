import type { KnownBlock, ModalView, RichTextBlock, RichTextElement } from '@slack/types';
import { type Place, placesOf } from '../case/secret-places.js';
import { findSecrets, SECRET_NAMES } from '../case/secrets.js';
import { areNamesSecret, secretsInName } from '../outbox/guard.js';
import { ACTIONS, FORMS } from '../slack/action-ids.js';
import type { Message } from '../slack/message.js';
import { caseName } from '../slack/render-card.js';
import { emoji, plain, richText } from '../slack/rich-text.js';
import type { OutboxMessage } from '../store/outbox-message.js';
import { answer, button } from './answer.js';
import { quoted } from './quoted.js';
import { GUARD_WORDS } from './words/guard.js';

/** What a person is asked whose text holds what looks like secrets. Nothing in it is secret, and nothing is escaped. */
export interface SecretsQuestion {
  /** Of the message in the outbox. */
  readonly reference: string;
  /** For what it was written: `Case 1234563851`. */
  readonly name: string;
  /** `an AWS secret key and a card number`. */
  readonly what: string;
  readonly places: readonly Place[];
  /** How many places are not among these. */
  readonly more: number;
  /** Whether all of it can be taken out: the name of a file cannot be changed here. */
  readonly isRemovable: boolean;
}

const PLACES = 8;
/** The block and the input of the form. */
const CHOICE = 'secrets_choice';

export type SecretsChoice = 'remove' | 'send' | 'keep';

export function secretsQuestion(message: OutboxMessage): SecretsQuestion {
  const { reference, text } = message;
  // The subject of a new case is sent as well.
  const whole = message.opening === undefined ? text : `${message.opening.subject}\n${text}`;
  const found = findSecrets(whole);
  const inNames = (message.files ?? []).flatMap(({ name }) => {
    const each = secretsInName(name);
    return placesOf(name, each, each.length).map((place) => ({ ...place, line: null }));
  });
  const all = [...inNames, ...placesOf(whole, found, PLACES)];
  const kinds = [...found.map(({ kind }) => SECRET_NAMES[kind]), ...inNames.map(({ what }) => what)];
  return {
    reference,
    name: nameOf(message),
    what: whatIsThere([...new Set(kinds)]),
    places: all.slice(0, PLACES),
    more: Math.max(0, kinds.length - PLACES),
    isRemovable: !areNamesSecret(message),
  };
}

/** The question as a message to the person, with a button for each answer. */
export function secretsAsked(question: SecretsQuestion): Message {
  const { reference, name, what, isRemovable } = question;
  return answer(GUARD_WORDS.found(quoted(name), quoted(what)), ...shownPlaces(question), ...notes(question), {
    type: 'actions',
    elements: [
      ...(isRemovable
        ? [button(GUARD_WORDS.removeAndSend, ACTIONS.secretsRemove, reference, 'primary')]
        : []),
      button(GUARD_WORDS.sendAllTheSame, ACTIONS.secretsSend, reference, 'danger'),
      button(GUARD_WORDS.cancel, ACTIONS.secretsCancel, reference),
    ],
  });
}

/** The question as a form. Closing it is as good as not to send. */
export function secretsView(question: SecretsQuestion): ModalView {
  const { reference, name, what, isRemovable } = question;
  const option = (value: SecretsChoice) => ({
    text: { type: 'plain_text' as const, text: GUARD_WORDS.choices[value].text },
    description: { type: 'plain_text' as const, text: GUARD_WORDS.choices[value].about },
    value,
  });
  return {
    type: 'modal',
    callback_id: FORMS.secrets,
    private_metadata: reference,
    notify_on_close: true,
    title: { type: 'plain_text', text: GUARD_WORDS.formTitle },
    submit: { type: 'plain_text', text: GUARD_WORDS.formGoOn },
    close: { type: 'plain_text', text: GUARD_WORDS.cancel },
    blocks: [
      {
        type: 'section',
        text: { type: 'plain_text', text: GUARD_WORDS.formFound(name, what), emoji: false },
      },
      ...shownPlaces(question),
      {
        type: 'input',
        block_id: CHOICE,
        label: { type: 'plain_text', text: GUARD_WORDS.formChoice },
        element: {
          type: 'radio_buttons',
          action_id: CHOICE,
          options: [...(isRemovable ? [option('remove')] : []), option('send'), option('keep')],
          initial_option: option(isRemovable ? 'remove' : 'keep'),
        },
      },
      ...notes(question),
    ],
  };
}

/** What was chosen in {@link secretsView}; anything else is not to send. */
export function chosenIn(values: Readonly<Record<string, Readonly<Record<string, unknown>>>>): SecretsChoice {
  const chosen = values[CHOICE]?.[CHOICE] as { selected_option?: { value?: string } | null } | undefined;
  const value = chosen?.selected_option?.value;
  return value === 'remove' || value === 'send' ? value : 'keep';
}

/** Plain. */
export function nameOf(message: OutboxMessage): string {
  return message.opening === undefined ? caseName(message) : GUARD_WORDS.newCase;
}

function notes({ isRemovable }: SecretsQuestion): KnownBlock[] {
  const said = [...(isRemovable ? [] : [GUARD_WORDS.namesStay]), GUARD_WORDS.choose];
  return said.map((text) => ({ type: 'context', elements: [{ type: 'plain_text', text, emoji: false }] }));
}

function shownPlaces({ places, more }: SecretsQuestion): KnownBlock[] {
  const lines = places.map(({ what, line, shown }): RichTextElement[] => [
    plain(`\n${what}, ${line === null ? GUARD_WORDS.fileName : GUARD_WORDS.line(line)}: `),
    { type: 'text', text: shown.toWellFormed() || '…', style: { code: true } },
  ]);
  const block: RichTextBlock = richText([
    emoji('mag'),
    plain(` ${GUARD_WORDS.where}`),
    ...lines.flat(),
    ...(more > 0 ? [plain(`\n${GUARD_WORDS.more(more)}`)] : []),
  ]);
  return [block];
}

function whatIsThere(names: readonly string[]): string {
  const each = names.map((name) => `${/^[aeio]/i.test(name) ? 'an' : 'a'} ${name}`);
  const last = each.at(-1) ?? 'a secret';
  return each.length < 2 ? last : `${each.slice(0, -1).join(', ')} and ${last}`;
}
