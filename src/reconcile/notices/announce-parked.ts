/**
 * Cases wait for a person: the channel is told once, with the remedy, and told again in the same message how many wait
 * and when nothing does any more. Safe to run at any time, any number of times, and to be killed anywhere.
 */
import { parseCaseKey } from '../../case/case-key.js';
import { alikeInAll, inAccounts } from '../../case/of-account.js';
import type { Inbox, Parked, Run } from '../../inbox/inbox.js';
import { again, done, type Outcome } from '../../inbox/outcome.js';
import { consoleLink } from '../../slack/console-link.js';
import { canBeSaid } from '../../slack/errors.js';
import { caseName } from '../../slack/render-card.js';
import { type NamedCase, renderNotice } from '../../slack/render-notice.js';
import type { Slack } from '../../slack/slack.js';
import type { Store } from '../../store/store.js';
import { outcomeOfError } from '../outcome-of-error.js';
import { NAMED_CASES } from './notice.js';
import { NoticeWriter } from './notice-writer.js';
import { planNotices, type Waiting, whoWaits } from './plan-notices.js';

export interface AnnounceDeps {
  readonly store: Pick<Store, 'under' | 'canonical' | 'getCase' | 'note' | 'saveNote' | 'doubts'>;
  readonly cases: Pick<Inbox, 'parked' | 'marked'>;
  readonly slack: Pick<Slack, 'post' | 'update' | 'findEntries' | 'linkTo'>;
  /** The channel that is told: the one for all threads that no route sends elsewhere. */
  readonly channel: string;
  readonly accountName: (account: string) => string;
  /** A notice is changed at most so often. */
  readonly updateEveryMs: number;
  /** How long Slack may take to show a message whose sender had no answer. */
  readonly settlesWithinMs: number;
  readonly now: () => number;
}

/** The one key of the inbox for notices. */
export const NOTICES_KEY = 'parked';

export async function announceParked(all: AnnounceDeps, run: Run): Promise<Outcome> {
  const deps = { ...all, store: all.store.under(run.lease) };
  const { cases, channel, updateEveryMs, now } = deps;
  try {
    const writer = await NoticeWriter.open({ ...deps, stillOurs: () => run.lease.check() });
    const parked = await cases.parked();
    const said = new Set(writer.all.flatMap((notice) => notice.cases));
    for (const { key } of parked) said.delete(key);
    const retried = await cases.marked([...said]);
    const toSay = await whatCanBeSaid(deps, parked);
    const waitingFor = () => whoWaits(toSay, writer.all, retried);
    writer.recognize(waitingFor());
    const planned = () => planNotices(waitingFor(), writer.all, now(), updateEveryMs);
    if (planned().steps.some((step) => step.do === 'post')) await writer.recover(waitingFor());
    const { steps, lookAfter } = planned();
    for (const step of steps) {
      switch (step.do) {
        case 'post':
          await writer.post(step.waiting, await messageOf(deps, step.waiting), step.unsure);
          break;
        case 'update':
          await writer.update(step.notice, step.waiting, await messageOf(deps, step.waiting));
          break;
        case 'settle':
          await writer.settle(step.notice);
          break;
      }
    }
    for (const waiting of waitingFor()) writer.keepCases(waiting);
    await writer.save();
    // While anything has been said, it is compared from time to time: another process may have mended a case.
    return lookAfter === null ? done : again(`${channel} has been told of waiting cases`, lookAfter);
  } catch (error) {
    return outcomeOfError(error, run.attempt);
  }
}

async function whatCanBeSaid(
  { store, channel }: AnnounceDeps,
  parked: readonly Parked[],
): Promise<readonly Parked[]> {
  const sayable = await Promise.all(
    parked.map(async ({ key, reason }) => {
      if (canBeSaid(reason, true)) return true;
      if (!canBeSaid(reason, false)) return false;
      const record = await store.getCase(await store.canonical(parseCaseKey(key)));
      return (record?.channel ?? channel) !== channel;
    }),
  );
  return parked
    .filter((_, index) => sayable[index])
    .map((each) => ({ ...each, reason: alikeInAll(each.reason) }));
}

async function messageOf(deps: AnnounceDeps, { reason, cases }: Waiting) {
  const named = await Promise.all(cases.slice(0, NAMED_CASES).map((key) => nameOf(deps, key)));
  const ids = [...new Set(cases.map((key) => parseCaseKey(key).account))];
  const accounts = ids.map((id) => ({ id, name: deps.accountName(id) }));
  return renderNotice({ reason: inAccounts(reason, accounts), count: cases.length, named });
}

async function nameOf({ store, slack, channel }: AnnounceDeps, text: string): Promise<NamedCase> {
  const key = await store.canonical(parseCaseKey(text));
  const record = (await store.getCase(key)) ?? { key, displayId: '', channel: null, threadTs: null };
  const thread =
    record.channel === null || record.threadTs === null
      ? null
      : slack.linkTo({ channel: record.channel, ts: record.threadTs });
  return {
    name: caseName(record),
    url: thread ?? consoleLink(record.displayId, key),
    channel: record.channel === channel ? null : record.channel,
  };
}
