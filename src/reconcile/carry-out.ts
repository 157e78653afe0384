import { type CaseKey, caseKeyText } from '../case/case-key.js';
import { CARD } from '../case/ledger-entry.js';
import type { Plan } from '../case/plan.js';
import type { Reading } from '../case/reading.js';
import { broadcastOf } from '../case/routing.js';
import { wordsOfCase } from '../case/words-of-text.js';
import type { CaseFile, CaseRecord } from '../store/store.js';
import { isBroadcast } from './broadcasts.js';
import { announceAnswer } from './directs/announce-answer.js';
import { CaseFiles } from './files/case-files.js';
import type { FileTrouble } from './files/file-trouble.js';
import type { Look } from './look-at-case.js';
import { msToNextWords } from './refresh-card.js';
import { routedBy, threadChannel } from './thread-channel.js';
import { ThreadWriter } from './thread-writer.js';
import type { Turn } from './turn.js';
import { isRecent, urgencyOf } from './urgency.js';

/**
 * Does to the thread what is planned, in order, and keeps what is known of the case by then.
 *
 * @returns why files are put off, which are to be brought another time; null where none is.
 */
export async function carryOut(
  deps: Turn,
  key: CaseKey,
  file: CaseFile,
  { effects, card, activityAt, repairs }: Plan,
  { digest, reading, refused }: Pick<Extract<Look, { found: 'case' }>, 'digest' | 'reading' | 'refused'>,
): Promise<FileTrouble | null> {
  const { store, metrics, now, accounts, routing } = deps;
  const { record, ledger, people } = file;
  const channel = threadChannel(routing(), key, file, reading);
  const wanted = broadcastOf(routing(), channel, key, routedBy(file, reading));
  const writer = writerFor(deps, key, file, reading);
  const api = accounts.for(key.account, 'event');
  const files = new CaseFiles({ ...deps, api, rules: deps.fileRules }, key, writer);
  const isNewThread = record?.threadTs == null;
  const mayShowOlder = ledger.some((row) => row.entry === CARD);
  let saved: Omit<CaseRecord, 'shown'> = {
    key,
    displayId: card.displayId,
    channel,
    threadTs: record?.threadTs ?? null,
    // Neither of them before everything is in the thread: until then the case has to look changed to the sweep, and what
    // has changed since the card was kept last is known by that card.
    card: record?.card ?? card,
    digest: record?.digest ?? null,
    resolved: card.resolved,
    activityAt,
    walkedAt: walkedAt(reading, refused, record, now()),
    recoveredAt: record?.recoveredAt ?? null,
    formerTs: record?.formerTs ?? null,
  };
  // The channel is kept before the card is posted: it is where a card that nobody is sure of will be looked for.
  if (saved.threadTs === null) await store.saveCase(saved);

  await files.owe(effects.flatMap((effect) => (effect.do === 'attach' ? [effect.file] : [])));
  for (const effect of effects) {
    switch (effect.do) {
      case 'open-thread': {
        const threadTs = await writer.openThread(
          effect.card,
          isRecent(activityAt, now()) ? 'now' : 'backlog',
        );
        saved = { ...saved, threadTs };
        await store.saveCase(saved);
        // Where an earlier try may have posted it, what was found may show the case as it was then.
        if (!mayShowOlder) await store.saveShown(key, { ...effect.card, shownAt: now() });
        break;
      }
      case 'post': {
        const urgency = urgencyOf(effect.item, now());
        const news = { wanted, reading, urgency, isNewThread };
        await announceAnswer(deps, { key, item: effect.item, people }, () =>
          writer.post(effect.item, urgency, isBroadcast(effect.item, news)),
        );
        if (effect.item.toldAt !== null) metrics.eventToPost((now() - effect.item.toldAt) / 1000);
        break;
      }
      case 'attach':
        await files.attach(effect.file, urgencyOf(effect.file, now()));
        break;
      case 'amend':
        await writer.amend(effect.item);
        break;
      case 'refresh-card':
        // Below: the card is shown from what is saved.
        break;
    }
  }
  if (repairs > 0) metrics.sweepRepairs(repairs);
  if (saved.threadTs !== null) await files.bringWished(channel, ledger);
  // Before the digest: killed in between, the case still looks changed.
  const isNews = digest !== record?.digest || effects.some((effect) => effect.do === 'post');
  if (reading !== null && isNews) await store.addWords(key, wordsOfCase(reading));
  await store.saveCase({ ...saved, card, digest: files.putOff === null ? digest : saved.digest });
  const opened = effects.some((effect) => effect.do === 'open-thread');
  const isNotShown = effects.some((effect) => effect.do === 'refresh-card') || (opened && mayShowOlder);
  const after = isNotShown ? 0 : opened ? msToNextWords(card, now()) : null;
  if (after !== null) await deps.markCard(caseKeyText(key), after);
  return files.putOff;
}

/** Where AWS refused the older pages, the next run has to ask for them again, however much of the rest is posted. */
function walkedAt(
  reading: Reading | null,
  refused: boolean,
  record: CaseRecord | null,
  now: number,
): number | null {
  if (reading?.complete) return now;
  return refused ? null : (record?.walkedAt ?? null);
}

export function writerFor(
  deps: Turn,
  key: CaseKey,
  file: Pick<CaseFile, 'record' | 'ledger'>,
  reading: Reading | null,
): ThreadWriter {
  const { record, ledger } = file;
  const channel = threadChannel(deps.routing(), key, file, reading);
  return new ThreadWriter(deps, key, channel, record?.threadTs ?? null, ledger);
}
