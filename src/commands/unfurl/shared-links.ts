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

/** More cases than these below one message are a list already. */
const MOST_SHOWN = 5;

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

/** How many are shown now. */
async function unfold(deps: CommandDeps, shared: Shared): Promise<number> {
  const shown = await beginFirst(deps, shared);
  if (shown.length === 0) return 0;
  const end = async (how: 'done' | 'undone') => {
    for (const { request } of shown) await deps.store.endRequest(request, how, AGAIN_MS);
  };
  // Neither bots, ourselves among them, nor strangers; nobody of whom Slack does not say what they are.
  const kind = await deps.people.kindOf(shared.user);
  if (kind !== 'person' && kind !== 'guest') {
    await end('undone');
    return 0;
  }
  try {
    await deps.unfurls.show(
      shared.target,
      new Map(shown.map((each) => [each.url, cardOf(deps, each.record)])),
    );
  } catch (error) {
    // What may be there is not shown a second time; what is certainly not may be, when somebody posts the link again.
    await end(error instanceof SlackError && error.happened === 'maybe' ? 'done' : 'undone');
    if (!(error instanceof SlackError)) throw error;
    deps.log.warn('links to cases are not shown', { channel: shared.channel, ...errorFields(error) });
    return 0;
  }
  await end('done');
  return shown.length;
}

/**
 * The first cases that everybody in the channel may see, because this person named them there; each once, by the first link
 * that leads to it. Of what was shown a while ago, Slack is not asked who may see it. What is not to be seen takes nobody's
 * place: how many are shown would tell of it.
 */
async function beginFirst(deps: CommandDeps, { links, channel, user }: Shared): Promise<readonly Shown[]> {
  const begun: Shown[] = [];
  const looked = new Set<string>();
  for (const { url, case: reference } of links) {
    if (begun.length === MOST_SHOWN) break;
    const record = await knownCase(deps, reference);
    if (record?.card == null) continue;
    const request = `unfurl ${channel} ${caseKeyText(record.key)}`;
    // By its number, and by its case id.
    if (looked.has(request)) continue;
    looked.add(request);
    if ((await deps.store.beginRequest(request)) !== 'yours') continue;
    if (await deps.mayShowIn(channel, record, user)) begun.push({ url, record, request });
    else await deps.store.endRequest(request, 'undone', AGAIN_MS);
  }
  return begun;
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
