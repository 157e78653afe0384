import assert from 'node:assert/strict';
import type { Account } from '../../src/case/account.js';
import { checkAccount, checkOwnAccount } from '../../src/doctor/check-account.js';
import { checkTrails } from '../../src/doctor/check-trails.js';
import { EventPathError } from '../../src/event-path/errors.js';
import type { CallsWanted } from '../../src/event-path/names.js';
import { readTrails, type TrailsSeen } from '../../src/event-path/read-trails.js';
import { OWN_ACCOUNT } from '../../src/support/support-api.js';
import {
  type AccountsRoom,
  HUB,
  listed,
  NORTH,
  roleOf,
  startAccountsRoom,
} from '../support/accounts-room.js';
import { startAwsControl } from '../world/aws-control/aws-control.js';
import { trailOf } from '../world/aws-control/cloudtrail.js';

describe('the doctor on an account', () => {
  let room: AccountsRoom;
  afterEach(() => room.stop());

  const look = async (account: Account = listed(NORTH)) => {
    room = room ?? (await startAccountsRoom([account]));
    return checkAccount({ accounts: room.accounts, name: `north (${account.id})`, account });
  };
  const lookFor = (longestMs: number) =>
    checkAccount({
      accounts: {
        identify: (id) => room.accounts.identify(id),
        examine: (id) => room.accounts.examine(id, longestMs),
      },
      name: 'north',
      account: listed(NORTH),
    });
  const start = async (account: Account = listed(NORTH)) => {
    room = await startAccountsRoom([account]);
  };
  const one = async (account?: Account) => {
    const [finding, ...more] = await look(account);
    assert.deepEqual(more, []);
    assert.ok(finding !== undefined);
    assert.equal(finding.check, `north (${account?.id ?? NORTH})`);
    assert.equal(finding.remedy === null, finding.state === 'ok');
    return finding;
  };

  it('has one line when all is well', async () => {
    await start();
    const finding = await one();
    assert.equal(finding.state, 'ok');
    assert.match(finding.says, /a plan with 5 severities, 12 of 12 permissions/);
    assert.deepEqual(room.aws.cases(), []);
  });

  it('says that the role cannot be assumed, and at what to look', async () => {
    await start(listed(NORTH, { role: roleOf('999999999999') }));
    const finding = await one(listed(NORTH, { role: roleOf('999999999999') }));
    assert.equal(finding.state, 'fail');
    assert.match(finding.says, /may not assume the role arn:aws:iam::999999999999:role\/casethread/);
    assert.match(finding.remedy ?? '', /trust policy/);
  });

  it('knows a role of another account than the one that is listed', async () => {
    await start(listed('555566667777', { role: roleOf(NORTH) }));
    const finding = await one(listed('555566667777', { role: roleOf(NORTH) }));
    assert.equal(finding.state, 'fail');
    assert.match(finding.says, /Its role belongs to the account 222233334444/);
  });

  it('knows an account without a role that is not the bot’s own', async () => {
    await start(listed(NORTH, { role: null }));
    const finding = await one(listed(NORTH, { role: null }));
    assert.match(
      finding.says,
      /no role in CONFIG_FILE, and the bot's own credentials belong to 111122223333/,
    );
  });

  it('says that the plan has no API', async () => {
    await start();
    room.aws.account(NORTH).plan = 'none';
    const finding = await one();
    assert.equal(finding.state, 'fail');
    assert.match(finding.says, /no support plan/);
    assert.match(finding.remedy ?? '', /Support plans/);
  });

  it('asks nothing where the plan is known to have none', async () => {
    const account = listed(NORTH, { plan: 'basic' });
    await start(account);
    assert.equal((await one(account)).state, 'ok');
    assert.deepEqual(room.aws.calls, []);
  });

  it('compares the severities with the plan that the file says', async () => {
    const account = listed(NORTH, { plan: 'business' });
    await start(account);
    const finding = await one(account);
    assert.equal(finding.state, 'warn');
    assert.match(finding.says, /critical, which the plan business has not/);
  });

  it('names the host that does not answer', async () => {
    await start();
    const held = room.aws.fault('DescribeSeverityLevels', { kind: 'hold-before' });
    const [finding, ...more] = await lookFor(300);
    assert.deepEqual([finding?.state, more.length], ['fail', 0]);
    assert.match(finding?.says ?? '', /AWS Support did not answer in time \(127\.0\.0\.1\)\.$/);
    assert.match(finding?.remedy ?? '', /reach 127\.0\.0\.1 by HTTPS/);
    held.release();
  });

  it('tells what slow AWS has answered', async () => {
    await start();
    room.aws.account(NORTH).deny = ['DescribeCases'];
    const held = room.aws.fault('ResolveCase', { kind: 'hold-before' });
    const [denied, open] = await lookFor(2_000);
    assert.match(denied?.says ?? '', /may not call support:DescribeCases/);
    assert.equal(open?.state, 'warn');
    assert.match(
      open?.says ?? '',
      /support:ResolveCase, .*could not be found out\. AWS Support did not answer/,
    );
    held.release();
  });

  it('takes it for a warning that AWS limits calls', async () => {
    await start();
    room.aws.fault('DescribeSeverityLevels', { kind: 'throttle', times: 10 });
    assert.equal((await one()).state, 'warn');
  });

  it('names what is not allowed by what it is for', async () => {
    await start();
    room.aws.account(NORTH).deny = [
      'DescribeCases',
      'ResolveCase',
      'AddCommunicationToCase',
      'DescribeAttachment',
    ];
    const findings = await look();
    assert.deepEqual(
      findings.map(({ state, says }) => [state, says]),
      [
        ['fail', 'The role may not call support:DescribeCases: threads show only what events tell.'],
        [
          'warn',
          'The role may not call support:DescribeAttachment: files of cases are named in their threads and stay at AWS.',
        ],
        [
          'warn',
          'The role may not call support:AddCommunicationToCase, support:ResolveCase: nobody can reply or resolve from Slack.',
        ],
      ],
    );
    assert.ok(findings.every(({ remedy }) => remedy?.includes('policy')));
  });

  const alone: [action: string, state: string, says: RegExp][] = [
    ['DescribeServices', 'warn', /: cards show the codes of services/],
    ['ResolveCase', 'warn', /: nobody can resolve from Slack\.$/],
    ['AddCommunicationToCase', 'warn', /: nobody can reply from Slack\.$/],
    ['DescribeCommunications', 'fail', /: threads show only what events tell\.$/],
  ];
  for (const [action, state, says] of alone) {
    it(`says what does not work without ${action} alone`, async () => {
      await start();
      room.aws.account(NORTH).deny = [action];
      const finding = await one();
      assert.equal(finding.state, state);
      assert.match(finding.says, says);
    });
  }

  it('names the account of its own credentials, and says when AWS_ACCOUNTS does not accept it', async () => {
    room = await startAccountsRoom([]);
    const own = (accepted: string[]) =>
      checkOwnAccount(room.accounts, (id) => `hub (${id})`, accepted, OWN_ACCOUNT);
    const [well, ...more] = await own([HUB]);
    assert.deepEqual([well?.check, well?.state, more.length], [`hub (${HUB})`, 'ok', 0]);
    const [strange] = await own([NORTH]);
    assert.equal(strange?.state, 'fail');
    assert.match(strange?.remedy ?? '', new RegExp(`Add ${HUB} to AWS_ACCOUNTS`));
  });
});

