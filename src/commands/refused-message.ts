import type { CaseKey } from '../case/case-key.js';
import type { CaseRight } from '../case/permit.js';
import type { RoutedCase } from '../case/route.js';
import type { OutboxMessage } from '../store/outbox-message.js';
import type { CommandDeps } from './command-deps.js';
import { type PermitAsker, type Refusal, refusal, wholeRefusal, wholeRefusalToOpen } from './permit.js';

/** What somebody needs who wants that sent. */
export function rightsToSend(
  kind: OutboxMessage['kind'],
  { files = [] }: Pick<OutboxMessage, 'files'> | { readonly files?: OutboxMessage['files'] },
): readonly CaseRight[] {
  return files.length === 0 ? [kind] : [kind, 'attach'];
}

/**
 * Why somebody may not read the case of a button; null where they may. Slack markup.
 *
 * @param deed what they want.
 * @param seen what AWS has just said of it.
 */
export async function refusedToRead(
  deps: CommandDeps,
  asker: PermitAsker,
  key: CaseKey,
  deed = 'read',
  seen?: RoutedCase,
): Promise<string | null> {
  const record = await deps.store.getCase(key);
  const found = { key, displayId: record?.displayId ?? '', record };
  return refusal(deps, asker, ['read'], seen === undefined ? found : { ...found, details: seen }, { deed });
}

/**
 * Why a person may not have sent what is kept for them: it may have waited for their click since they were allowed to. Null
 * where they may, and where it is not theirs. Slack markup.
 *
 * @param to the case for which it is to be sent; that of the message unless given.
 */
export async function refusedMessage(
  deps: CommandDeps,
  { user, ...here }: PermitAsker,
  reference: string,
  to?: Parameters<typeof refusal>[3],
): Promise<Refusal | null> {
  const message = await deps.store.getFromOutbox(reference);
  if (message === null || message.user !== user) return null;
  const { kind, key, displayId, opening, text } = message;
  const rights = rightsToSend(kind, message);
  const asker = { user, began: message.channel, threadTs: message.threadTs ?? null, ...here };
  if (opening !== undefined)
    return wholeRefusalToOpen(deps, asker, rights, { account: key.account, details: opening }, { text });
  const found = to ?? { key, displayId, record: await deps.store.getCase(key) };
  return wholeRefusal(deps, asker, rights, found, { text });
}
