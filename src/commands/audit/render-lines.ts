import type { RichTextBlock, RichTextElement } from '@slack/types';
import { type CaseKey, caseKeyText } from '../../case/case-key.js';
import { isNewCase } from '../../case/new-case.js';
import { clip } from '../../slack/clip.js';
import { caseName } from '../../slack/render-card.js';
import { bold, channel as channelElement, date, link, plain, richText } from '../../slack/rich-text.js';
import type { AuditLine } from '../../store/audit-entry.js';
import type { CaseRecord } from '../../store/store.js';
import { addressOf } from '../case-line.js';
import type { CommandDeps } from '../command-deps.js';
import { resultOf, verbOf, AUDIT_WORDS as WORDS, writtenWords } from '../words/audit.js';

const NAME = 80;
const WHY = 200;

type Deps = Pick<CommandDeps, 'store' | 'slack'>;

/** A block for each line: who did what, how it went, when and where. Names come from outside: text and nothing else. */
export async function renderLines(deps: Deps, lines: readonly AuditLine[]): Promise<RichTextBlock[]> {
  const known = new Map<string, { readonly key: CaseKey; readonly record: CaseRecord | null }>();
  for (const { key: asWritten } of lines) {
    if (asWritten === null || known.has(caseKeyText(asWritten))) continue;
    // What was written before the case had its own key leads to it.
    const key = await deps.store.canonical(asWritten);
    known.set(caseKeyText(asWritten), { key, record: await deps.store.getCase(key) });
  }
  return lines.map((line) => {
    const found = line.key === null ? undefined : known.get(caseKeyText(line.key));
    const { key = null, record = null } = found ?? {};
    const { name, awsRequestId } = line;
    const more = [
      resultOf(line),
      ...writtenWords(line),
      ...(awsRequestId === null ? [] : [`AWS request ${awsRequestId}`]),
    ].filter((each) => each !== '');
    const ofCase = caseOf(deps, line, key, record);
    return richText([
      bold(clip(name, NAME) || line.user),
      plain(` ${verbOf(line, ofCase.length > 0)}`),
      ...ofCase,
      ...whereOf(deps, line, record),
      plain(`\n${more.map((each) => `${clip(each, WHY)} · `).join('')}`),
      date(line.at),
    ]);
  });
}

function caseOf(
  { slack }: Deps,
  { displayId, deed }: AuditLine,
  key: CaseKey | null,
  record: CaseRecord | null,
): RichTextElement[] {
  // What was refused has no key yet.
  if (key === null && deed !== 'create') return [];
  if (key === null || isNewCase(key)) return [plain(` ${WORDS.newCase}`)];
  const place = record ?? { key, displayId: displayId ?? '', channel: null, threadTs: null };
  return [plain(' '), link(addressOf(slack, place), caseName(place))];
}

/** In the thread of the case nothing is said: the case leads there. */
function whereOf(
  { slack }: Deps,
  { channel, threadTs }: AuditLine,
  record: CaseRecord | null,
): RichTextElement[] {
  if (channel === null || !/^[CG]/.test(channel)) return [];
  if (threadTs === null) return [plain(WORDS.in), channelElement(channel)];
  if (record?.channel === channel && record.threadTs === threadTs) return [];
  const address = slack.linkTo({ channel, ts: threadTs });
  return [
    plain(WORDS.in),
    channelElement(channel),
    ...(address === null ? [] : [plain(' ('), link(address, WORDS.there), plain(')')]),
  ];
}