describe('the doctor on CloudTrail', () => {
  const account = (name: string) => ({ name, partition: 'aws' as const, credentials: async () => undefined });
  const both = { writes: true, reads: true };
  const neither = { writes: false, reads: false };
  const ALL: TrailsSeen = { atWork: true, calls: both, plans: both, unread: null };
  const NONE: TrailsSeen = { atWork: false, calls: neither, plans: neither, unread: null };

  const lacks: [what: string, seen: Partial<TrailsSeen>, calls: CallsWanted, says: RegExp | null][] = [
    [
      'no trail',
      NONE,
      'changes',
      /No trail is at work in a: .*entries will not say who of you wrote, resolved or opened a case\.$/,
    ],
    [
      'a trail of data events alone',
      { calls: neither, plans: neither },
      'changes',
      /The trails of a record no management events that change something: entries will not say who of you/,
    ],
    [
      'a trail of writes where reads are wanted',
      { calls: { writes: true, reads: false }, plans: { writes: true, reads: false } },
      'all',
      /record no management events that read, and EVENTS_CALLS is all/,
    ],
    [
      'a trail of writes where those are wanted',
      { calls: { writes: true, reads: false }, plans: { writes: true, reads: false } },
      'changes',
      null,
    ],
    [
      'a trail of one Region',
      { plans: neither },
      'changes',
      /record no calls in us-west-2, .*: what is done with the support plan will not be told\.$/,
    ],
    [
      'a trail of writes everywhere, and one of reads at home',
      { plans: { writes: true, reads: false } },
      'all',
      /no management events that read in us-west-2, .*: who looked at the support plan will not be told\.$/,
    ],
    ['a trail of all that is wanted', {}, 'all', null],
  ];
  for (const [what, seen, calls, says] of lacks) {
    it(`says what it costs: ${what}`, async () => {
      const findings = await checkTrails([account('a')], async () => ({ ...ALL, ...seen }), calls);
      const [finding, ...more] = findings;
      assert.deepEqual(more, []);
      assert.equal(finding?.state, says === null ? 'ok' : 'warn');
      assert.match(finding?.says ?? '', says ?? /^A trail is at work in a\.$/);
      assert.equal(finding?.remedy === null, says === null);
    });
  }

  it('asks nothing where no calls are wanted', async () => {
    const ask = () => assert.fail('CloudTrail is asked');
    assert.deepEqual(await checkTrails([account('a')], ask, 'none'), []);
  });

  it('says that it could not look what a trail records, and does not take it for nothing', async () => {
    const unread = new EventPathError('no-permission', 'cloudtrail:GetEventSelectors', 'No.', 'Allow it.');
    const findings = await checkTrails([account('a')], async () => ({ ...ALL, unread }), 'all');
    assert.deepEqual(
      findings.map(({ state }) => state),
      ['ok', 'warn'],
    );
    assert.match(findings[1]?.says ?? '', /in a \(cloudtrail:GetEventSelectors\)\. It is not allowed/);
  });

  it('says for all accounts together where a trail is at work, and where none is', async () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
    let asked = 0;
    const findings = await checkTrails(
      names.map(account),
      async () => {
        asked += 1;
        if (asked === 1) return ALL;
        if (asked === 2)
          throw new EventPathError('no-permission', 'cloudtrail:DescribeTrails', 'No.', 'Allow it.');
        return NONE;
      },
      'changes',
    );
    assert.deepEqual(
      findings.map(({ state }) => state),
      ['ok', 'warn', 'warn'],
    );
    assert.match(findings[1]?.says ?? '', /No trail is at work in c, d, e, f, g and 1 more:/);
    assert.match(findings[2]?.says ?? '', /in b \(cloudtrail:DescribeTrails\)\. It is not allowed/);
    assert.ok(findings.slice(1).every(({ remedy }) => remedy !== null));
  });

  it('leaves it to others to say that a role cannot be assumed', async () => {
    const refused = async () => () => Promise.reject(new Error('no role'));
    const findings = await checkTrails(
      [{ ...account('a'), credentials: refused }],
      () => assert.fail('CloudTrail is asked'),
      'changes',
    );
    assert.deepEqual(findings, []);
  });

  it('reads whether one is at work, of the account, of another Region or of the organization', async () => {
    const aws = await startAwsControl();
    const before = { ...process.env };
    try {
      for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) delete process.env[name];
      Object.assign(process.env, aws.environment());
      const ask = () => readTrails({ region: 'us-east-1' });
      assert.equal((await ask()).atWork, false);
      const desk = aws.desk('eu-west-1');
      const trail = trailOf(desk, 'all-of-it', { isLogging: false, isOrganization: true });
      aws.region('eu-west-1').trails.set('all-of-it', trail);
      assert.deepEqual(await ask(), NONE);
      trail.isLogging = true;
      assert.deepEqual(await ask(), ALL);
      trail.readWriteType = 'WriteOnly';
      assert.deepEqual((await ask()).calls, { writes: true, reads: false });
      trail.managementEvents = false;
      assert.deepEqual(await ask(), { ...NONE, atWork: true });

      const here = trailOf(aws.desk('us-east-1'), 'only-here', { isMultiRegion: false });
      aws.region('us-east-1').trails.set('only-here', here);
      assert.deepEqual(await ask(), { ...ALL, plans: neither });
      const there = trailOf(aws.desk('us-west-2'), 'only-there', {
        isMultiRegion: false,
        readWriteType: 'WriteOnly',
      });
      aws.region('us-west-2').trails.set('only-there', there);
      assert.deepEqual(await ask(), { ...ALL, plans: { writes: true, reads: false } });
      aws.deny('cloudtrail:GetEventSelectors');
      const { unread, ...assumed } = await ask();
      assert.deepEqual({ ...assumed, unread: null }, ALL);
      assert.equal(unread?.action, 'cloudtrail:GetEventSelectors');
      aws.deny('cloudtrail:GetTrailStatus');
      await assert.rejects(ask(), { kind: 'no-permission', action: 'cloudtrail:GetTrailStatus' });
    } finally {
      for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
      Object.assign(process.env, before);
      await aws.stop();
    }
  });
});
