import { type CaseKey, caseKeyText } from '../case/case-key.js';
import { isFromAws } from '../case/communication.js';
import { isNewCase } from '../case/new-case.js';
import type { Reading } from '../case/reading.js';
import { readStamp } from '../case/stamp.js';
import type { OutboxMessage } from '../store/outbox-message.js';
import type { Store } from '../store/store.js';
import { OWN_ACCOUNT } from '../support/support-api.js';
import { becomesSeen } from './tell-outbox.js';

export interface AdoptOpeningDeps {
  readonly store: Pick<Store, 'getFromOutbox' | 'changeOutbox' | 'saveAlias'>;
  readonly markOutbox: (key: string) => Promise<void>;
  readonly now: () => number;
}

/**
 * Somebody opened this case from Slack, and AWS's answer has not come yet, or never came: what is kept of it goes over to
 * the case. Its opening text carries the reference.
 *
 * @param outbox what is known to be the case's own already.
 */
export async function adoptOpening(
  deps: AdoptOpeningDeps,
  key: CaseKey,
  reading: Reading,
  outbox: readonly OutboxMessage[],
): Promise<void> {
  const [opening] = reading.communications;
  if (!reading.complete || opening === undefined || isFromAws(opening)) return;
  const reference = readStamp(opening.body)?.reference;
  if (reference === undefined || outbox.some((message) => message.reference === reference)) return;
  const message = await deps.store.getFromOutbox(reference);
  // What has become another case already is quoted here.
  if (message?.kind !== 'create' || !isNewCase(message.key)) return;
  const { account } = message.key;
  if (account !== key.account && account !== OWN_ACCOUNT) return;
  // Before it is found under this key: whoever was about to send it once more must not, and nobody takes it for what was
  // left behind on the way.
  await becomesSeen(deps, message);
  await deps.store.saveAlias(message.key, key);
  await deps.markOutbox(caseKeyText(key));
}
