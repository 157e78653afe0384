import { type ApiCall, isOwnCall } from '../../case/calls/api-call.js';
import type { OutboxMessage } from '../../store/outbox-message.js';
import type { Store } from '../../store/store.js';

/** What the bot does for somebody it tries for minutes, and writes down how that ended. */
const NEAR_MS = 600_000;

const KINDS: Readonly<Record<string, OutboxMessage['kind']>> = {
  AddCommunicationToCase: 'reply',
  ResolveCase: 'resolve',
};

/** For whom the bot made a call on a case; null where it was not the bot, or where two could be meant. */
export async function slackUserOfCall(
  store: Pick<Store, 'canonical' | 'caseFile'>,
  call: ApiCall,
): Promise<string | null> {
  const kind = KINDS[call.name];
  if (!isOwnCall(call) || call.caseId === '' || kind === undefined) return null;
  const key = await store.canonical({ account: call.account, caseId: call.caseId });
  const { outbox } = await store.caseFile(key);
  const near = (at: number | null) => at !== null && Math.abs(at - call.at) <= NEAR_MS;
  const users = outbox
    .filter((message) => message.kind === kind && (near(message.createdAt) || near(message.attemptedAt)))
    .map(({ user }) => user);
  const [user = null, ...others] = [...new Set(users)];
  return others.length === 0 ? user : null;
}
