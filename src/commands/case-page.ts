import type { KnownBlock } from '@slack/types';
import { caseKeyText } from '../case/case-key.js';
import { ofAnyAccount } from '../case/of-account.js';
import { clip } from '../slack/clip.js';
import type { Message } from '../slack/message.js';
import { caseName } from '../slack/render-card.js';
import { emoji, plain, richText } from '../slack/rich-text.js';
import type { CasePage } from '../store/store.js';
import { answer, button } from './answer.js';
import { caseLines } from './case-line.js';
import type { CommandDeps } from './command-deps.js';
import { fitting } from './fitting.js';
import { LIST_WORDS } from './words/list.js';
import { WORDS } from './words/words.js';

const PAGE = 10;
const NAMES = 300;

export type ReadPage<P extends CasePage = CasePage> = P & { readonly offset: number };

/** Cases come and go while somebody turns pages: where the page is not there any more, the last one is read. */
export async function readPage<P extends CasePage>(
  read: (page: { readonly offset: number; readonly limit: number }) => Promise<P>,
  asked: number,
): Promise<ReadPage<P>> {
  const offset = Number.isSafeInteger(asked) && asked > 0 ? asked : 0;
  const page = await read({ offset, limit: PAGE });
  if (page.cases.length > 0 || page.total === 0 || offset === 0) return { ...page, offset };
  const last = Math.floor((page.total - 1) / PAGE) * PAGE;
  return { ...(await read({ offset: last, limit: PAGE })), offset: last };
}

/** What else a page shows, and what its buttons carry. */
export interface PageLook {
  /** In Slack's markup. `range`: which of the cases are on this page; empty where that is all. */
  readonly head: (range: string) => string;
  /** The action of the buttons, and their value for the page that begins there. */
  readonly action: string;
  readonly value: (offset: number) => string;
  /** Keys of cases that need a person, with what they need. */
  readonly parked: ReadonlyMap<string, string>;
}

/** Some of the cases that a person asked for, and buttons to the others. */
export function casePage(
  deps: Pick<CommandDeps, 'slack' | 'accountName' | 'isFollowed'>,
  { cases, total, offset }: ReadPage,
  { head, action, value, parked }: PageLook,
): Message {
  const turn = (label: string, to: number) =>
    button(label, `${action}:${to < offset ? 'newer' : 'older'}`, value(to));
  const buttons = [
    ...(offset > 0 ? [turn(WORDS.newer, Math.max(0, offset - PAGE))] : []),
    ...(offset + PAGE < total ? [turn(WORDS.older, offset + PAGE)] : []),
  ];
  const isAll = offset === 0 && total <= PAGE;
  // Where the whole list is of one account, and nobody has named it, its digits tell nobody anything.
  const [first = '', ...others] = new Set(cases.map(({ key }) => key.account));
  const namesAccount = !isAll || others.length > 0 || deps.accountName(first) !== first;
  const needing = cases.filter(({ key }) => parked.has(caseKeyText(key)));
  return fitting((room) =>
    answer(
      head(isAll ? '' : LIST_WORDS.range(offset + 1, offset + cases.length)),
      ...cases.map((record) => {
        const warning = needing.includes(record)
          ? LIST_WORDS.needsAPerson
          : deps.isFollowed(record.key.account)
            ? undefined
            : LIST_WORDS.notFollowed;
        return caseLines(deps, record, warning, { namesAccount, room }).block;
      }),
      ...reasonsOf(needing, parked, room),
      ...(buttons.length === 0 ? [] : [{ type: 'actions' as const, elements: buttons }]),
    ),
  );
}

/** What cases wait for, each reason once: it is long, and often that of several. */
function reasonsOf(
  cases: CasePage['cases'],
  parked: ReadonlyMap<string, string>,
  room: number,
): KnownBlock[] {
  const byReason = new Map<string, string[]>();
  for (const record of cases) {
    const reason = ofAnyAccount(parked.get(caseKeyText(record.key)) ?? '');
    byReason.set(reason, [...(byReason.get(reason) ?? []), caseName(record)]);
  }
  if (byReason.size === 0) return [];
  const lines = [...byReason].map(([reason, names], index) => [
    plain(index === 0 ? '' : '\n'),
    emoji('warning'),
    plain(` ${LIST_WORDS.needsPerson(clip(names.join(', '), NAMES), clip(reason, room * 2))}`),
  ]);
  return [richText(lines.flat())];
}

export function isLong({ total }: Pick<CasePage, 'total'>): boolean {
  return total > PAGE;
}
