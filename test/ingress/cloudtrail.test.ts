import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { temporaryFolder } from '../temporary-folder.js';
import { type Json, record, session, user, wrapped } from '../world/cloudtrail.js';
import { ACCOUNT, type EventDoor, KEY, keyText, openEventDoor, wireEvent } from './event-door.js';

const CASE = 'case-111122223333-muen-2022-7118885805350839';
const ACCEPTED = { accepted: 0, duplicates: 0, ignored: 0 };
/** The time by the clock of the door. */
const NOW = 1_700_000_000_000;

function fixtures(): Json[] {
  const folder = 'test/fixtures/cloudtrail-records';
  return readdirSync(folder).map((file) => JSON.parse(readFileSync(`${folder}/${file}`, 'utf8')) as Json);
}

describe('POST /aws/events: records of CloudTrail', () => {
  let door: EventDoor;
  beforeEach(async () => {
    door = await openEventDoor();
  });
  afterEach(() => door.close());

  const added = (change: Json = {}) => record('AddCommunicationToCase', CASE, NOW - 5_000, change);

  it('has stored a call of a case, and marked the case, when it answers 202', async () => {
    const { status, body } = await door.post(wrapped(added()));
    assert.deepEqual([status, body], [202, { ...ACCEPTED, accepted: 1 }]);
    const [call] = await door.calls();
    assert.equal(call?.name, 'AddCommunicationToCase');
    assert.equal(call?.principal.name, 'JaneDoe');
    assert.deepEqual(door.marked(), [keyText(CASE)]);
    assert.deepEqual(door.counted, { new: 1 });
  });

  it('takes every example of AWS, wrapped, in a file, and in both again', async () => {
    const events = fixtures().map((each) =>
      wrapped(each, each.eventSource === '' ? { source: 'aws.support' } : {}),
    );
    const first = await door.post(events);
    // AWS shows one CreateCase twice, once with nothing in it that may be left out.
    assert.deepEqual(first.body, { ...ACCEPTED, accepted: events.length - 1, duplicates: 1 });
    const file = await door.post({ Records: fixtures() });
    // In a file nothing says whose that one is.
    assert.deepEqual(file.body, { ...ACCEPTED, duplicates: events.length - 1, ignored: 1 });
    assert.equal((await door.calls()).length, events.length - 1);
    assert.deepEqual(door.marked(), [], 'they are of long ago');
  });

  it('takes files and events together', async () => {
    const [one, two, three] = [added(), added(), added()];
    const { status, body } = await door.post([
      { Records: [one, two] },
      wrapped(three),
      wireEvent(),
      { Records: [one] },
    ]);
    assert.deepEqual([status, body], [202, { ...ACCEPTED, accepted: 4, duplicates: 1 }]);
    assert.equal((await door.facts(CASE)).length, 1);
  });

  it('takes an empty file', async () => {
    assert.deepEqual((await door.post({ Records: [] })).body, ACCEPTED);
  });

  it('counts what is of other services, or no call, as ignored', async () => {
    const { status, body } = await door.post([
      wrapped(added({ eventSource: 'ec2.amazonaws.com' })),
      wrapped(added({ eventType: 'AwsServiceEvent' })),
      { Records: [added({ eventSource: 'trustedadvisor.amazonaws.com' }), added({ eventName: 7 })] },
    ]);
    assert.deepEqual([status, body], [202, { ...ACCEPTED, ignored: 4 }]);
    assert.deepEqual(await door.calls(), []);
  });

  it('keeps nothing of what the bot reads itself, but all that it does, and all that others read', async () => {
    await door.close();
    door = await openEventDoor({ ownRoles: [`arn:aws:iam::${ACCOUNT}:role/casethread`] });
    const own = { ...session('casethread', 'casethread'), readOnly: true };
    const { body } = await door.post({
      Records: [
        record('DescribeCases', CASE, NOW, own),
        record('DescribeCases', CASE, NOW, { ...own, errorCode: 'AccessDenied' }),
        record('DescribeCases', CASE, NOW, { readOnly: true }),
        record('ResolveCase', CASE, NOW, { ...own, readOnly: false }),
        // What the bot never asks for, somebody else asked for in its role.
        record('DescribeTrustedAdvisorChecks', CASE, NOW, own),
        record('GetSupportPlan', CASE, NOW, { ...own, eventSource: 'supportplans.amazonaws.com' }),
      ],
    });
    assert.deepEqual(body, { ...ACCEPTED, accepted: 5, ignored: 1 });
    assert.deepEqual(
      (await door.calls()).map(({ isOwn }) => isOwn),
      [true, false, true, true, true],
    );
  });

  it('keeps what sessions of other roles read that somebody calls as the bot calls its own', async () => {
    const own = { ...session('casethread', 'AdminRole'), readOnly: true };
    const eventSource = 'supportplans.amazonaws.com';
    const { body } = await door.post({
      Records: [
        record('GetSupportPlan', '', NOW, { ...own, eventSource }),
        record('DescribeCases', CASE, NOW, own),
      ],
    });
    assert.deepEqual(body, { ...ACCEPTED, accepted: 2 });
  });

  it('takes a record with anything wrong in any of its fields', async () => {
    for (const field of Object.keys(added())) {
      for (const odd of [null, 7, [], {}, '', 'x'.repeat(9_000), { deep: { deeper: [null] } }]) {
        const { status } = await door.post(
          wrapped(
            { ...added(), [field]: odd },
            { source: 'aws.support', account: ACCOUNT, time: '2023-11-14T00:00:00Z', region: 'us-east-1' },
          ),
        );
        assert.equal(status, 202, `${field}: ${JSON.stringify(odd).slice(0, 40)}`);
      }
    }
  });

  it('answers 400 to what is no record, and stores the rest', async () => {
    for (const odd of [
      null,
      7,
      'record',
      [],
      { eventSource: 'support.amazonaws.com', eventName: 'CreateCase' },
    ]) {
      const { status, body } = await door.post({ Records: [odd, added()] });
      assert.deepEqual([status, body.error], [400, 'not_an_event']);
    }
    assert.equal((await door.calls()).length, 5);
    const late = await door.post({ Records: [added({ eventTime: 'soon' })] });
    assert.match(String(late.body.message), /eventTime must be a time/);
    assert.equal((await door.post({ Records: 'none' })).status, 400);
  });

  it('says of a file in which something is wrong what became of the rest', async () => {
    await door.close();
    door = await openEventDoor({ accounts: [ACCOUNT] });
    const foreign = added({ recipientAccountId: '444455556666' });
    const other = added({ eventSource: 'ec2.amazonaws.com' });
    const twice = added();
    const counted = 'Of 5 events, 3 are stored, 1 are of no use here, and 1 were refused.';
    const first = await door.post({ Records: [twice, foreign, other, added(), twice] });
    assert.equal(first.body.message, `Account 444455556666 is not in AWS_ACCOUNTS. ${counted}`);
    const second = await door.post({ Records: [added(), added(), twice, other, 7] });
    assert.ok(String(second.body.message).endsWith(`. ${counted}`), String(second.body.message));
    const alone = await door.post(wrapped(foreign));
    assert.equal(alone.body.message, 'Account 444455556666 is not in AWS_ACCOUNTS.');
  });

  it('takes a folder of files as they lie in S3, by the command of the README', async function () {
    const [, command = ''] =
      /```sh\nread -rs KEY[^\n]*\n(gunzip[\s\S]*?)```/.exec(readFileSync('README.md', 'utf8')) ?? [];
    assert.match(command, /https:\/\/casethread\.example\.com\/aws\/events/);
    const tools = ['gunzip', 'jq', 'curl', 'bash'].map((name) => spawnSync(name, ['--version']).status);
    if (tools.some((status) => status !== 0)) this.skip();
    const folder = temporaryFolder();
    const records = Array.from({ length: 1_201 }, (_, n) =>
      added({ eventTime: new Date(NOW - n * 1_000).toISOString() }),
    );
    const ofOthers = added({ eventSource: 'ec2.amazonaws.com', recipientAccountId: '444455556666' });
    for (const [name, Records] of [
      ['a', records.slice(0, 1_150)],
      ['b', [ofOthers]],
      ['c', [...records.slice(1_150), ofOthers]],
    ] as const)
      writeFileSync(join(folder.path, `${name}.json.gz`), gzipSync(JSON.stringify({ Records })));
    const child = spawn(
      'bash',
      ['-c', command.replace('https://casethread.example.com/aws/events', door.url)],
      {
        cwd: folder.path,
        env: { PATH: process.env.PATH ?? '', KEY },
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    let said = '';
    for await (const chunk of child.stdout) said += String(chunk);
    folder.remove();
    const counts = said
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { accepted: number }).accepted);
    assert.deepEqual(counts, [...Array.from({ length: 11 }, () => 100), 50, 0, 51]);
  });

  it('answers 413 to a file with more than 1,000 records', async () => {
    const { status, body } = await door.post({ Records: Array.from({ length: 1_001 }, () => 1) });
    assert.deepEqual([status, body.error], [413, 'too_many']);
  });

  it('answers 403 to records of accounts that are not accepted, whoever brings them', async () => {
    await door.close();
    door = await openEventDoor({ accounts: [ACCOUNT] });
    const foreign = added({ recipientAccountId: '444455556666' });
    for (const body of [
      wrapped(foreign),
      { Records: [foreign] },
      wrapped(added({ recipientAccountId: undefined }), { account: '444455556666' }),
    ]) {
      const answer = await door.post(body);
      assert.deepEqual([answer.status, answer.body.error], [403, 'account_not_accepted']);
    }
    assert.deepEqual(await door.calls(), []);
    // Whose it is, the record says; a role of another account may have made it.
    const fromElsewhere = added(user('jane'));
    (fromElsewhere.userIdentity as Json).accountId = '444455556666';
    assert.equal((await door.post({ Records: [fromElsewhere] })).status, 202);
  });

  it('takes no record from anybody but AWS, and none of another account than that of its event', async () => {
    const other = '444455556666';
    const { status, body } = await door.post([
      wrapped(added(), { source: 'my.own.app', account: other }),
      wrapped(added(), { source: 'my.own.app' }),
      wrapped(added({ eventSource: '' }), { source: 'my.own.app' }),
      wrapped(added(), { source: 'aws.supportplans' }),
      wrapped(added(), { account: other }),
      wrapped(added({ recipientAccountId: other }), { account: ACCOUNT }),
    ]);
    assert.deepEqual([status, body], [202, { ...ACCEPTED, ignored: 6 }]);
    const kinds = ['of another source than its event', 'no eventSource', 'of another account than its event'];
    assert.deepEqual(
      door.log.flatMap(({ kind }) => kind ?? []),
      kinds.map((kind) => `CloudTrail / ${kind}`),
    );
    // Whoever called belongs to another account, and nothing else says whose the case is.
    const nameless = added({ recipientAccountId: undefined });
    (nameless.userIdentity as Json).accountId = other;
    await door.post(wrapped(nameless, { account: ACCOUNT }));
    await door.post(wrapped(added({ eventSource: '' }), { source: 'aws.support' }));
    assert.deepEqual(
      (await door.calls()).map(({ account }) => account),
      [ACCOUNT, ACCOUNT],
    );
  });

  it('answers 503 while nothing can be stored, and takes the record when it comes again', async () => {
    await door.close();
    let isDown = true;
    door = await openEventDoor({
      takeCalls: (calls, store) => (isDown ? Promise.reject(new Error('disk full')) : store.takeCalls(calls)),
    });
    const event = wrapped(added());
    const { status, headers } = await door.post(event);
    assert.deepEqual([status, headers.get('retry-after')], [503, '5']);
    assert.deepEqual(door.counted, { failed: 1 });
    isDown = false;
    assert.deepEqual((await door.post(event)).body, { ...ACCEPTED, accepted: 1 });
  });

  it('logs nothing of what a record says', async () => {
    const secret = 'AKIAIOSFODNN7EXAMPLE';
    await door.post({ Records: [added({ userAgent: secret, eventTime: secret }), { eventSource: secret }] });
    await door.post(
      wrapped(
        added({ sourceIPAddress: secret, requestParameters: { caseId: CASE, communicationBody: secret } }),
      ),
    );
    assert.ok(!JSON.stringify(door.log.filter(({ kind }) => kind === undefined)).includes(secret));
    assert.ok(!JSON.stringify(await door.calls()).includes('communicationBody'));
  });
});
