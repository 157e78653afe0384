import { isDeepStrictEqual } from 'node:util';
import { clip } from '../../slack/clip.js';
import type { IssueType } from '../../support/support-api.js';
import type { CommandDeps } from '../command-deps.js';
import { boxesIn, intoBoxes } from '../form-parts/long-text.js';
import type { OpenView, ViewValues } from '../interaction.js';

/** What the form holds besides what is read by form-parts. Ids as in options.ts; null where nothing is chosen. */
export interface Filled {
  readonly account: string | null;
  readonly service: string | null;
  readonly category: string | null;
  readonly issueType: IssueType | null;
  readonly severity: string | null;
  readonly language: string | null;
  readonly subject: string;
  readonly boxes: readonly string[];
}

export const EMPTY: Filled = {
  account: null,
  service: null,
  category: null,
  issueType: null,
  severity: null,
  language: null,
  subject: '',
  boxes: [''],
};

/** In characters; AWS names no limit. */
export const MOST_IN_SUBJECT = 250;

/** With what was typed behind the command as the subject; what is too long for one stands in the text as well. */
export function filledWith(typed: string): Filled {
  const [first = ''] = typed.split('\n');
  const subject = clip(first.trim(), MOST_IN_SUBJECT);
  return { ...EMPTY, subject, boxes: subject === typed ? [''] : intoBoxes(typed) };
}

/**
 * Names of inputs. What stands in an input stays when the form is shown anew, as long as its block keeps its name: where
 * the choices are others, the block has another name, behind a `:`.
 */
export const BLOCKS = {
  account: 'account',
  service: 'service',
  category: 'category',
  issueType: 'issue',
  severity: 'severity',
  language: 'language',
  subject: 'subject',
} as const;

export function filledIn(values: ViewValues): Filled {
  const issueType = chosen(values, BLOCKS.issueType);
  const boxes = boxesIn(values);
  return {
    account: chosen(values, BLOCKS.account),
    service: chosen(values, BLOCKS.service),
    category: chosen(values, BLOCKS.category),
    issueType: issueType === 'technical' || issueType === 'customer-service' ? issueType : null,
    severity: chosen(values, BLOCKS.severity),
    language: chosen(values, BLOCKS.language),
    subject: inputOf(values, BLOCKS.subject)?.value ?? '',
    boxes: boxes.length === 0 ? [''] : boxes,
  };
}

/** The block that the form has under this name now. */
export function blockNamed(view: OpenView, name: string): string | null {
  const ids = view.blocks.flatMap(({ block_id }) => (block_id === undefined ? [] : [block_id]));
  return ids.find((id) => id === name || id.startsWith(`${name}:`)) ?? null;
}

function chosen(values: ViewValues, name: string): string | null {
  return inputOf(values, name)?.selected_option?.value ?? null;
}

function inputOf(values: ViewValues, name: string) {
  const block = Object.keys(values).find((id) => id === name || id.startsWith(`${name}:`));
  return block === undefined ? undefined : Object.values(values[block] ?? {})[0];
}

/** What a form remembers besides what stands in it. */
export interface Remembered {
  /** Where to answer; `''` where that is not known. */
  readonly channel: string;
  /** The account of which the form says that the case is opened in it, where it offers no choice; else null. */
  readonly account: string | null;
  /** Where the form was opened, as {@link sealedPlace} wrote it; `''` where that is not known. */
  readonly sealed: string;
}

/** In place of an account. */
const NONE = '-';

export function remembering({ channel, account, sealed }: Remembered): string {
  return [channel, account ?? NONE, sealed].join(' ');
}

/** Where somebody has opened the form, so that their client cannot change it. */
export function sealedPlace({ seal }: Pick<CommandDeps, 'seal'>, user: string, channel: string): string {
  return seal.seal(placeOf(user, channel));
}

function placeOf(user: string, channel: string) {
  return { form: 'create', user, channel };
}

/** Where they have opened it; `''` where it does not say so, or their client has changed it. */
export function openedIn(
  { seal }: Pick<CommandDeps, 'seal'>,
  user: string,
  { channel, sealed }: Remembered,
): string {
  return isDeepStrictEqual(seal.open(sealed), placeOf(user, channel)) ? channel : '';
}

/** The client can change it, so nothing may follow from it but where to answer, and which of our accounts is meant. */
export function rememberedIn({ metadata }: Pick<OpenView, 'metadata'>): Remembered {
  const [channel = '', account = NONE, sealed = ''] = metadata.split(' ');
  return {
    channel: /^[CDG][A-Z0-9]{1,30}$/.test(channel) ? channel : '',
    account: account === NONE ? null : account,
    sealed,
  };
}
