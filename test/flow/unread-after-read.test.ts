import assert from 'node:assert/strict';
import { quiet } from '../world/quiet.js';
import { count, onlyThread } from '../world/reading.js';
import { ACCOUNTS, NORTH, startAccountsWorld } from '../world/several-accounts.js';
import { ALICE, CHANNEL, type World } from '../world/world.js';

const UNREAD = 'wrote on this case. Casethread cannot read the text';

describe('flow: an account can be read no more, and somebody writes right after what was read', () => {
  let world: World;
  let caseId: string;
  beforeEach(async () => {
    world = await startAccountsWorld({ timing: { sweepMs: 150 } });
  });
  afterEach(() => world.stop());

  const open = async (at = Date.now() - 5_000) => {
    const opening = { account: NORTH, subject: 'Login fails', body: 'Opening.', at };
    ({ caseId } = world.aws.openCase(opening));
    await shows('Opening.');
  };
  const texts = () => onlyThread(world.slack).texts;
  const shows = (part: string) =>
    world.until(() => onlyThread(world.slack).texts.some((text) => text.includes(part)), part);
  const follow = () =>
    world.reload({ accounts: ACCOUNTS.filter(({ id }) => id !== NORTH), unlisted: 'follow' });
  const answer = async () => {
    follow();
    world.aws.reply(caseId, { from: 'aws', body: 'Answer.' });
    await shows(`AWS Support ${UNREAD}`);
    world.reload({ accounts: ACCOUNTS });
    await shows('Answer.');
    await quiet(world);
    assert.equal(count(texts(), UNREAD), 0);
    assert.equal(count(texts(), 'Answer.'), 1);
  };

  it('says that AWS wrote after the opening', async () => {
    await open();
    await answer();
  });

  it('says that AWS wrote after a reply from Slack', async () => {
    await open();
    const { ts: threadTs } = onlyThread(world.slack).card;
    await world.slack.mention(world.botUrl, { user: ALICE, channel: CHANNEL, text: 'reply Ours.', threadTs });
    await shows('Ours.');
    await quiet(world);
    await answer();
  });

  it('says that AWS wrote after a reply from elsewhere of which no event came', async () => {
    await open();
    world.bridge.loseNext(1);
    world.aws.reply(caseId, { from: 'customer', body: 'By e-mail.' });
    await shows('By e-mail.');
    await quiet(world);
    await answer();
  });

  it('says that somebody of ours wrote after AWS did, of which no event came', async () => {
    await open(Date.now() - 600_000);
    world.bridge.loseNext(1);
    world.aws.reply(caseId, { from: 'aws', body: 'Answer.' });
    await shows('Answer.');
    await quiet(world);
    follow();
    world.aws.reply(caseId, { from: 'customer', body: 'By e-mail.' });
    await shows(UNREAD);
    assert.equal(count(texts(), UNREAD), 1);
  });

  it('says nothing more where the event comes after the text', async () => {
    await open();
    world.bridge.shuffle(true, 60_000);
    world.aws.reply(caseId, { from: 'aws', body: 'Answer.' });
    await shows('Answer.');
    follow();
    world.bridge.shuffle(false);
    await quiet(world);
    assert.equal(count(texts(), UNREAD), 0);
  });
});
