import assert from 'node:assert/strict';
import { until } from '../../until.js';
import type { OnPage } from './on-page.js';
import type { Stage } from './stage.js';

const TROUBLED = {
  delivery: 'Replicas fall behind',
  killed: 'Volume is stuck attaching',
  refused: 'Endpoint times out',
} as const;

/** What people see when something is wrong between AWS, EventBridge, the bot and Slack. */
export function troubleTests(stage: () => Stage): void {
  afterEach(() => stage().closePages());

  it('keeps the threads right when events come three times, out of order, or never', async () => {
    const { on, id } = await stage().pageWithNew(TROUBLED.delivery);
    await on.agrees();
    await on.trouble.getByRole('button', { name: 'Make trouble' }).click();
    // CloudTrail tells of the opening later: whatever is under way now would be counted wrongly afterwards.
    await on.standsOnce(/JaneDoe \(AdminRole\), in the AWS console · .* · from/);
    await hasDelivered(on, 1, { events: 0, delivered: 0 });
    const before = { events: await on.count('events'), delivered: await on.count('delivered') };
    await on.switch('Deliver everything three times', true);
    await on.switch('Deliver out of order', true);

    await on.replyAtAws('Which replica is it?', 'AWS engineer');
    await on.say(`/support reply ${id} It is the third one.`);
    await on.said('It is the third one.').waitFor();
    await on.replyAtAws('Thank you, we look at the third one.', 'AWS engineer');
    await on.standsOnce('Thank you, we look at the third one.');
    await hasDelivered(on, 3, before);

    await on.switch('Lose the next event', true);
    await on.replyAtAws('It is repaired now.', 'AWS engineer');
    // Whether the threads disagree meanwhile depends on when the bot looks by itself: the counter tells of the loss.
    await on.isSwitched('Lose the next event', false);
    assert.equal(await on.count('lost'), 1);
    await on.trouble.getByText('1 event lost').waitFor();
    await on.entry('It is repaired now.').waitFor();
    await on.agrees();
    await on.trouble.getByText('1 event lost, and no thread misses anything.').waitFor();
    for (const text of ['Which replica is it?', 'It is the third one.', 'Thank you, we', 'It is repaired']) {
      await on.standsOnce(text);
    }
    await on.switch('Deliver everything three times', false);
    await on.switch('Deliver out of order', false);
  });

  it('catches up, once, after the bot was killed', async () => {
    const { on } = await stage().pageWithNew(TROUBLED.killed);
    await on.agrees();
    await on.trouble.getByRole('button', { name: 'Kill the bot' }).click();
    await on.page
      .getByText(/Casethread is restarting/)
      .first()
      .waitFor();
    await on.replyAtAws('The volume is free now.', 'AWS engineer');
    await on.replyAtAws('Please attach it again.', 'AWS engineer');
    await on.agrees(false);
    assert.equal(await on.entry('The volume is free now.').count(), 0);
    await on.page.getByText('Casethread is running').waitFor();
    await on.entry('Please attach it again.').waitFor();
    await on.agrees();
    await on.standsOnce('The volume is free now.');
    await on.standsOnce('Please attach it again.');
    await on.standsOnce(`${TROUBLED.killed}: since this morning`);
  });

  it('loses nothing while Slack is down, Slack refuses or AWS throttles', async () => {
    const { on, id } = await stage().pageWithNew(TROUBLED.refused);
    // While Slack refuses, naming who opened it would take turns from what is waited for.
    await on
      .entry(/JaneDoe \(AdminRole\), in the AWS console ·/)
      .first()
      .waitFor();
    await on.switch('Slack is rate-limiting', true);
    await on.replyAtAws('Which endpoint is it?', 'AWS engineer');
    await on.entry('Which endpoint is it?').waitFor();
    await on.switch('Slack is rate-limiting', false);

    await on.switch('AWS is throttling', true);
    await on.say(`/support reply ${id} Only the one in the second zone.`);
    await on
      .privately(/AWS is not taking it at the moment|AWS has your reply/)
      .first()
      .waitFor();
    await on.said('Only the one in the second zone.').waitFor();
    await on.entry('Only the one in the second zone.').waitFor();
    await on.switch('AWS is throttling', false);

    await on.switch('Slack is down', true);
    await on.slack.getByText('We’re having trouble connecting to Slack.').first().waitFor();
    assert.equal(await on.composer.isDisabled(), true);
    await on.replyAtAws('We have taken it out of service.', 'AWS engineer');
    await on.agrees(false);
    await on.switch('Slack is down', false);
    await on.entry('We have taken it out of service.').waitFor();
    await on.agrees();
    await on.standsOnce('Which endpoint is it?');
    await on.standsOnce('Only the one in the second zone.');
    assert.equal(await on.said('Only the one in the second zone.').count(), 1);
    await on.standsOnce('We have taken it out of service.');
  });
}

/** Waits until every event since then has been taken by the bot so many times. */
async function hasDelivered(
  on: OnPage,
  times: number,
  since: { events: number; delivered: number },
): Promise<void> {
  await until(async () => {
    const delivered = (await on.count('delivered')) - since.delivered;
    return delivered === times * ((await on.count('events')) - since.events);
  }, `delivering every event ${times} times`);
}
