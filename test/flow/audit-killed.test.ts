import assert from 'node:assert/strict';
import { SEND_TIMING } from '../../src/outbox/send.js';
import { deliver } from '../../src/sandbox/aws/event-bridge.js';
import { readTrail, stepsOf } from '../audit/read-trail.js';
import { REPLICA } from '../world/process.js';
import { type ProcessStage, startProcessStage } from '../world/process-stage.js';
import { toldTo } from '../world/reading.js';
import { ALICE, CHANNEL, EVENT_KEY } from '../world/world.js';

/** The bot looks at a case for half a minute before it says that a reply has not arrived; here for a moment. */
const QUICK = JSON.stringify({
  settlesWithinMs: 400,
  send: { ...SEND_TIMING, lookAfterMs: [100, 200, 300] },
});

/** The bot as a process of its own, killed as a power cut would between a deed and what becomes of it. */
describe('flow: the audit trail of a bot that is killed', () => {
  let stage: ProcessStage;
  let cases = 0;
  let number: string;
  let earlier: { readonly told: number; readonly lines: number };

  before(async () => {
    stage = await startProcessStage();
  });
  after(() => stage.stop());
  beforeEach(async () => {
    cases += 1;
    number = `30000000${10 + cases}`;
    const { length } = stage.aws.events;
    stage.aws.openCase({ subject: 'Killed', body: 'Opening.', displayId: number });
    for (const event of stage.aws.events.slice(length))
      await deliver(`${stage.bot.url}/aws/events`, EVENT_KEY, event);
    earlier = {
      told: toldTo(stage.slack, ALICE).length,
      lines: (await readTrail(stage.environment)).length,
    };
  });

  const until = (condition: () => boolean, what: string) => stage.slack.until(condition, { what });
  const told = (part: string) =>
    until(
      () =>
        toldTo(stage.slack, ALICE)
          .slice(earlier.told)
          .some((text) => text.includes(part)),
      part,
    );
  const type = (text: string) =>
    stage.slack.command(stage.bot.url, { command: '/support', text, user: ALICE, channel: CHANNEL });
  const steps = async () => stepsOf((await readTrail(stage.environment)).slice(earlier.lines));

  it('has each line once when AWS has taken a reply and nobody has heard of it', async () => {
    const fault = stage.aws.fault('AddCommunicationToCase', { kind: 'hold-after' });
    await type(`reply ${number} Once.`);
    await fault.reached;
    await stage.bot.kill();
    // The file as the power cut has left it, read by nobody but us.
    assert.deepEqual(await steps(), ['reply asked']);
    await stage.restart();
    fault.release();
    await told('AWS has your reply');
    assert.deepEqual(await steps(), ['reply asked', 'reply asked unclear', 'reply done shown-by-aws']);
    await stage.restart();
    assert.deepEqual(await steps(), ['reply asked', 'reply asked unclear', 'reply done shown-by-aws']);
  });

  it('says that nobody knows when AWS does not show it, and then what the click did', async () => {
    const fault = stage.aws.fault('AddCommunicationToCase', { kind: 'hold-before' });
    await type(`reply ${number} Once.`);
    await fault.reached;
    await stage.restart({ TIMING: QUICK }, REPLICA);
    fault.release();
    await told('it is not on the case');
    const unsure = ['reply asked', 'reply asked unclear', 'reply failed not-shown-by-aws'];
    assert.deepEqual(await steps(), unsure);
    const back = stage.slack.ephemerals.findLast((each) => each.text.includes('it is not on the case'));
    assert.ok(back);
    await stage.slack.click(stage.bot.url, { ephemeral: back, actionId: 'outbox_send_again', user: ALICE });
    await told('AWS has your reply');
    assert.deepEqual((await steps()).slice(3), ['send-again asked', 'reply done']);
  });

  it('has each line once when it is killed before it tells the person that a case is resolved', async () => {
    const fault = stage.aws.fault('ResolveCase', { kind: 'hold-after' });
    await type(`resolve ${number}`);
    await fault.reached;
    await stage.restart({ TIMING: QUICK }, REPLICA);
    fault.release();
    await told('is resolved');
    assert.deepEqual(await steps(), ['resolve asked', 'resolve asked unclear', 'resolve done shown-by-aws']);
  });
});
