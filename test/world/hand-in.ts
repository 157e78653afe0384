import { readConfig } from '../../src/config.js';
import { newReference } from '../../src/outbox/new-reference.js';
import { createOutbox, type Intent } from '../../src/outbox/outbox.js';
import { openStorage } from '../../src/storage/open-storage.js';
import { createLog } from '../../src/telemetry/log.js';
import { ACCOUNT, ALICE, CHANNEL, type World } from './world.js';

let requests = 0;

/** What somebody has sent, kept while the bot was not running: its next start finds it. Alice's reply, unless told otherwise. */
export async function handIn(
  { environment }: Pick<World, 'environment'>,
  what: Partial<Intent> & { readonly caseId: string },
): Promise<void> {
  const read = readConfig({ ...environment, PORT: '0' });
  if ('problems' in read) throw new Error(JSON.stringify(read.problems));
  const log = createLog('error', () => undefined);
  const storage = await openStorage(read.config, {
    parkedMs: 1_000,
    leaseMs: undefined,
    settlesWithinMs: 50,
    log,
  });
  const mark = (key: string) => storage.replies.mark(key);
  const outbox = createOutbox({ store: storage.store, mark, newReference, now: Date.now, log });
  const { caseId, ...intent } = what;
  await outbox.submit({
    kind: 'reply',
    key: { account: ACCOUNT, caseId },
    displayId: '1234563851',
    text: 'See the files.',
    user: ALICE,
    person: 'Alice Example',
    channel: CHANNEL,
    threadTs: null,
    responseUrl: null,
    request: `handed in ${process.pid} ${requests++}`,
    ...intent,
  });
  await storage.close();
}
