import type { CallsKnown } from '../case/calls/with-callers.js';
import type { CardNames } from '../case/card.js';
import type { CaseKey } from '../case/case-key.js';
import type { Doubt } from '../case/doubt.js';
import { type Plan, plan } from '../case/plan.js';
import type { Reading } from '../case/reading.js';
import { destinationOf } from '../case/routing.js';
import { deedOf, showsItsFiles } from '../store/outbox-message.js';
import type { CaseFile } from '../store/store.js';
import { nameOf } from '../support/catalogue.js';
import type { Service } from '../support/support-api.js';
import { routedBy } from './thread-channel.js';
import type { Turn } from './turn.js';

/** What the thread lacks, by all that is known. */
export function planFor(
  { now, fileRules, routing, supportPlan }: Pick<Turn, 'now' | 'fileRules' | 'routing' | 'supportPlan'>,
  key: CaseKey,
  file: CaseFile,
  {
    reading,
    missing,
    eventsOnly,
    services,
    calls,
  }: {
    reading: Reading | null;
    missing: string | null;
    eventsOnly: boolean;
    services: readonly Service[];
    calls: CallsKnown;
  },
  doubts: readonly Doubt[],
): Plan {
  const { record, facts, outbox, ledger, people } = file;
  const deeds = outbox.map((message) => ({
    ...deedOf(message),
    filesInThread: showsItsFiles(message, record),
  }));
  return plan({
    key,
    reading,
    missing,
    facts,
    deeds,
    ledger,
    doubts,
    card: record?.card ?? null,
    shown: record?.shown ?? null,
    formerTs: record?.formerTs ?? null,
    people,
    calls,
    mention: destinationOf(routing(), key, routedBy(file, reading)).mention,
    supportPlan: supportPlan(key.account),
    eventsOnly,
    names: namesIn(services, reading),
    textFiles: fileRules.maxBytes > 0,
    now: now(),
  });
}

function namesIn(services: readonly Service[], reading: Reading | null): CardNames | null {
  if (reading === null || services.length === 0) return null;
  return nameOf(services, reading.case.service, reading.case.category);
}
