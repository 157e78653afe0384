import type { KnownBlock, ModalView, RichTextBlock, RichTextElement } from '@slack/types';
import { type Place, placesOf } from '../case/secret-places.js';
import { findSecrets } from '../case/secrets.js';
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
  /** Since when the person is asked. Milliseconds. */
  readonly at: number;
  /** For what it was written: `Case 1234563851`. */
  readonly name: string;
  /** `an AWS secret key and a card number`. */
  readonly what: string;
  readonly places: readonly ShownPlace[];
  /** How many places are not among these. */
  readonly more: number;
  /** Whether all of it can be taken out: the name of a file cannot be changed here. */
  readonly isRemovable: boolean;
}

interface ShownPlace extends Place {
  /** `line 2`, `Subject`, or `name of a file`. */
  readonly where: string;
}

const PLACES = 8;
/** The block and the input of the form. */
const CHOICE = 'secrets_choice';

export type SecretsChoice = 'remove' | 'send' | 'keep';

export function secretsQuestion(message: OutboxMessage): SecretsQuestion {
  const { reference, createdAt: at, text, opening, files = [] } = message;
  const all: ShownPlace[] = [
    ...files.flatMap(({ name }) =>
      placesIn(name, secretsInName(name)).map((place) => ({ ...place, where: GUARD_WORDS.fileName })),
    ),
    // The subject of a new case is sent as well.
    ...placesIn(opening?.subject ?? '').map((place) => ({ ...place, where: GUARD_WORDS.subject })),
    ...placesIn(text).map((place) => ({ ...place, where: GUARD_WORDS.line(place.line) })),
  ];
  return {
    reference,
    at,
    name: nameOf(message),
    what: whatIsThere([...new Set(all.map(({ what }) => what))]),
    places: all.slice(0, PLACES),
    more: Math.max(0, all.length - PLACES),
    isRemovable: !areNamesSecret(message),
  };
}

function placesIn(text: string, found = findSecrets(text)): Place[] {
  return placesOf(text, found, found.length);
}

/** The question as a message to the person, with a button for each answer. */
export function secretsAsked(question: SecretsQuestion): Message {
  const { reference, name, what, isRemovable } = question;
  return answer(
    GUARD_WORDS.found(quoted(name), quoted(what)),
    ...shownPlaces(question),
    ...notes(question, GUARD_WORDS.choose),
    {
      type: 'actions',
      elements: [
        ...(isRemovable
          ? [button(GUARD_WORDS.removeAndSend, ACTIONS.secretsRemove, reference, 'primary')]
          : []),
        button(GUARD_WORDS.sendAllTheSame, ACTIONS.secretsSend, reference, 'danger'),
        button(GUARD_WORDS.cancel, ACTIONS.secretsCancel, reference),
      ],
    },
  );
}

/** The question as a form. Closing it is as good as not to send. `isOver`: it is laid over the form that was sent. */
export function secretsView(question: SecretsQuestion, { isOver = false } = {}): ModalView {
  const { reference, at, name, what, isRemovable } = question;
  const words = isOver
    ? GUARD_WORDS.overForm
    : { close: GUARD_WORDS.cancel, keep: GUARD_WORDS.choices.keep.about, choose: GUARD_WORDS.choose };
  const option = (value: SecretsChoice) => ({
    text: { type: 'plain_text' as const, text: GUARD_WORDS.choices[value].text },
    description: {
      type: 'plain_text' as const,
      text: value === 'keep' ? words.keep : GUARD_WORDS.choices[value].about,
    },
    value,
  });
  return {
    type: 'modal',
    callback_id: FORMS.secrets,
    private_metadata: `${reference} ${at}`,
    notify_on_close: true,
    title: { type: 'plain_text', text: GUARD_WORDS.formTitle },
    submit: { type: 'plain_text', text: GUARD_WORDS.formGoOn },
    close: { type: 'plain_text', text: words.close },
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
      ...notes(question, words.choose),
    ],
  };
}

/** About what {@link secretsView} asked, and since when; the client can change it. */
export function askedIn(metadata: string): { readonly reference: string; readonly at: number } {
  const [reference = '', at] = metadata.split(' ');
  return { reference, at: Number(at) };
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

function notes({ isRemovable }: SecretsQuestion, choose: string): KnownBlock[] {
  const said = [...(isRemovable ? [] : [GUARD_WORDS.namesStay]), choose];
  return said.map((text) => ({ type: 'context', elements: [{ type: 'plain_text', text, emoji: false }] }));
}

function shownPlaces({ places, more }: SecretsQuestion): KnownBlock[] {
  const lines = places.map(({ what, where, shown }): RichTextElement[] => [
    plain(`\n${what}, ${where}: `),
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
