import { soughtWords } from '../case/words-of-text.js';
import { ACTIONS } from '../slack/action-ids.js';
import type { Message } from '../slack/message.js';
import { plainText } from '../slack/plain-text.js';
import { answer } from './answer.js';
import { casePage, readPage } from './case-page.js';
import type { Command, CommandDeps } from './command-deps.js';
import type { Act } from './interaction.js';
import { quoted } from './quoted.js';
import { readableOnly } from './readable-only.js';
import { PERMIT_WORDS } from './words/permit.js';
import { SEARCH_WORDS } from './words/search.js';

/** `/support search <words>`: cases in which every word begins one of theirs, newest activity first. */
export async function search(deps: CommandDeps, command: Command): Promise<Message> {
  const { rest, name } = command;
  // Whom somebody names in Slack, no case can name by id: what they typed counts.
  const typed = (await plainText(rest, { person: nobody, channel: nobody })).trim();
  if (typed === '') return answer(SEARCH_WORDS.how(name));
  const words = soughtWords(typed);
  if (words.length === 0) return answer(SEARCH_WORDS.tooShort(quoted(typed), name));
  return searchPage(deps, words, 0, command);
}

/** `value` is what {@link ACTIONS.searchPage} carries: offset, name of the command, and the words. */
export async function searchPageOf(deps: CommandDeps, { value, ...act }: Act): Promise<Message> {
  const [offset = '0', name = '/support', ...typed] = value.split(' ');
  const words = soughtWords(typed.join(' '));
  if (words.length === 0) return answer(SEARCH_WORDS.how(quoted(name)));
  return searchPage(deps, words, Number.parseInt(offset, 10), { ...act, name: quoted(name) });
}

async function searchPage(
  deps: CommandDeps,
  words: readonly string[],
  asked: number,
  asker: Pick<Command, 'name' | 'user' | 'channel'>,
): Promise<Message> {
  const command = asker.name;
  const read = readableOnly(deps, asker, () => deps.store.placesByWords(words));
  const page = await readPage(read, asked);
  // Eight words of forty characters at most.
  const shown = quoted(words.join(' '), 400);
  if (page.total === 0)
    return answer(page.isUnsure ? PERMIT_WORDS.unsureOfAll : SEARCH_WORDS.nothing(shown, command));
  return casePage(deps, page, {
    head: (range) =>
      `${SEARCH_WORDS.found(page.total, shown)}${range}${page.isUnsure ? `\n${PERMIT_WORDS.unsureOfOthers}` : ''}`,
    action: ACTIONS.searchPage,
    value: (offset) => `${offset} ${command} ${words.join(' ')}`,
    parked: await deps.parked(),
  });
}

async function nobody(): Promise<null> {
  return null;
}
