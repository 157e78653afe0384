import type { InputBlock } from '@slack/types';
import type { ViewValues } from '../interaction.js';
import { FORM_WORDS } from '../words/forms.js';

/** The block of the input: errors about it belong there. */
export const CC_BLOCK = 'cc';
const ACTION = 'cc';

/** What AWS takes with one communication (AddCommunicationToCase, CreateCase: `ccEmailAddresses`). */
export const MOST_CC = 10;
/** Longer than any that e-mail knows (RFC 5321). */
const LONGEST = 254;
/** One `@` between a name and a domain of at least two parts; nothing that separates or ends an address anywhere. */
const ADDRESS =
  /^[^\s@,;:<>()[\]"\\\p{Cc}]{1,64}@(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?\.)+[\p{L}]{2,63}$/u;

/**
 * Who gets a copy by e-mail. Optional.
 *
 * @param typed what stands in it.
 */
export function ccInput(typed = ''): InputBlock {
  return {
    type: 'input',
    block_id: CC_BLOCK,
    optional: true,
    label: { type: 'plain_text', text: FORM_WORDS.cc },
    hint: { type: 'plain_text', text: FORM_WORDS.ccHint(MOST_CC) },
    element: {
      type: 'plain_text_input',
      action_id: ACTION,
      placeholder: { type: 'plain_text', text: FORM_WORDS.ccPlaceholder },
      ...(typed === '' ? {} : { initial_value: typed }),
    },
  };
}

/** As it was typed. */
export function ccIn(values: ViewValues): string {
  return values[CC_BLOCK]?.[ACTION]?.value ?? '';
}

/**
 * The addresses, each once. `problem`: what is wrong with what was typed, to be shown under the input; then nothing of
 * it may be used.
 */
export function readCc(values: ViewValues): { readonly cc: string[]; readonly problem: string | null } {
  return addressesIn(ccIn(values));
}

export function addressesIn(typed: string): { readonly cc: string[]; readonly problem: string | null } {
  const once = new Map<string, string>();
  for (const word of typed.split(/[\s,;]+/)) {
    // As mail programs and Slack itself give addresses when they are copied.
    const address = word.replace(/^<?(?:mailto:)?/, '').replace(/>$/, '');
    if (address !== '' && !once.has(address.toLowerCase())) once.set(address.toLowerCase(), address);
  }
  const all = [...once.values()];
  const wrong = all.filter((address) => address.length > LONGEST || !ADDRESS.test(address));
  if (wrong.length > 0) return { cc: [], problem: FORM_WORDS.ccWrong(wrong) };
  if (all.length > MOST_CC) return { cc: [], problem: FORM_WORDS.ccTooMany(all.length, MOST_CC) };
  return { cc: all, problem: null };
}
