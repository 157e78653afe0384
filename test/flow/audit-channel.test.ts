import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { CALL_KINDS, KINDS_BY_DEFAULT } from '../../src/case/calls/call-kind.js';
import type { ConfigFile } from '../../src/config/config-file.js';
import { shownText } from '../../src/sandbox/slack/start-slack.js';
import { until as poll } from '../until.js';
import { type Json, ROOT, record, send, session, user, wrapped } from '../world/cloudtrail.js';
import { loseStore } from '../world/lose-store.js';
import { quiet } from '../world/quiet.js';
import { caseThreads, count, onlyThread } from '../world/reading.js';
import { NORTH, startAccountsWorld } from '../world/several-accounts.js';
import { ALICE, CHANNEL, startWorld, type World, type WorldOptions } from '../world/world.js';

const AUDIT = 'C0AUDIT0001';
const OTHER = 'C0AUDIT0002';
const CASE = 'case-111122223333-muen-2026-0000000000000001';
const FIXTURES = 'test/fixtures/cloudtrail-records';

const PLANS = { eventSource: 'supportplans.amazonaws.com', awsRegion: 'us-west-2' };

const QUICK_AUDIT = { gatherMs: 10, updateEveryMs: 50, lookEveryMs: 50 };

function fixtures(): Json[] {
  return readdirSync(FIXTURES).map((file) => JSON.parse(readFileSync(`${FIXTURES}/${file}`, 'utf8')) as Json);
}

function shows(channel = AUDIT, kinds = KINDS_BY_DEFAULT): Partial<ConfigFile> {
  return { audit: { channel, kinds } };
}

