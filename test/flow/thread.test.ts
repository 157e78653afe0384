import assert from 'node:assert/strict';
import { shownText } from '../world/slack/start-slack.js';
import { CHANNEL, startWorld, type World } from '../world/world.js';

describe('flow: a case becomes a thread', () => {
  let world: World;
  beforeEach(async () => {
    world = await startWorld();
  });
  afterEach(() => world.stop());

  it('shows the card, the opening text, what each side says, and how it ends', async () => {
    const { aws, slack } = world;
    const { caseId } = aws.openCase({
      subject: 'EC2 instance does not start',
      body: 'It says insufficient capacity.',
    });
    await world.until(() => slack.threads(CHANNEL)[0]?.replies.length === 1, 'the opening text');
    aws.reply(caseId, { from: 'aws', body: 'Hello, which instance type is it?' });
    await world.until(() => slack.threads(CHANNEL)[0]?.replies.length === 2, 'the answer from AWS');
    aws.resolve(caseId);
    await world.until(() => slack.threads(CHANNEL)[0]?.replies.length === 3, 'the resolving');
    console.log(slack.picture());
    assert.equal(slack.threads(CHANNEL).length, 1);
    console.log(shownText(slack.threads(CHANNEL)[0]?.card));
  });
});
