import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { AGAIN_MS } from '../../src/commands/unfurl/shared-links.js';
import { linksOf, mentionsOf, readManifest, shownText } from '../../src/sandbox/slack/start-slack.js';
import { HOSTILE } from '../slack/hostile.js';
import { until } from '../until.js';
import { quiet } from '../world/quiet.js';
import { caseThreads, onlyThread } from '../world/reading.js';
import { describeWithRedis } from '../world/redis-server.js';
import { ALICE, BOB, CHANNEL, startWorld, type World, type WorldOptions } from '../world/world.js';

const NUMBER = '1234563851';
const OTHER = 'C0OTHER0001';
const STRANGER = 'U0STRANGER1';
const linkTo = (number: string) => `https://console.aws.amazon.com/support/home#/case/?displayId=${number}`;
const LINK = linkTo(NUMBER);
const manifest = readManifest(readFileSync('manifest.yml', 'utf8'));

function unfurlWorld() {
  let world: World;
  const open = async (options: WorldOptions = {}, subject = 'Disk full') => {
    world = await startWorld({ ...options, slack: { manifest, ...options.slack } });
    world.slack.addChannel({ id: OTHER, name: 'other' });
    world.slack.addUser({ id: STRANGER, name: 'eve', realName: 'Eve Else', teamId: 'T0FOREIGN' });
    world.aws.openCase({ subject, body: 'Opening.', displayId: NUMBER });
    await world.until(() => onlyThread(world.slack).texts.length === 1, 'the thread');
  };
  const write = async (text: string, { user = ALICE, channel = CHANNEL, threadTs = '' } = {}) => {
    const { message } = await world.slack.write(world.botUrl, {
      user,
      channel,
      text,
      ...(threadTs === '' ? {} : { threadTs }),
    });
    return message;
  };
  type Posted = Awaited<ReturnType<typeof write>>;
  const cardsOf = ({ channel, ts }: Posted) => {
    const all = world.slack.threads(channel).flatMap(({ card, replies }) => [card, ...replies]);
    return all.find((each) => each.ts === ts)?.unfurls ?? [];
  };
  /** How often links to cases were looked at, to the end. */
  const looked = () => world.log.filter((line) => line.includes('links to cases were posted')).length;
  const calls = () => world.slack.callsOf('chat.unfurl');
  return {
    open,
    get world() {
      return world;
    },
    write,
    cardsOf,
    calls,
    /** What a person reads below the message; waits until something stands there. */
    async below(message: Posted) {
      await world.until(() => cardsOf(message).length > 0, 'a card below the message');
      return cardsOf(message).map((each) => shownText(each));
    },
    /** Nothing is shown below the message, and nothing is said to anybody, also when all has come to rest. */
    async nothing(posting: Promise<Posted>, { isLooked = true } = {}) {
      const [before, looks] = [calls().length, looked()];
      const message = await posting;
      // Whatever the bot does not look at it has left alone before it answered Slack.
      if (isLooked) await until(() => looked() > looks, 'a look at the links');
      assert.deepEqual(cardsOf(message), []);
      assert.equal(calls().length, before);
      assert.deepEqual(world.slack.ephemerals, []);
    },
    looked,
  };
}

