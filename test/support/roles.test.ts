import assert from 'node:assert/strict';
import { OWN_ACCOUNT } from '../../src/support/support-api.js';
import { SupportError } from '../../src/support/support-error.js';
import { type AccountsRoom, HUB, listed, NORTH, roleOf, SOUTH, startAccountsRoom } from './accounts-room.js';
import { all, stillOurs } from './support-room.js';

const MINUTE = 60_000;

describe('accounts by roles', () => {
  let room: AccountsRoom;
  afterEach(() => room.stop());

  const failure = async (work: Promise<unknown>): Promise<SupportError> => {
    try {
      await work;
    } catch (error) {
      assert.ok(error instanceof SupportError, String(error));
      return error;
    }
    throw new Error('nothing went wrong');
  };
  const assumed = () => room.aws.callsOf('AssumeRole');
  const open = (account: string, subject = 's') => room.aws.openCase({ account, subject, body: 'b' });

  it('asks each account in its own name, and in its own lane, in the order of the file', async () => {
    room = await startAccountsRoom([listed(SOUTH), listed(HUB), listed(NORTH)]);
    for (const account of [HUB, NORTH, SOUTH])
      room.aws.openCase({ account, subject: `of ${account}`, body: 'b', displayId: '17' });
    const apis = room.accounts.all('sweep');
    assert.deepEqual(
      apis.map(({ account }) => account),
      [SOUTH, HUB, NORTH],
    );
    for (const api of apis) {
      const [found, ...others] = await api.findByDisplayId('17');
      assert.deepEqual([found?.subject, others], [`of ${api.account}`, []]);
    }
    assert.deepEqual(room.lanes, [SOUTH, HUB, NORTH]);
    assert.deepEqual(
      room.aws.callsOf('DescribeCases').map(({ by }) => by),
      [
        `arn:aws:sts::${SOUTH}:assumed-role/casethread/casethread`,
        `arn:aws:iam::${HUB}:user/casethread`,
        `arn:aws:sts::${NORTH}:assumed-role/casethread/casethread`,
      ],
    );
  });

  it('makes one session for all calls, those at the same time included, and renews it before it ends', async () => {
    room = await startAccountsRoom([listed(NORTH), listed(SOUTH)]);
    const { caseId } = open(NORTH);
    const read = () => room.accounts.for(NORTH, 'event').getCase(caseId);
    await Promise.all(Array.from({ length: 10 }, read));
    room.pass(54 * MINUTE);
    await read();
    assert.equal(assumed().length, 1);
    room.pass(2 * MINUTE);
    await Promise.all([read(), read()]);
    assert.equal(assumed().length, 2);
    room.pass(40 * MINUTE);
    assert.notEqual(await read(), null);
    assert.deepEqual(
      room.aws.callsOf('DescribeCases').filter(({ result }) => result !== 'ok'),
      [],
    );
  });

  it('goes on with the session it has while STS does not answer, as long as it lasts', async () => {
    room = await startAccountsRoom([listed(NORTH)]);
    const { caseId } = open(NORTH);
    const read = () => room.accounts.for(NORTH, 'event').getCase(caseId);
    await read();
    room.aws.fault('AssumeRole', { kind: 'hangup-before', times: 100 });
    room.pass(56 * MINUTE);
    assert.notEqual(await read(), null);
    room.pass(4 * MINUTE);
    const { kind, happened } = await failure(read());
    assert.deepEqual([kind, happened], ['unreachable', 'no']);
  });

  it('gives the external id, and shows it to nobody', async () => {
    room = await startAccountsRoom([listed(NORTH, { externalId: 'the-secret' }), listed(SOUTH)]);
    const { caseId } = open(NORTH);
    const read = () => room.accounts.for(NORTH, 'event').getCase(caseId);
    room.aws.addRole({ arn: roleOf(NORTH), trusts: HUB, externalId: 'another' });
    const { kind, happened, sentence } = await failure(read());
    assert.deepEqual([kind, happened], ['no-permission', 'no']);
    assert.match(sentence, new RegExp(roleOf(NORTH)));
    assert.match(sentence, /trust policy .* external id .* sts:AssumeRole/);
    assert.doesNotMatch(sentence, /the-secret/);
    room.aws.addRole({ arn: roleOf(NORTH), trusts: HUB, externalId: 'the-secret' });
    assert.notEqual(await read(), null);
  });

  it('holds nothing back where the role of one account is broken, and names that account', async () => {
    room = await startAccountsRoom([listed(NORTH, { alias: 'north' }), listed(SOUTH)]);
    room.aws.removeRole(roleOf(NORTH));
    const [north, south] = room.accounts.all('sweep');
    open(SOUTH);
    const { sentence } = await failure(all(north?.openCases() ?? assert.fail()));
    assert.match(
      sentence,
      new RegExp(`^AWS account north \\(${NORTH}\\): Casethread may not assume the role`),
    );
    assert.equal((await all(south?.openCases() ?? assert.fail())).length, 1);
  });

  const troubles: [name: string, arrange: (room: AccountsRoom) => unknown, kind: string, says: RegExp][] = [
    [
      'limits calls',
      ({ aws }) => aws.fault('AssumeRole', { kind: 'throttle', times: 9 }),
      'throttled',
      /STS/,
    ],
    [
      'answers 503',
      ({ aws }) => aws.fault('AssumeRole', { kind: 'status', status: 503, times: 9 }),
      'unreachable',
      /STS/,
    ],
    [
      'hangs up',
      ({ aws }) => aws.fault('AssumeRole', { kind: 'hangup-after', times: 9 }),
      'unreachable',
      /STS/,
    ],
    [
      'is not active in the Region',
      ({ aws }) =>
        aws.fault('AssumeRole', { kind: 'error', name: 'RegionDisabledException', status: 403, times: 9 }),
      'no-permission',
      /not active/,
    ],
    [
      'refuses what was asked',
      ({ aws }) =>
        aws.fault('AssumeRole', {
          kind: 'error',
          name: 'ValidationError',
          message: 'the-secret',
          times: 9,
        }),
      'no-permission',
      /role and external_id in CONFIG_FILE/,
    ],
  ];
  for (const [name, arrange, kind, says] of troubles) {
    it(`has sent nothing, and begun nothing, when STS ${name}`, async () => {
      room = await startAccountsRoom([listed(NORTH)]);
      const { caseId } = open(NORTH);
      arrange(room);
      let begun = 0;
      const begin = () => {
        begun += 1;
      };
      const reply = () => room.accounts.for(NORTH, 'person').addReply(caseId, { body: 'hello' }, begin);
      const error = await failure(reply());
      assert.deepEqual([error.kind, error.happened, begun], [kind, 'no', 0]);
      assert.match(error.sentence, says);
      assert.doesNotMatch(error.sentence, /the-secret/);
      assert.equal(room.aws.callsOf('AddCommunicationToCase').length, 0);
      room.aws.clearFaults();
      await reply();
      assert.equal(room.aws.case(caseId).communications.length, 2);
    });
  }

  it('gets a new session when AWS ends one before its time', async () => {
    room = await startAccountsRoom([listed(NORTH)]);
    const { caseId } = open(NORTH);
    const api = room.accounts.for(NORTH, 'person');
    await api.getCase(caseId);
    room.aws.endSessions();
    const { kind, happened } = await failure(api.addReply(caseId, { body: 'hello' }, stillOurs));
    assert.deepEqual([kind, happened], ['unreachable', 'no']);
    await api.addReply(caseId, { body: 'hello' }, stillOurs);
    assert.equal(room.aws.case(caseId).communications.length, 2);
    room.aws.endSessions();
    room.aws.removeRole(roleOf(NORTH));
    for (let times = 0; times < 2; times += 1)
      assert.match((await failure(api.getCase(caseId))).sentence, /may not assume the role/);
  });

  it('says that the bot has no credentials of its own, with which it could assume a role', async () => {
    room = await startAccountsRoom([listed(HUB), listed(NORTH)]);
    delete process.env.AWS_ACCESS_KEY_ID;
    for (const account of [HUB, NORTH]) {
      const { kind, happened, sentence } = await failure(room.accounts.for(account, 'event').severities());
      assert.deepEqual([kind, happened], ['no-permission', 'no']);
      assert.match(sentence, /no AWS credentials of its own/);
    }
  });

  it('says that AWS does not take the credentials, and that another partition may', async () => {
    room = await startAccountsRoom([listed(HUB), listed(NORTH)], {
      environment: { AWS_ACCESS_KEY_ID: 'AKIAOFANOTHERPARTITION' },
    });
    for (const account of [HUB, NORTH]) {
      const { kind, sentence } = await failure(room.accounts.for(account, 'event').severities());
      assert.equal(kind, 'no-permission');
      assert.match(sentence, /does not accept the credentials .* partition/);
    }
  });

  it('says that requests are signed for another Region than the one that is asked', async () => {
    room = await startAccountsRoom([listed(HUB)], { regions: ['us-gov-west-1'] });
    const { kind, sentence } = await failure(room.accounts.for(HUB, 'event').severities());
    assert.equal(kind, 'no-permission');
    assert.match(sentence, /Region/);
    room.list([listed(HUB, { partition: 'aws-us-gov' })]);
    await room.accounts.for(HUB, 'event').severities();
  });

  it('says when a listed account is not the one that the credentials belong to', async () => {
    room = await startAccountsRoom([listed(SOUTH, { alias: 'south', role: null })]);
    const { caseId } = open(HUB);
    const south = room.accounts.for(SOUTH, 'event');
    for (const asked of [south.getCase(caseId), all(south.openCases())]) {
      const { kind, sentence } = await failure(asked);
      assert.equal(kind, 'no-permission');
      assert.match(
        sentence,
        new RegExp(`For AWS account south \\(${SOUTH}\\), AWS shows cases of account ${HUB}`),
      );
    }
  });

  it('calls nothing for an account that is not listed, or has no plan for it, and says what to add', async () => {
    room = await startAccountsRoom([listed(NORTH, { plan: 'developer' }), listed(SOUTH)]);
    for (const [account, says] of [
      [HUB, /not listed in CONFIG_FILE/],
      [NORTH, /“developer”/],
    ] as const) {
      const api = room.accounts.for(account, 'event');
      assert.equal(api.account, account);
      for (const asked of [api.getCase('case-x'), all(api.openCases()), api.services()]) {
        const { kind, happened, sentence } = await failure(asked);
        assert.deepEqual([kind, happened], ['events-only', 'no']);
        assert.match(sentence, says);
      }
    }
    assert.equal(room.aws.calls.length, 0);
    assert.deepEqual(
      room.accounts.all('sweep').map(({ account }) => account),
      [SOUTH],
    );
  });

  it('takes the account without a role, else the first, where nobody says which', async () => {
    room = await startAccountsRoom([listed(NORTH), listed(HUB)]);
    assert.equal(room.accounts.for(OWN_ACCOUNT, 'person').account, HUB);
    room.list([listed(SOUTH), listed(NORTH)]);
    assert.equal(room.accounts.for(OWN_ACCOUNT, 'person').account, SOUTH);
    room.list([]);
    assert.equal(room.accounts.for(OWN_ACCOUNT, 'person').account, null);
    assert.deepEqual(room.lanes, []);
  });

  it('goes by what is listed now: what has changed begins anew, what is under way ends', async () => {
    const other = `arn:aws:iam::${NORTH}:role/other`;
    room = await startAccountsRoom([listed(NORTH), listed(SOUTH)]);
    room.aws.addRole({ arn: other, trusts: HUB });
    const { caseId } = open(NORTH);
    for (const account of [NORTH, SOUTH]) await room.accounts.for(account, 'event').severities();
    const held = room.aws.fault('DescribeCases', { kind: 'hold-before' });
    const underWay = room.accounts.for(NORTH, 'event').getCase(caseId);
    await held.reached;
    room.list([listed(NORTH, { role: other, alias: 'renamed' }), listed(SOUTH, { alias: 'renamed' })]);
    for (const account of [NORTH, SOUTH]) await room.accounts.for(account, 'event').severities();
    held.release();
    assert.notEqual(await underWay, null);
    assert.deepEqual(
      assumed().map(({ input }) => input.RoleArn),
      [roleOf(NORTH), roleOf(SOUTH), other],
    );
    room.list([listed(SOUTH)]);
    assert.equal((await failure(room.accounts.for(NORTH, 'event').getCase(caseId))).kind, 'events-only');
    await room.accounts.for(SOUTH, 'event').severities();
    assert.equal(assumed().length, 3);
  });

  it('says who AWS takes it for, in each account', async () => {
    room = await startAccountsRoom([listed(HUB), listed(NORTH)]);
    assert.deepEqual(await room.accounts.identify(HUB), {
      account: HUB,
      arn: `arn:aws:iam::${HUB}:user/casethread`,
    });
    assert.deepEqual(await room.accounts.identify(NORTH), {
      account: NORTH,
      arn: `arn:aws:sts::${NORTH}:assumed-role/casethread/casethread`,
    });
    room.aws.removeRole(roleOf(SOUTH));
    room.list([listed(SOUTH)]);
    assert.equal((await failure(room.accounts.identify(SOUTH))).kind, 'no-permission');
    room.list([]);
    assert.equal((await room.accounts.identify(OWN_ACCOUNT)).account, HUB);
  });
});
