import type { KnownBlock } from '@slack/types';
import { caseKeyText } from '../../case/case-key.js';
import type { ConsoleReference } from '../../case/case-reference.js';
import { renderUnfurl } from '../../slack/render-unfurl.js';
import { SlackError } from '../../slack/slack-error.js';
import type { CaseRecord } from '../../store/store.js';
import { errorFields } from '../../telemetry/log.js';
import type { CommandDeps } from '../command-deps.js';
import type { OnEvent } from '../interaction.js';
import { readShared, type Shared } from './read-shared.js';

/** So long a case is not shown in a channel again, whoever links to it. */
export const AGAIN_MS = 30 * 60_000;

/** A link that is to be shown, and the request that says so to other replicas, and to us later. */
interface Shown {
  readonly url: string;
  readonly record: CaseRecord;
  readonly request: string;
}

/**
 * Somebody posted links to cases in the AWS console: below the message stands a short card of each that everybody in the
 * channel may see. Anything else happens without a word, so that nobody learns which cases there are. Only the store is
 * asked: what people paste costs no calls at AWS.
 *
 * After Slack has its answer: what is shown before may be refused (chat.unfurl, `cannot_unfurl_url`). A preview that is
 * lost then is no loss.
 */
export const sharedLinks: OnEvent = async (deps, event, { isShared, afterwards }) => {
  const shared = readShared(event);
  // People of other companies would see it as well.
  if (shared === null || isShared) return;
  afterwards(async () => {
    const shown = await unfold(deps, shared);
    deps.log.debug('links to cases were posted', {
      channel: shared.channel,
      links: shared.links.length,
      shown,
    });
  });
};

/** How many are shown now. Of what was shown a while ago, Slack is not asked who may see it. */
async function unfold(deps: CommandDeps, shared: Shared): Promise<number> {
  const begun: Shown[] = [];
  for (const each of await linkedCases(deps, shared))
    if ((await deps.store.beginRequest(each.request)) === 'yours') begun.push(each);
  const shown = await showable(deps, shared, begun);
  const end = async (some: readonly Shown[], how: 'done' | 'undone') => {
    for (const { request } of some) await deps.store.endRequest(request, how, AGAIN_MS);
  };
  await end(
    begun.filter((each) => !shown.includes(each)),
    'undone',
  );
  if (shown.length === 0) return 0;
  try {
    await deps.unfurls.show(
      shared.target,
      new Map(shown.map((each) => [each.url, cardOf(deps, each.record)])),
    );
  } catch (error) {
    // What may be there is not shown a second time; what is certainly not may be, when somebody posts the link again.
    await end(shown, error instanceof SlackError && error.happened === 'maybe' ? 'done' : 'undone');
    if (!(error instanceof SlackError)) throw error;
    deps.log.warn('links to cases are not shown', { channel: shared.channel, ...errorFields(error) });
    return 0;
  }
  await end(shown, 'done');
  return shown.length;
}

/** Each case once, by the first link that leads to it. */
async function linkedCases(deps: CommandDeps, { links, channel }: Shared): Promise<readonly Shown[]> {
  const found = new Map<string, Shown>();
  for (const link of links) {
    const record = await knownCase(deps, link.case);
    if (record?.card == null) continue;
    const request = `unfurl ${channel} ${caseKeyText(record.key)}`;
    if (!found.has(request)) found.set(request, { url: link.url, record, request });
  }
  return [...found.values()];
}

/** What everybody in the channel may see, because this person named it there. */
async function showable(
  deps: CommandDeps,
  { channel, user }: Shared,
  all: readonly Shown[],
): Promise<readonly Shown[]> {
  const shown: Shown[] = [];
  for (const each of all) if (await deps.mayShowIn(channel, each.record, user)) shown.push(each);
  if (shown.length === 0) return [];
  // Neither bots, ourselves among them, nor strangers; nobody of whom Slack does not say what they are.
  const kind = await deps.people.kindOf(user);
  return kind === 'person' || kind === 'guest' ? shown : [];
}

/** Null also where it may be one of several: the wrong one would be shown as if it were meant. */
async function knownCase({ store }: CommandDeps, reference: ConsoleReference): Promise<CaseRecord | null> {
  const named =
    reference.by === 'display-id'
      ? await store.casesByDisplayId(reference.displayId)
      : await store.casesByCaseId(reference.caseId);
  const { account } = reference;
  const [record, another] = named.filter(({ key }) => account === undefined || key.account === account);
  return another === undefined ? (record ?? null) : null;
}

function cardOf({ slack, accountName }: CommandDeps, record: CaseRecord): KnownBlock[] {
  const { card, resolved, channel, threadTs, key } = record;
  if (card === null) return [];
  const thread = channel === null || threadTs === null ? null : slack.linkTo({ channel, ts: threadTs });
  return renderUnfurl({ ...card, resolved }, { account: accountName(key.account), thread });
}