/** Calls that CloudTrail tells of, through the door into the channel. */
describe('flow: the audit channel', () => {
  let world: World;
  afterEach(() => world.stop());

  const start = async (options: WorldOptions = {}, file = shows()) => {
    world = await startWorld({ file, timing: { audit: QUICK_AUDIT }, ...options });
    addChannels();
    return world;
  };
  const addChannels = () => {
    world.slack.addChannel({ id: AUDIT, name: 'aws-audit' });
    world.slack.addChannel({ id: OTHER, name: 'aws-audit-2' });
  };
  const texts = (channel = AUDIT) => world.slack.messages(channel).map((message) => shownText(message));
  const hand = async (...records: Json[]) => {
    const { status, body } = await send(
      world.botUrl,
      records.map((each) => wrapped(each)),
    );
    assert.equal(status, 202, JSON.stringify(body));
    return body;
  };
  const messages = (number: number, channel = AUDIT) =>
    world.until(() => texts(channel).length === number, `${number} messages`);
  /** Until the worker has found nothing more to do, a few times over. */
  const rests = async () => {
    const turns = () => count(world.log, '"key":"audit-channel"');
    const had = turns();
    await poll(() => turns() >= had + 3, 'turns of the audit channel');
  };
  const refresh = (at: number, more: Json = {}) =>
    record('RefreshTrustedAdvisorCheck', '', at, {
      requestParameters: { checkId: 'Pfx0RwqBli' },
      responseElements: null,
      ...more,
    });
  const change = (level: string, at: number, more: Json = {}) =>
    record('StartSupportPlanUpdate', '', at, {
      ...PLANS,
      requestParameters: { clientToken: 'x', update: { supportLevel: level } },
      responseElements: { supportPlanUpdateArn: 'arn:aws:supportplans::111122223333:supportplanupdate/x' },
      ...more,
    });
  const oncePosted = (channel = AUDIT) =>
    world.slack.callsOf('chat.postMessage').filter((call) => call.args.channel === channel).length;

  it('makes one message of sixty refreshes, and counts them', async () => {
    await start();
    const began = Date.now() - 60_000;
    for (let part = 0; part < 6; part += 1)
      await hand(...Array.from({ length: 10 }, (_, index) => refresh(began + (part * 10 + index) * 1_000)));
    await world.until(() => texts()[0]?.includes('60 times'), 'all sixty');
    assert.equal(texts().length, 1);
    assert.match(texts()[0] ?? '', /JaneDoe/);
    assert.equal(oncePosted(), 1);
    assert.deepEqual(caseThreads(world.slack), []);
  });

  it('shows each of AWS’s examples that changes something once, wrapped, in a file, and in both again', async () => {
    await start();
    const events = fixtures().map((each) =>
      wrapped(each, each.eventSource === '' ? { source: 'aws.support' } : {}),
    );
    await send(world.botUrl, events);
    await send(world.botUrl, { Records: fixtures() });
    await world.restart();
    await send(world.botUrl, events);
    // Two changes of plans, a refresh, two changes of the retired service, and a look of root at it.
    await messages(6);
    await rests();
    assert.equal(oncePosted(), 6);
  });

  it('shows all kinds where they are named', async () => {
    await start({}, shows(AUDIT, CALL_KINDS));
    await send(world.botUrl, { Records: fixtures() });
    // Two of them are one record, of the same id.
    await messages(fixtures().length - 1);
  });

  it('shows what is replayed with its own time, whatever is wrong in any of its fields', async () => {
    await start();
    const old = Date.UTC(2026, 0, 2, 3, 4, 5);
    const whole = change('BUSINESS', old);
    const damaged = Object.keys(whole).map((field, index) => ({
      ...whole,
      eventID: `damaged ${index}`,
      [field]: { '\u0000': [7, null] },
    }));
    await send(world.botUrl, { Records: [whole, ...damaged] });
    await world.until(() => texts().length > 0, 'a message');
    await rests();
    assert.ok(texts().length < damaged.length, texts().join('\n'));
    assert.ok(count(texts(), 'StartSupportPlanUpdate') + count(texts(), 'JaneDoe') > 0);
    assert.ok(world.log.every((line) => !line.includes('"event":"notices failed"')));
  });

  it('keeps apart who called, what, in which account, and whether it failed', async () => {
    await start();
    const at = Date.now() - 60_000;
    await hand(
      change('BUSINESS', at),
      change('BUSINESS', at, user('deploy-bot')),
      change('BUSINESS', at, ROOT),
      change('BUSINESS', at, { errorCode: 'AccessDenied' }),
      refresh(at),
    );
    await messages(5);
    assert.ok(count(texts(), 'deploy-bot') === 1);
  });

  it('shows calls on cases that failed or came from root, and none that a thread shows', async () => {
    await start();
    const at = Date.now() - 60_000;
    await hand(
      record('AddCommunicationToCase', CASE, at),
      record('ResolveCase', CASE, at, { errorCode: 'AccessDenied' }),
      record('AddCommunicationToCase', CASE, at, ROOT),
    );
    await messages(2);
    await rests();
    assert.equal(texts().length, 2);
  });

  it('begins with what comes after it was switched on, and with that alone', async () => {
    await start({}, {});
    await hand(change('BASIC', Date.now() - 30_000));
    world.reload(shows());
    await hand(refresh(Date.now()));
    await messages(1);
    world.reload({});
    await poll(() => count(world.log, '"key":"audit-channel-off"') > 0, 'the end of it');
    await hand(refresh(Date.now(), user('while-off')));
    world.reload(shows());
    await hand(refresh(Date.now(), user('later')));
    await messages(2);
    await rests();
    assert.deepEqual([count(texts(), 'while-off'), count(texts(), 'later')], [0, 1]);
  });

  it('goes to another channel, and shows other kinds, from the next call on', async () => {
    await start();
    const at = Date.now() - 60_000;
    await hand(refresh(at));
    await messages(1);
    world.reload(shows(OTHER, ['plan-changes']));
    await hand(refresh(at + 1_000), refresh(at + 1_000, user('deploy-bot')), change('BUSINESS', at));
    await messages(1, OTHER);
    world.reload(shows(OTHER));
    await hand(refresh(at + 2_000));
    await world.until(() => texts()[0]?.includes('twice'), 'the burst goes on where it is');
    assert.equal(texts().length, 1);
    assert.equal(count(texts(OTHER), 'Refresh'), 0);
  });

  describe('with other kinds, before it has looked at what has come', () => {
    const SELDOM = { timing: { audit: { ...QUICK_AUDIT, gatherMs: 60_000, lookEveryMs: 60_000 } } };
    const NONE_OF_THESE = shows(AUDIT, ['plan-reads']);
    /** Other kinds, clearly later by the clock than what has come: in a doubt both kinds would hold. */
    const reloadLater = async (file: Partial<ConfigFile>) => {
      const at = Date.now();
      await poll(() => Date.now() > at + 150, 'a later time');
      world.reload(file);
      await poll(() => Date.now() > at + 300, 'a later time');
    };
    const startSeldom = async (file: Partial<ConfigFile>) => {
      await start(SELDOM, file);
      await poll(() => count(world.log, '"key":"audit-channel"') > 0, 'its turn at the start');
    };

    it('shows nothing that came while its kind was not shown', async () => {
      await startSeldom(NONE_OF_THESE);
      const at = Date.now() - 60_000;
      await hand(change('BUSINESS', at));
      await reloadLater(shows());
      await hand(change('BASIC', at + 1_000, user('later')));
      await world.until(() => count(texts(), 'later') === 1, 'the one that came later');
      await hand(change('DEVELOPER', at + 2_000, user('last')));
      await world.until(() => count(texts(), 'last') === 1, 'the last one');
      assert.equal(texts().length, 2, texts().join('\n'));
      assert.match(texts()[0] ?? '', /Last asked for before: Business/);
    });

    it('shows what came while its kind was shown', async () => {
      await startSeldom(shows());
      await hand(refresh(Date.now()));
      await reloadLater(NONE_OF_THESE);
      await messages(1);
    });

    it('goes by what held before a restart, too', async () => {
      await startSeldom(shows());
      world.slack.down();
      await hand(refresh(Date.now(), user('shown')));
      await reloadLater(NONE_OF_THESE);
      await hand(refresh(Date.now(), user('unshown')));
      await reloadLater(shows());
      await world.restart();
      world.slack.up();
      await hand(change('BASIC', Date.now()));
      await messages(2);
      assert.deepEqual([count(texts(), 'unshown'), count(texts(), 'Refresh')], [0, 1], texts().join('\n'));
    });
  });

  it('writes nothing and costs nothing while it is off', async () => {
    await start({}, {});
    await hand(change('BUSINESS', Date.now()));
    await quiet(world);
    assert.equal(count(world.log, '"key":"audit-channel'), 0);
    assert.deepEqual(world.slack.callsOf('chat.postMessage'), []);
  });

  it('posts what notifies nobody as a change of a message: a second change, and one that puts it back', async () => {
    await start();
    const at = Date.now() - 1_800_000;
    const channel = (role: string, minutes: number) =>
      record('UpdateSlackChannelConfiguration', '', at + minutes * 60_000, {
        eventSource: 'supportapp.amazonaws.com',
        requestParameters: { teamId: 'T1', channelId: 'C1', channelRoleArn: role },
        responseElements: null,
      });
    await hand(change('ENTERPRISE', at), channel('App', 0));
    await messages(2);
    await hand(change('BASIC', at + 480_000, { sourceIPAddress: '203.0.113.66' }), channel('Evil', 3));
    await messages(4);
    await hand(channel('App', 6));
    await messages(5);
    await rests();
    assert.deepEqual([oncePosted(), world.slack.callsOf('chat.update').length], [5, 0]);
    assert.match(
      texts().join('\n'),
      /to Basic\nLast asked for before: Enterprise\n.* · from 203\.0\.113\.66/,
    );
    assert.deepEqual([count(texts(), 'Role: App → Evil'), count(texts(), 'Role: Evil → App')], [1, 1]);
  });

  it('says how it stood before', async () => {
    await start();
    const at = Date.now() - 3_600_000;
    await hand(change('BUSINESS', at, { requestParameters: { update: { supportLevel: 'BUSINESS' } } }));
    await messages(1);
    await hand(
      change('ENTERPRISE', at + 1_800_000, { requestParameters: { update: { supportLevel: 'ENTERPRISE' } } }),
    );
    await messages(2);
    assert.match(texts()[1] ?? '', /business/i);
  });

  it('leads a failed call of the bot to the person in Slack', async () => {
    world = await startAccountsWorld({ file: shows() });
    world.slack.addChannel({ id: AUDIT, name: 'aws-audit' });
    const { caseId } = world.aws.openCase({
      account: NORTH,
      subject: 'North',
      body: 'Hm.',
      displayId: '5555555555',
    });
    await world.until(() => onlyThread(world.slack).texts.length === 1, 'the thread');
    await world.slack.command(world.botUrl, {
      command: '/support',
      text: 'reply 5555555555 From Slack.',
      user: ALICE,
      channel: CHANNEL,
    });
    await world.until(() => count(onlyThread(world.slack).texts, 'From Slack.') === 1, 'the reply');
    const own = {
      ...session('casethread', 'casethread', NORTH),
      recipientAccountId: NORTH,
      userAgent: 'aws-sdk-js/3.600.0',
      errorCode: 'AccessDenied',
    };
    // What passes by itself it tries again, and nobody has to know.
    for (const errorCode of ['ThrottlingException', 'InternalServerError', 'Server.ServiceUnavailable'])
      await hand(record('AddCommunicationToCase', caseId, Date.now(), { ...own, errorCode }));
    await hand(record('AddCommunicationToCase', caseId, Date.now(), own));
    await messages(1);
    assert.match(texts()[0] ?? '', /Alice/);
    // The record says but the long id.
    assert.match(texts()[0] ?? '', /Case 5555555555/);
    assert.doesNotMatch(texts()[0] ?? '', /times|twice|Throttling/);
  });

  describe('in trouble', () => {
    for (const [what, fault] of [
      ['limits it', { kind: 'ratelimited', retryAfter: 0 }],
      ['fails', { kind: 'status', status: 503 }],
      ['takes it and breaks off', { kind: 'hangup-after' }],
      ['takes it and fails', { kind: 'status-after', status: 500 }],
      ['breaks off', { kind: 'hangup-before' }],
    ] as const) {
      it(`posts once when Slack ${what}`, async () => {
        await start();
        const post = world.slack.fault('chat.postMessage', fault);
        await hand(refresh(Date.now()));
        await post.reached;
        await messages(1);
        const update = world.slack.fault('chat.update', fault);
        await hand(refresh(Date.now()), refresh(Date.now()));
        await update.reached;
        await world.until(() => texts()[0]?.includes('3 times'), 'all three');
        assert.equal(texts().length, 1);
      });
    }

    it('waits for somebody to mend its channel, says so, and loses nothing', async () => {
      await start();
      world.slack.changeChannel(AUDIT, { isArchived: true });
      await hand(refresh(Date.now()));
      const ready = async () => (await fetch(`${world.botUrl}/readyz`)).text();
      await world.until(
        async () => new RegExp(`Channel ${AUDIT}: The channel is archived`).test(await ready()),
        'word of it',
      );
      assert.equal(count(world.log, '"event":"notices parked"'), 1);
      await hand(refresh(Date.now()), change('BUSINESS', Date.now()));
      world.slack.changeChannel(AUDIT, { isArchived: false });
      await messages(2);
      await world.until(() => count(texts(), 'twice') === 1, 'both refreshes');
    });

    it('shows after a restart what came while Slack was away', async () => {
      await start();
      world.slack.down();
      await hand(refresh(Date.now()), refresh(Date.now()));
      await world.restart();
      await hand(refresh(Date.now()));
      world.slack.up();
      await world.until(() => texts()[0]?.includes('3 times'), 'all three');
      assert.equal(texts().length, 1);
    });

    it('shows the new calls alone after somebody has deleted the message', async () => {
      await start();
      await hand(refresh(Date.now()), refresh(Date.now()), refresh(Date.now()));
      await messages(1);
      const [first] = world.slack.messages(AUDIT);
      world.slack.deleteMessage(AUDIT, first?.ts ?? '');
      await hand(refresh(Date.now()));
      await messages(1);
      await rests();
      assert.deepEqual([texts().length, count(texts(), 'times'), oncePosted()], [1, 0, 2]);
    });

    it('posts nothing again after a restart, or when the store is lost', async () => {
      await start();
      const call = refresh(Date.now());
      await hand(call);
      await messages(1);
      await world.restart();
      await hand(call);
      await hand(refresh(Date.now()));
      await world.until(() => texts()[0]?.includes('twice'), 'both');
      await loseStore(world);
      await world.restart();
      await hand(call);
      await hand(change('BUSINESS', Date.now()));
      await messages(2);
      assert.equal(oncePosted(), 2);
    });
  });
});
