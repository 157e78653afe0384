import assert from 'node:assert/strict';
import { STSClient } from '@aws-sdk/client-sts';
import { SupportClient } from '@aws-sdk/client-support';
import { startAws } from '../../src/sandbox/aws/start-aws.js';
import { afterCall, FIRST, type Standing, standingAt } from '../../src/support/failover.js';
import { ownEndpoints, stsEndpoints, supportEndpoints } from '../../src/support/partitions.js';
import { type AccountsRoom, HUB, listed, startAccountsRoom } from './accounts-room.js';
import { stillOurs } from './support-room.js';

const MINUTES = 60_000;

describe('failover: which endpoint is asked', () => {
  /** Calls in a row, each at the endpoint in use: `x` fails, `o` reaches it. A number lets minutes pass. */
  function follow(story: readonly (string | number)[], of = 3): number[] {
    let standing: Standing = FIRST;
    let now = 0;
    return story.map((step) => {
      if (typeof step === 'number') now += step * MINUTES;
      standing = standingAt(standing, now);
      for (const call of typeof step === 'number' ? '' : step) {
        standing = standingAt(standing, now);
        standing = afterCall(standing, { at: standing.at, isReached: call === 'o' }, of, now);
      }
      return standing.at;
    });
  }

  it('is the next after three failures in a row, and no earlier', () => {
    assert.deepEqual(follow(['xx', 'o', 'xx', 'x']), [0, 0, 0, 1]);
    assert.deepEqual(follow(['xxx', 'xx', 'o', 'xxx', 'xxx']), [1, 1, 1, 2, 0]);
  });

  it('is the first again after five minutes, on trial', () => {
    assert.deepEqual(follow(['xxx', 'o', 4.9, 0.1, 'o', 'xx', 'x']), [1, 1, 1, 0, 0, 0, 1]);
    assert.deepEqual(follow(['xxx', 'xxx', 5, 'x', 4.9, 0.1]), [1, 2, 0, 2, 2, 0]);
  });

  it('is the only one for ever', () => {
    assert.deepEqual(follow(['xxxxxxx'], 1), [0]);
  });

  it('does not change by calls that were under way at another', () => {
    const moved = afterCall({ ...FIRST, failures: 2 }, { at: 0, isReached: false }, 3, 0);
    assert.equal(moved.at, 1);
    for (const isReached of [true, false])
      assert.deepEqual(afterCall(moved, { at: 0, isReached }, 3, 0), moved);
  });
});

describe('endpoints', () => {
  const sdk = { region: null, hasEndpoint: false };
  const account = { partition: 'aws', endpoints: [] } as const;

  it("are the SDK's own in each partition, and in the standard one the other two that act on the same cases", () => {
    const askedIn = (region: string) => {
      const { config } = new SupportClient({ region });
      return config.endpointProvider({ Region: region, UseFIPS: false, UseDualStack: false }).url.hostname;
    };
    const hosts = (partition: 'aws' | 'aws-us-gov' | 'aws-cn') =>
      supportEndpoints({ partition, endpoints: [] }, sdk, true).map(({ url, region }) =>
        url === null ? askedIn(region) : new URL(url).hostname,
      );
    assert.deepEqual(hosts('aws'), [
      'support.us-east-1.amazonaws.com',
      'support.us-west-2.amazonaws.com',
      'support.eu-west-1.amazonaws.com',
    ]);
    assert.deepEqual(hosts('aws-us-gov'), ['support.us-gov-west-1.amazonaws.com']);
    assert.deepEqual(hosts('aws-cn'), ['support.cn-north-1.amazonaws.com.cn']);
  });

  it('of AWS STS are regional, in each partition', () => {
    const hosts = (['aws', 'aws-us-gov', 'aws-cn'] as const).map((partition) => {
      const [{ region }] = stsEndpoints(partition, sdk, true);
      const { config } = new STSClient({ region });
      const asked = { Region: region, UseFIPS: false, UseDualStack: false, UseGlobalEndpoint: false };
      return config.endpointProvider(asked).url.hostname;
    });
    assert.deepEqual(hosts, [
      'sts.us-east-1.amazonaws.com',
      'sts.us-gov-west-1.amazonaws.com',
      'sts.cn-north-1.amazonaws.com.cn',
    ]);
  });

  it('are given in the environment, or of the account, with the Region that belongs to them', () => {
    const given = { region: 'eu-west-1', hasEndpoint: true };
    assert.deepEqual(supportEndpoints(account, given, true), [{ url: null, region: 'eu-west-1' }]);
    assert.deepEqual(supportEndpoints({ partition: 'aws-cn', endpoints: [] }, given, true), [
      { url: null, region: 'cn-north-1' },
    ]);
    const endpoints = ['https://support.us-west-2.amazonaws.com', 'https://support.internal.example.com'];
    const both = [
      { url: endpoints[0], region: 'us-west-2' },
      { url: endpoints[1], region: 'us-east-1' },
    ];
    assert.deepEqual(supportEndpoints({ ...account, endpoints }, given, true), both);
    assert.deepEqual(supportEndpoints({ ...account, endpoints }, given, false), both.slice(0, 1));
  });

  it('are not changed where that is turned off, in other partitions, and where the SDK is told one', () => {
    assert.equal(supportEndpoints(account, sdk, false).length, 1);
    assert.equal(ownEndpoints(sdk, false).length, 1);
    assert.equal(ownEndpoints(sdk, true).length, 3);
    assert.deepEqual(ownEndpoints({ region: 'us-gov-east-1', hasEndpoint: false }, true), [
      { url: null, region: 'us-gov-east-1' },
    ]);
    assert.deepEqual(ownEndpoints({ region: 'us-west-2', hasEndpoint: true }, true), [
      { url: null, region: 'us-west-2' },
    ]);
    const regions = (partition: 'aws' | 'aws-cn') =>
      stsEndpoints(partition, sdk, true).map(({ url, region }) => [url, region]);
    assert.deepEqual(regions('aws'), [
      [null, 'us-east-1'],
      [null, 'us-west-2'],
      [null, 'eu-west-1'],
    ]);
    assert.deepEqual(regions('aws-cn'), [[null, 'cn-north-1']]);
  });
});

