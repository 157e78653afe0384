import assert from 'node:assert/strict';
import { mentionsOf, shownText } from '../../src/sandbox/slack/start-slack.js';
import { chooseOnCard, ownerOnCard, pressOnCard } from '../world/on-card.js';
import { caseThreads, toldTo } from '../world/reading.js';
import { ACCOUNT, ALICE, BOB, startWorld, type World } from '../world/world.js';

describe('flow: what people press', () => {
  let world: World;
  let key = '';

  before(async () => {
    world = await startWorld();
    const { caseId } = world.aws.openCase({ subject: 'Disk full', body: 'Opening.' });
    key = `${ACCOUNT}/${caseId}`;
    await world.until(() => caseThreads(world.slack)[0]?.replies.length === 1, 'the thread');
  });
  after(() => world.stop());

  it('says so of a button that this version does not know', async () => {
    await pressOnCard(world, ALICE, 'constructor', 'x');
    await pressOnCard(world, ALICE, 'button_of_tomorrow', 'x');
    await world.until(() => toldTo(world.slack, ALICE).length === 2, 'both answers');
    for (const said of toldTo(world.slack, ALICE)) assert.match(said, /another version of Casethread/);
  });

  it('needs no words for what opens an address, and answers what is pressed next', async () => {
    const before = toldTo(world.slack, BOB).length;
    await chooseOnCard(world, BOB, 'card_more', 'aws');
    await pressOnCard(world, BOB, 'open_link', '');
    await chooseOnCard(world, BOB, 'card_more', 'who');
    await world.until(() => toldTo(world.slack, BOB).length > before, 'who is on the case');
    assert.equal(toldTo(world.slack, BOB).length, before + 1);
  });

  it('refuses people of another company who share the channel, in words that only they see', async () => {
    const before = toldTo(world.slack, BOB).length;
    await pressOnCard(world, BOB, 'card_take', key, 'T0PARTNER01');
    await pressOnCard(world, BOB, 'card_resolve', key, 'T0PARTNER01');
    await pressOnCard(world, BOB, 'card_reply', key, 'T0PARTNER01');
    await world.until(() => toldTo(world.slack, BOB).length === before + 3, 'three answers');
    for (const said of toldTo(world.slack, BOB).slice(before))
      assert.match(said, /Only people of the workspace/);
    assert.equal(ownerOnCard(world), undefined);
    assert.equal(world.aws.cases()[0]?.status === 'resolved', false);
    assert.deepEqual(
      world.slack.views.filter(({ state }) => state === 'open'),
      [],
    );
    const card = caseThreads(world.slack)[0]?.card;
    assert.ok(card);
    assert.deepEqual(mentionsOf(card), []);
    assert.ok(!shownText(card).includes('Bob'));
  });
});
