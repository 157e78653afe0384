import assert from 'node:assert/strict';
import { mentionsOf, shownText } from '../../src/sandbox/slack/start-slack.js';
import { pressOnCard } from '../world/on-card.js';
import { quiet } from '../world/quiet.js';
import { caseThreads } from '../world/reading.js';
import { ACCOUNT, ALICE, BOB, CHANNEL, startWorld, type World } from '../world/world.js';

describe('flow: the Home tab', () => {
  let world: World;
  beforeEach(async () => {
    world = await startWorld();
  });
  afterEach(() => world.stop());

  /** What a person reads there, a block a line or two. */
  const home = (user = ALICE): string => {
    const view = world.slack.homeOf(user)?.view;
    return view === undefined ? '' : shownText(view);
  };
  const opens = async (user = ALICE) => {
    assert.equal((await world.slack.openHome(world.botUrl, { user }))?.status, 200);
  };
  const shows = (part: string | RegExp, user = ALICE) =>
    world.until(() => home(user).match(part) !== null, `"${part}" at home`);
  const openCase = async (subject: string, displayId: string, at = Date.now()) => {
    const { caseId } = world.aws.openCase({ subject, body: 'Opening.', displayId, at });
    await world.until(
      () =>
        caseThreads(world.slack).some(
          ({ card, replies }) => replies.length > 0 && card.text.includes(displayId),
        ),
      'the thread',
    );
    return caseId;
  };
  const published = () => world.slack.callsOf('views.publish').length;

  it('says in friendly words that there is nothing to do, and how the bot is', async () => {
    await opens();
    assert.match(home(), /No open cases\. New ones appear here by themselves\./);
    assert.match(home(), /no event yet · sweeps are off · no case needs a person/);
  });

  it('shows what waits for us first, then what waits for AWS, and marks one’s own', async () => {
    await openCase('Waits for <!channel> AWS', '1000000001', Date.now() - 60_000);
    const second = await openCase('Waits for us', '1000000002');
    world.aws.reply(second, { from: 'aws', body: 'Which region?' });
    await openCase('Also at AWS', '1000000003');
    await quiet(world);
    const threads = caseThreads(world.slack);
    await world.slack.react(world.botUrl, {
      user: ALICE,
      channel: CHANNEL,
      ts: threads[0]?.card.ts ?? '',
      name: 'eyes',
    });
    await opens(ALICE);
    await opens(BOB);
    const text = home();
    assert.match(text, /3 open cases · 1 waits for us · 2 for AWS · 1 yours/);
    const places = ['Waiting for us (1)', '1000000002', 'Waiting for AWS (2)', '1000000001', '1000000003'];
    const at = places.map((part) => text.indexOf(part));
    assert.ok(
      at.every((each) => each >= 0),
      text,
    );
    assert.deepEqual(
      at,
      [...at].sort((a, b) => a - b),
      text,
    );
    assert.match(text, /1000000001 .* · :bust_in_silhouette: yours · Waits for <!channel> AWS\n/);
    assert.match(home(BOB), /1000000001 .*:bust_in_silhouette: Alice Example/);
    assert.match(text, /General guidance \(low\) · opened \d{4}-.* UTC · last activity/);
    // Slack itself counts how long ago that is.
    assert.match(JSON.stringify(world.slack.homeOf(ALICE)?.view), /"format":"opened \{ago\}"/);
    assert.match(text, /last event .* · sweeps are off · no case needs a person/);
    for (const { card } of threads)
      assert.ok(
        text.includes(`https://acme.slack.com/archives/${CHANNEL}/p${card.ts.replace('.', '')}`),
        text,
      );
    assert.deepEqual(mentionsOf(world.slack.homeOf(ALICE)?.view ?? { blocks: [] }), []);
    // Of one account there is nothing to count.
    assert.doesNotMatch(text, /By account/);
  });

  it('changes by itself for whoever has opened it, and for nobody else', async () => {
    const caseId = await openCase('Disk full', '1000000001');
    await opens();
    await shows(/Waiting for AWS \(1\)/);
    world.aws.reply(caseId, { from: 'aws', body: 'Which region?' });
    await shows(/Waiting for us \(1\)/);
    await pressOnCard(world, BOB, 'card_take', `${ACCOUNT}/${caseId}`);
    await shows(/:bust_in_silhouette: Bob Sample/);
    world.aws.resolve(caseId);
    await shows(/No open cases/);
    assert.equal(world.slack.homeOf(BOB), undefined);
  });

  it('changes for everybody else also while Slack does not take one person’s', async () => {
    await opens(ALICE);
    await opens(BOB);
    world.slack.fault('views.publish', {
      kind: 'error',
      error: 'internal_error',
      times: 1_000,
      when: ({ user_id }) => user_id === ALICE,
    });
    await openCase('Disk full', '1000000001');
    await shows(/Waiting for AWS \(1\)/, BOB);
    assert.match(home(ALICE), /No open cases/);
  });

  it('is not published again while nothing changes, and is on Refresh', async () => {
    await openCase('Disk full', '1000000001');
    await opens();
    await quiet(world);
    await shows(/last event/);
    const before = published();
    const view = world.slack.homeOf(ALICE);
    assert.ok(view);
    await world.slack.click(world.botUrl, { view, actionId: 'home_refresh', user: ALICE });
    await world.until(() => published() === before + 1, 'published again');
    // Some rounds later.
    await new Promise((resolve) => setTimeout(resolve, 350));
    assert.equal(published(), before + 1);
  });

  it('counts the cases that need a person', async () => {
    world.aws.fault('DescribeCases', { kind: 'error', name: 'AccessDeniedException', times: 999 });
    world.aws.openCase({ subject: 'Hidden', body: 'Opening.', displayId: '1000000001' });
    await opens();
    await shows(/1 case needs a person: \/support list says which/);
  });

  it('is sent again when Slack was away, and left alone where Slack does not take it', async () => {
    world.slack.fault('views.publish', { kind: 'status', status: 503 });
    const event = { type: 'app_home_opened', user: ALICE, channel: 'D0ALICE', tab: 'home', event_ts: '1.2' };
    const send = async (inner: Parameters<typeof world.slack.event>[1]) =>
      (await world.slack.event(world.botUrl, inner)).status;
    assert.equal(await send(event), 503);
    assert.equal(home(), '');
    assert.equal(await send(event), 200);
    assert.match(home(), /No open cases/);
    world.slack.fault('views.publish', { kind: 'error', error: 'not_enabled' });
    assert.equal(await send(event), 200);
    const before = published();
    for (const odd of [{ tab: 'messages' }, { tab: {} }, { user: {} }, { user: '<script>' }])
      assert.equal(await send({ ...event, ...odd }), 200);
    assert.equal(published(), before);
  });
});