describe('flow: links to cases', () => {
  const at = unfurlWorld();
  afterEach(() => at.world.stop());

  it('unfold into a short card where the thread of the case is', async () => {
    await at.open();
    const [card] = await at.below(
      await at.write(`Please look at ${LINK}&language=en, and at https://aws.amazon.com`),
    );
    assert.match(
      card ?? '',
      /^:hourglass_flowing_sand: Case 1234563851 \(https:\/\/acme\.slack\.com\/archives\/C0CASES0001\/p\d+\)\nDisk full\nWaiting for AWS · .*account 111122223333\nLast word: .*\d+ UTC$/,
    );
    const [call] = at.calls();
    assert.equal(call?.result?.ok, true);
    assert.equal(at.calls().length, 1);
    await until(() => at.looked() === 1, 'the end of it');
    const metrics = await (await fetch(`${at.world.botUrl}/metrics`)).text();
    assert.match(metrics, /casethread_slack_calls_total\{method="chat\.unfurl",result="ok"\} 1/);
    assert.doesNotMatch(at.world.log.join(''), /Disk full/);
  });

  it('unfold in a thread as well, and show how the case stands then', async () => {
    await at.open();
    const threadTs = onlyThread(at.world.slack).card.ts;
    at.world.aws.reply(at.world.aws.cases()[0]?.caseId ?? '', { from: 'aws', body: 'Ours.' });
    await at.world.until(() => onlyThread(at.world.slack).texts.length === 2, 'the answer');
    await quiet(at.world);
    const [card] = await at.below(await at.write(LINK, { threadTs }));
    assert.match(card ?? '', /:red_circle: .*\nDisk full\nWaiting for us · .*\nLast word: AWS Support, /);
  });

  it('unfold once in half an hour, whoever posts them and however they are written', async () => {
    await at.open();
    const cards = await at.below(await at.write(`${LINK} ${LINK}&language=en`));
    assert.equal(cards.length, 1);
    assert.equal(at.calls().length, 1);
    await at.nothing(at.write(LINK));
    await at.nothing(at.write(LINK.replace('console', 'us-east-1.console'), { user: BOB }));
    await at.world.restart();
    await at.nothing(at.write(LINK));
    assert.equal(AGAIN_MS, 30 * 60_000);
  });

  it('unfold once when Slack sends the event again', async () => {
    await at.open();
    await at.below(await at.write(LINK));
    const { event, event_id } = JSON.parse(at.world.slack.lastRequest?.body ?? '{}');
    const again = { eventId: event_id, retryNum: 1 };
    await Promise.all([1, 2].map(() => at.world.slack.event(at.world.botUrl, event, again)));
    await until(() => at.looked() === 3, 'a look at each');
    assert.equal(at.calls().length, 1);
  });

  it('unfold for guests who may read the case, and for nobody who may not', async () => {
    await at.open();
    const guest = 'U0GUEST0001';
    at.world.slack.addUser({ id: guest, name: 'gus', realName: 'Gus Guest', guest: 'single-channel' });
    const rule = { may: ['read'] as const, channels: [], accounts: [], severities: [] };
    at.world.reload({ rules: [{ ...rule, who: ['everybody'] }] });
    await at.nothing(at.write(LINK, { user: guest }));
    at.world.reload({ rules: [{ ...rule, who: ['guests'] }] });
    await at.nothing(at.write(LINK));
    assert.equal((await at.below(await at.write(LINK, { user: guest }))).length, 1);
  });

  it('stay as they are in any other channel, and where the bot is not', async () => {
    await at.open();
    await at.nothing(at.write(LINK, { channel: OTHER }));
    at.world.slack.changeChannel(CHANNEL, { isMember: false });
    await at.nothing(at.write(LINK), { isLooked: false });
  });

  it('stay as they are where people of other companies read along', async () => {
    await at.open();
    await at.nothing(at.write(LINK, { user: STRANGER }));
    at.world.slack.changeChannel(CHANNEL, { isShared: true });
    await at.nothing(at.write(LINK), { isLooked: false });
  });

  it('stay as they are when a bot posts them, or somebody of whom Slack does not say who it is', async () => {
    await at.open();
    const { ts } = await at.write('nothing');
    const said = async (user: string) =>
      at.world.slack.event(at.world.botUrl, {
        ...{ type: 'link_shared', user, channel: CHANNEL, message_ts: ts, is_bot_user_member: true },
        links: [{ domain: 'console.aws.amazon.com', url: LINK }],
      });
    await said(at.world.slack.app.botUser);
    await said('U0NOBODY001');
    await until(() => at.looked() === 2, 'a look at both');
    assert.deepEqual(at.calls(), []);
  });

  it('stay as they are while the message is being written, and unfold once it is sent', async () => {
    await at.open();
    const delivery = await at.world.slack.compose(at.world.botUrl, { user: ALICE, text: LINK });
    assert.equal(delivery?.status, 200);
    assert.deepEqual(at.calls(), []);
    await at.below(await at.write(LINK));
  });

  it('stay as they are when they lead to no case, or to one that the bot does not know', async () => {
    await at.open();
    const looks = () => at.world.aws.calls.filter(({ operation }) => operation === 'DescribeCases').length;
    const before = looks();
    await at.nothing(at.write('https://console.aws.amazon.com/support/home'), { isLooked: false });
    await at.nothing(at.write('https://console.aws.amazon.com/ec2/home#Instances:'), { isLooked: false });
    await at.nothing(at.write(linkTo('9999999999')));
    await at.nothing(at.write(LINK.replace('https://', 'https://444455556666-abcd1234.us-east-1.')));
    // What people paste costs no calls at AWS.
    assert.equal(looks(), before);
  });

  it('unfold up to five of them below one message', async () => {
    await at.open();
    const numbers = ['1000000001', '1000000002', '1000000003', '1000000004', '1000000005', '1000000006'];
    for (const displayId of numbers)
      at.world.aws.openCase({ subject: displayId, body: 'Opening.', displayId });
    await at.world.until(() => caseThreads(at.world.slack).length === 7, 'the threads');
    const cards = await at.below(await at.write(numbers.map(linkTo).join(' ')));
    assert.deepEqual(
      cards.map((card) => card.split('\n')[1]),
      numbers.slice(0, 5),
    );
  });

  it('leave these five places to what is shown, however many other links there are, or ways to write one', async () => {
    const critical = { may: ['read'] as const, channels: [], accounts: [], severities: ['critical'] };
    await at.open({ file: { rules: [{ ...critical, who: [BOB] }] } });
    const [barred, ...open] = ['1000000001', '1000000002', '1000000003'] as const;
    at.world.aws.openCase({ subject: barred, body: 'Opening.', displayId: barred, severity: 'critical' });
    for (const displayId of open) at.world.aws.openCase({ subject: displayId, body: 'Opening.', displayId });
    await at.world.until(() => caseThreads(at.world.slack).length === 4, 'the threads');
    const unknown = ['9000000001', '9000000002', '9000000003', '9000000004', '9000000005'].map(linkTo);
    const again = ['', '&language=en', '&language=de', '&language=fr', '&a=1'].map((more) => LINK + more);
    const links = [...unknown, linkTo(barred), ...again, ...open.map(linkTo)];
    const cards = await at.below(await at.write(links.join(' ')));
    assert.deepEqual(
      cards.map((card) => card.split('\n')[1]),
      ['Disk full', ...open],
    );
  });

  it('show every subject as text', async () => {
    const subject = `${HOSTILE['mentions of everybody']} ${HOSTILE['forged links']} *bold* :smile:`;
    await at.open({}, subject);
    const message = await at.write(LINK);
    const [card] = await at.below(message);
    const seen = card?.split('\n')[1] ?? '';
    assert.ok(seen.length > 100 && seen.endsWith('…') && subject.startsWith(seen.slice(0, -1)), seen);
    const [{ blocks } = { blocks: [] }] = at.cardsOf(message);
    assert.deepEqual(mentionsOf({ blocks }), []);
    assert.ok(linksOf({ blocks }).every((url) => url.startsWith('https://acme.slack.com/')));
  });

  it('may be posted again when Slack refused to show one', async () => {
    await at.open();
    const { slack } = at.world;
    const refusals = ['cannot_unfurl_url', 'cannot_find_channel', 'missing_scope'] as const;
    for (const fault of [
      ...refusals.map((error) => ({ kind: 'error' as const, error })),
      { kind: 'ratelimited' as const, retryAfter: 1 },
    ]) {
      const { reached } = slack.fault('chat.unfurl', fault);
      const looked = at.looked();
      const message = await at.write(LINK);
      await reached;
      await until(() => at.looked() > looked, 'the end of the try');
      assert.deepEqual(at.cardsOf(message), []);
    }
    const { log } = at.world;
    assert.equal(log.filter((line) => line.includes('links to cases are not shown')).length, 4);
    assert.doesNotMatch(log.join(''), /left for later failed|Disk full/);
    await at.below(await at.write(LINK));
  });

  it('are not shown a second time when Slack’s answer was lost', async () => {
    await at.open();
    at.world.slack.fault('chat.unfurl', { kind: 'hangup-after' });
    await at.below(await at.write(LINK));
    await until(() => at.looked() === 1, 'the end of the try');
    await at.nothing(at.write(LINK));
  });

  it('need the app of the new manifest: one of an older hears of none, and nothing else changes', async () => {
    const events = manifest.events.filter((name) => name !== 'link_shared');
    await at.open({ slack: { manifest: { ...manifest, events } } });
    await at.nothing(at.write(LINK), { isLooked: false });
  });
});

describeWithRedis('flow: links to cases, with several replicas', () => {
  const at = unfurlWorld();
  afterEach(() => at.world.stop());

  it('unfold once, whichever replicas hear of them, and how often', async () => {
    await at.open({ store: 'redis', replicas: 2 });
    await at.below(await at.write(LINK));
    const { event } = JSON.parse(at.world.slack.lastRequest?.body ?? '{}');
    await Promise.all([1, 2, 3, 4].map(() => at.world.slack.event(at.world.botUrl, event)));
    await until(() => at.looked() === 5, 'a look at each');
    assert.equal(at.calls().length, 1);
  });
});
