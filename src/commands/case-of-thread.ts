import { parseCaseKey } from '../case/case-key.js';
import { SlackError } from '../slack/slack-error.js';
import type { CommandDeps } from './command-deps.js';
import type { FoundCase } from './find-case.js';
import { inTime } from './in-time.js';
import { WORDS } from './words/words.js';

/** Slack waits three seconds for an answer. */
const ASK_SLACK_MS = 1_500;
/** The first message tells; where that was deleted, the entries below it do. */
const FIRST_MESSAGES = 15;

/**
 * The case whose thread it is. A thread that the store does not know may be one from before the store was lost, or one
 * whose first message was deleted: the tags on our own messages say which case it is of. One call of Slack.
 *
 * @param ofNoCase what to say when it is the thread of no case. Slack markup.
 */
export async function caseOfThread(
  { store, slack, markCase }: CommandDeps,
  channel: string,
  threadTs: string,
  ofNoCase: string,
): Promise<FoundCase> {
  const known = await store.caseByThread(channel, threadTs);
  if (known !== null) return { found: true, key: known.key, displayId: known.displayId, record: known };
  let tagged: string | null;
  try {
    const reading = slack.readEntries({ channel, threadTs }, { oldest: '0', limit: FIRST_MESSAGES });
    const page = await inTime(reading, ASK_SLACK_MS, null);
    if (page === null) return { found: false, say: WORDS.slackIsSlow };
    tagged = page.entries[0]?.tag.case ?? null;
  } catch (error) {
    if (!(error instanceof SlackError)) throw error;
    const isSlow = error.kind === 'rate-limited' || error.kind === 'unreachable';
    return { found: false, say: isSlow ? WORDS.slackIsSlow : ofNoCase };
  }
  if (tagged === null) return { found: false, say: ofNoCase };
  const key = await store.canonical(parseCaseKey(tagged));
  const record = await store.getCase(key);
  // It is followed from now on, in its thread.
  if (record === null) await markCase(key);
  return { found: true, key, displayId: record?.displayId ?? '', record, channel };
}
