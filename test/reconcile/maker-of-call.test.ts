import assert from 'node:assert/strict';
import type { ApiCall } from '../../src/case/calls/api-call.js';
import { makerOfCall } from '../../src/reconcile/audit-channel/maker-of-call.js';
import { type AuditLine, NO_MESSAGE, SYSTEM } from '../../src/store/audit-entry.js';
import type { OutboxMessage } from '../../src/store/outbox-message.js';
import { call, key } from '../contract/store/samples.js';

const AT = 1_700_000_000_000;

const line = (change: Partial<AuditLine>): AuditLine => ({
  ...NO_MESSAGE,
  id: '1',
  at: AT,
  user: 'U1',
  name: 'Alice',
  channel: null,
  threadTs: null,
  key: key(),
  displayId: null,
  deed: 'reply',
  result: 'failed',
  why: null,
  ...change,
});

/** What the outbox and the trail tell of a call at that time. */
function makerBy(
  lines: readonly AuditLine[],
  change: Partial<ApiCall>,
  outbox: Partial<OutboxMessage>[] = [],
) {
  const store = {
    readAudit: async ({ since = 0, until = Infinity }) => lines.filter(({ at }) => at >= since && at < until),
    canonical: async () => key(),
    caseFile: async () => ({ outbox }),
  } as unknown as Parameters<typeof makerOfCall>[0];
  return makerOfCall(store, call({ at: AT, error: 'AccessDenied', requestId: 'r1', ...change }));
}

describe('makerOfCall', () => {
  const isOwn = true;

  it('knows the bot and the person by AWS’s id of the request, by whatever credentials and on whatever case', async () => {
    const lines = [line({ user: 'U2', awsRequestId: 'r2' }), line({ awsRequestId: 'r1' })];
    for (const name of ['AddCommunicationToCase', 'ResolveCase', 'CreateCase'])
      assert.deepEqual(await makerBy(lines, { name, caseId: '' }), { isOwn, user: 'U1' });
    const system = [line({ user: SYSTEM.user, awsRequestId: 'r1' })];
    assert.deepEqual(await makerBy(system, {}), { isOwn, user: null });
  });

  it('takes nobody’s calls for the bot’s because they were made at the same time', async () => {
    const lines = [line({ awsRequestId: null }), line({ awsRequestId: 'r2' })];
    for (const requestId of ['r1', ''])
      assert.deepEqual(await makerBy(lines, { requestId }), { isOwn: false, user: null });
  });

  it('knows the person of the bot’s own call by what was done then, where only one could be meant', async () => {
    const lines = [line({ deed: 'create' }), line({ user: 'U3', deed: 'create', at: AT - 700_000 })];
    const opened = { name: 'CreateCase', caseId: '', isOwn };
    assert.deepEqual(await makerBy(lines, opened), { isOwn, user: 'U1' });
    assert.deepEqual(await makerBy([...lines, line({ user: 'U2', deed: 'create' })], opened), {
      isOwn,
      user: null,
    });
    const elsewhere = { ...key(), account: '999988887777' };
    assert.deepEqual(await makerBy([line({ deed: 'create', key: elsewhere })], opened), {
      isOwn,
      user: null,
    });
    const files = [line({ files: 2 }), line({ user: 'U2', files: null })];
    for (const name of ['AddAttachmentsToSet', 'CompleteAttachmentUpload'])
      assert.deepEqual(await makerBy(files, { name, caseId: '', isOwn }), { isOwn, user: 'U1' });
    const outbox = [{ kind: 'reply', createdAt: AT, attemptedAt: null, user: 'U4' }] as const;
    assert.deepEqual(await makerBy(files, { isOwn }, [...outbox]), { isOwn, user: 'U4' });
  });
});
