import assert from 'node:assert/strict';
import { windowGate } from '../../src/pace/local-gates.js';
import { Pacer } from '../../src/pace/pacer.js';
import { type Aws, startAws } from '../../src/sandbox/aws/start-aws.js';
import { accountOf, createAccounts } from '../../src/support/accounts.js';
import type { Accounts } from '../../src/support/support-api.js';
import { all, stillOurs } from './support-room.js';

describe('accountOf', () => {
  it('is in the case id, else the only account that is accepted, else not known', () => {
    const other = ['444455556666'];
    assert.equal(accountOf('case-111122223333-muen-2026-1', other), '111122223333');
    assert.equal(accountOf('case-something-else', other), '444455556666');
    assert.equal(accountOf('case-something-else', []), null);
    assert.equal(accountOf('case-something-else', [...other, '111122223333']), null);
    assert.equal(accountOf('case-1111222233334-muen-2026-1', []), null);
  });
});

describe('createAccounts', () => {
  let aws: Aws;
  let before: NodeJS.ProcessEnv;
  beforeEach(async () => {
    aws = await startAws({ callsPerSecond: 'off' });
    before = { ...process.env };
    const [account] = aws.accounts;
    // The SDK finds endpoint and credentials by its own rules: from the environment of the process.
    Object.assign(process.env, {
      AWS_ENDPOINT_URL_SUPPORT: aws.url,
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: account?.accessKeyId,
      AWS_SECRET_ACCESS_KEY: account?.secretAccessKey,
    });
  });
  afterEach(async () => {
    for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
    Object.assign(process.env, before);
    await aws.stop();
  });

  const now = () => performance.now();
  const calls = new Pacer(windowGate({ calls: 1_000, perMs: 1 }, now), now);
  const create = (accepted: string[] = []) =>
    createAccounts({
      accepted,
      settings: () => ({ accounts: [], failover: true }),
      calls,
      count: () => undefined,
    });

  it('reads cases with the credentials and at the address that the SDK finds by its own rules', async () => {
    const { caseId } = aws.openCase({ subject: 's', body: 'b' });
    const accounts = await create();
    assert.equal((await accounts.for('111122223333', 'event').getCase(caseId))?.case.key.caseId, caseId);
  });

  it('opens no case that is meant for another account than that of the credentials', async () => {
    process.env.AWS_ENDPOINT_URL_STS = aws.url;
    const accounts = await create();
    const letter = { body: 'b' };
    const kind = { service: 'amazon-elastic-compute-cloud-linux', category: 'connectivity' };
    const about = { ...kind, severity: 'low', language: 'en' };
    const newCase = { ...about, subject: 's', issueType: 'technical', letter } as const;
    await assert.rejects(accounts.for('444455556666', 'person').openCase(newCase, stillOurs), {
      kind: 'refused',
      happened: 'no',
      sentence: /belong to 111122223333\. Nothing was opened/,
    });
    assert.equal(aws.callsOf('CreateCase').length, 0);
    await accounts.for('111122223333', 'person').openCase(newCase, stillOurs);
    assert.equal(aws.callsOf('CreateCase').length, 1);
  });

  it('sends nothing twice by itself', async () => {
    const { caseId } = aws.openCase({ subject: 's', body: 'b' });
    aws.fault('AddCommunicationToCase', { kind: 'hangup-after' });
    aws.fault('DescribeCases', { kind: 'status', status: 500 });
    const api = (await create()).for('111122223333', 'person');
    await assert.rejects(api.addReply(caseId, { body: 'reply' }, stillOurs), { happened: 'maybe' });
    await assert.rejects(api.getCase(caseId), { kind: 'unreachable' });
    assert.equal(aws.calls.length, 2);
    assert.equal(aws.case(caseId).communications.length, 2);
  });

  it('gives a case whose id names no account to the only one that is accepted', async () => {
    aws.openCase({ subject: 's', body: 'b', caseId: 'case-opaque' });
    const account = async (accounts: Accounts) => {
      const readings = await Promise.all(accounts.all('sweep').map((api) => all(api.openCases())));
      return readings.flat().map((reading) => reading.case.key.account);
    };
    assert.deepEqual(await account(await create(['111122223333'])), ['111122223333']);
    assert.deepEqual(await account(await create()), []);
  });

  it('shows no case of these credentials as one of another account', async () => {
    const { caseId, displayId } = aws.openCase({ subject: 's', body: 'b' });
    const accounts = await create();
    const foreign = accounts.for('444455556666', 'event');
    assert.equal(await foreign.getCase(caseId), null);
    assert.deepEqual(await foreign.findByDisplayId(displayId), []);
    assert.notEqual(await accounts.for('111122223333', 'event').getCase(caseId), null);
  });
});