describe('failover of an account with several endpoints', () => {
  let room: AccountsRoom;
  afterEach(() => room.stop());

  it('asks the second when the first is down, signed for its Region, and the first again later', async () => {
    const second = await startAws({
      callsPerSecond: 'off',
      accounts: [
        { id: HUB, accessKeyId: `AKIACASETHREAD${HUB.slice(0, 6)}`, secretAccessKey: `secret-of-${HUB}` },
      ],
    });
    try {
      room = await startAccountsRoom([]);
      const first = room.aws;
      room.list([listed(HUB, { endpoints: [first.url, second.url] })]);
      const ask = () => room.accounts.for(HUB, 'event').severities();
      await ask();
      first.down();
      for (let times = 0; times < 3; times += 1) await assert.rejects(ask(), { kind: 'unreachable' });
      await Promise.all([ask(), ask()]);
      assert.equal(second.calls.length, 2);
      assert.match(
        room.log[0] ?? '',
        /an endpoint cannot be reached, another is asked .*"service":"support"/,
      );
      first.up();
      room.pass(5 * MINUTES);
      await ask();
      assert.equal(first.callsOf('DescribeSeverityLevels').length, 2);
      assert.equal(room.log.length, 2);
    } finally {
      await second.stop();
    }
  });

  it('repeats nothing: what may have arrived is the business of whoever sent it', async () => {
    room = await startAccountsRoom([]);
    const { caseId } = room.aws.openCase({ account: HUB, subject: 's', body: 'b' });
    room.list([listed(HUB, { endpoints: [room.aws.url, `${room.aws.url}/`] })]);
    room.aws.fault('AddCommunicationToCase', { kind: 'hangup-after', times: 3 });
    const reply = () => room.accounts.for(HUB, 'person').addReply(caseId, { body: 'hello' }, stillOurs);
    for (let times = 0; times < 3; times += 1) await assert.rejects(reply(), { happened: 'maybe' });
    assert.equal(room.aws.callsOf('AddCommunicationToCase').length, 3);
  });

  it('stays with the first where it is turned off, and where it answers with a refusal', async () => {
    room = await startAccountsRoom([]);
    const nowhere = 'http://127.0.0.1:9';
    room.list([listed(HUB, { endpoints: [room.aws.url, nowhere] })]);
    const ask = () => room.accounts.for(HUB, 'event').severities();
    room.aws.fault('DescribeSeverityLevels', { kind: 'throttle', times: 4 });
    for (let times = 0; times < 4; times += 1) await assert.rejects(ask(), { kind: 'throttled' });
    await ask();
    room.list([listed(HUB, { endpoints: [nowhere, room.aws.url] })], false);
    for (let times = 0; times < 4; times += 1)
      await assert.rejects(ask(), { kind: 'unreachable', happened: 'no' });
    assert.deepEqual(room.log, []);
  });
});
