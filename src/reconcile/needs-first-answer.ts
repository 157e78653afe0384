import type { CaseKey } from '../case/case-key.js';
import { mayBeFirstAnswer } from '../case/milestone.js';
import type { Plan } from '../case/plan.js';
import type { Reading } from '../case/reading.js';
import { broadcastOf } from '../case/routing.js';
import type { CaseFile } from '../store/store.js';
import { routedBy, threadChannel } from './thread-channel.js';
import type { Turn } from './turn.js';
import { urgencyOf } from './urgency.js';

/** Whether AWS's first answer is to be shown in the channel, and only all messages of the case tell which that is. */
export function needsFirstAnswer(
  { routing, now }: Turn,
  key: CaseKey,
  file: CaseFile,
  { effects }: Plan,
  { reading }: { readonly reading: Reading | null },
): boolean {
  const channel = threadChannel(routing(), key, file, reading);
  if (!broadcastOf(routing(), channel, key, routedBy(file, reading)).has('first-answer')) return false;
  const items = effects.flatMap((effect) => (effect.do === 'post' ? [effect.item] : []));
  return items.some((item) => urgencyOf(item, now()) === 'now') && mayBeFirstAnswer(items, reading);
}
