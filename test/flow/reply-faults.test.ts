import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import type { FaultOptions } from '../../src/sandbox/aws/faults.js';
import { shownText } from '../../src/sandbox/slack/start-slack.js';
import { until } from '../until.js';
import { count, onlyThread, toldTo } from '../world/reading.js';
import {
  ACCOUNT,
  ALICE,
  CHANNEL,
  QUICK,
  QUICK_FILES,
  SIGNING_SECRET,
  startWorld,
  type World,
  type WorldOptions,
} from '../world/world.js';

const SEND = {
  lookAfterMs: [20, 40, 80],
  announcedMs: 2_000,
  giveUpMs: 1_500,
  tellForMs: 60_000,
  files: QUICK_FILES,
};
const WORDS = 'Words worth keeping.';
const NOT_THERE = 'it is not on the case';
const SENT = 'AWS has your reply';
const AFTER_ALL = 'it is on the case now';

/** AWS has the reply exactly once, or the person was told that it did not arrive and can send it again with one click. */
for (const status of ['open', 'resolved'] as const) {
  describe(`flow: the answer to a reply is unclear, on a case that is ${status}`, () => {
    let world: World;
    let caseId: string;
    let threadTs: string;
    afterEach(() => world.stop());

    const start = async (options: WorldOptions = {}) => {
      world = await startWorld({ ...options, timing: { ...QUICK, ...options.timing } });
      ({ caseId } = world.aws.openCase({ subject: 'Faults', body: 'Opening.', displayId: '1234563851' }));
      await world.until(() => onlyThread(world.slack).texts.length === 1, 'the thread');
      threadTs = onlyThread(world.slack).card.ts;
      if (status === 'resolved') {
        world.aws.resolve(caseId);
        await world.until(() => count(onlyThread(world.slack).texts, 'Resolved') === 1, 'the resolving');
      }
    };
    const fault = (options: FaultOptions) => world.aws.fault('AddCommunicationToCase', options);
    const attempts = () => world.aws.callsOf('AddCommunicationToCase');
    const told = async (part: string) => {
      const find = () => world.slack.ephemerals.findLast((each) => shownText(each).includes(part));
      await world.until(() => find() !== undefined, part);
      const found = find();
      assert.ok(found);
      return found;
    };
    const lastTold = (part: string) =>
      world.until(() => toldTo(world.slack, ALICE).at(-1)?.includes(part), `"${part}" at last`);
    const type = (text: string) =>
      world.slack.command(world.botUrl, { command: '/support', text, user: ALICE, channel: CHANNEL });
    /** Says yes where the bot asks whether the case may be reopened. */
    const agree = async () => {
      if (status === 'open') return;
      const asked = await told('it would reopen the case');
      await world.slack.click(world.botUrl, { ephemeral: asked, actionId: 'reply_reopen', user: ALICE });
    };
    const reply = async (text = WORDS) => {
      await type(`reply 1234563851 ${text}`);
      await agree();
    };
    type Shown = Awaited<ReturnType<typeof told>>;
    const click = (back: Shown, actionId: 'outbox_send_again' | 'outbox_cancel') =>
      world.slack.click(world.botUrl, { ephemeral: back, actionId, user: ALICE });
    /** In another window, which still shows the buttons that were pressed last. */
    const pressElsewhere = (actionId: string) => {
      const last = new URLSearchParams(world.slack.lastRequest?.body).get('payload') ?? '{}';
      const payload = last.replace(/"action_id":"outbox_[a-z_]+"/, `"action_id":"${actionId}"`);
      const body = new URLSearchParams({ payload }).toString();
      const seconds = String(Math.floor(Date.now() / 1_000));
      const hash = createHmac('sha256', SIGNING_SECRET).update(`v0:${seconds}:${body}`).digest('hex');
      return fetch(`${world.botUrl}/slack/events`, {
        method: 'POST',
        body,
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
          'x-slack-request-timestamp': seconds,
          'x-slack-signature': `v0=${hash}`,
        },
      });
    };
    /** The person has it back, with their words and a button, and AWS does not have it. */
    const givenBack = async (part = NOT_THERE): Promise<Shown> => {
      const back = await told(part);
      assert.ok(shownText(back).includes(WORDS), shownText(back));
      onCase(0);
      return back;
    };
    const onCase = (times: number) =>
      assert.equal(
        count(
          world.aws.case(caseId).communications.map((each) => each.body),
          WORDS,
        ),
        times,
      );
    /** AWS had taken what was sent first, and shows it only now. */
    const showLate = () =>
      world.aws.reply(caseId, { from: 'customer', body: String(attempts()[0]?.input.communicationBody) });
    const onceAndKnown = async (part = SENT) => {
      await lastTold(part);
      await arrivedOnce();
      assert.equal(count(toldTo(world.slack, ALICE), SENT), 1);
    };
    const arrivedOnce = async () => {
      await world.until(() => count(onlyThread(world.slack).texts, WORDS) === 1, 'the entry');
      await world.bridge.idle();
      onCase(1);
      assert.equal(count(onlyThread(world.slack).texts, WORDS), 1);
      const entry = onlyThread(world.slack).texts.find((text) => text.includes(WORDS));
      assert.match(entry ?? '', /^Alice Example, from Slack/);
    };

    for (const [how, options] of [
      ['hangs up after', { kind: 'hangup-after' }],
      ['answers 500 and took it', { kind: 'status-after', status: 500 }],
    ] satisfies [string, FaultOptions][]) {
      it(`is sent once, and the person knows, when AWS ${how}`, async () => {
        await start();
        fault(options);
        await reply();
        await told('did not confirm');
        await onceAndKnown();
        assert.equal(attempts().length, 1);
      });
    }

    for (const [how, options] of [
      ['hangs up before', { kind: 'hangup-before' }],
      ['answers 500', { kind: 'status', status: 500 }],
    ] satisfies [string, FaultOptions][]) {
      it(`comes back, and goes out once more on a click, when AWS ${how}`, async () => {
        await start();
        fault(options);
        await reply();
        const back = await givenBack();
        assert.equal(attempts().length, 1);
        await click(back, 'outbox_send_again');
        await onceAndKnown();
        assert.equal(attempts().length, 2);
      });
    }

    it('comes back as often as its answer is lost', async () => {
      await start();
      fault({ kind: 'hangup-before', times: 2 });
      await reply();
      await click(await givenBack(), 'outbox_send_again');
      await world.until(() => attempts().length === 2, 'the second attempt');
      await click(await givenBack(), 'outbox_send_again');
      await onceAndKnown();
      assert.equal(attempts().length, 3);
    });

    it('is waited for when an event announces it', async () => {
      await start({ aws: { showDelayMs: 250 } });
      fault({ kind: 'hangup-after' });
      await reply();
      await onceAndKnown();
      assert.equal(count(toldTo(world.slack, ALICE), NOT_THERE), 0);
    });

    it('comes back when its event comes and AWS does not show it, and the person hears when AWS does', async () => {
      await start({
        aws: { showDelayMs: 600 },
        timing: { send: { ...SEND, announcedMs: 150 }, sweepMs: 100 },
      });
      fault({ kind: 'hangup-after' });
      await reply();
      const back = await told(NOT_THERE);
      await onceAndKnown(AFTER_ALL);
      await click(back, 'outbox_send_again');
      await told(`${SENT} on Case 1234563851.`);
      assert.equal(attempts().length, 1);
      onCase(1);
    });

    it('comes back when its event is lost and AWS shows it late, and the sweep finds it', async () => {
      await start({ timing: { sweepMs: 100 } });
      fault({ kind: 'hangup-before' });
      await reply();
      const back = await givenBack();
      world.bridge.loseNext(world.bridge.toLose + 1);
      showLate();
      await onceAndKnown(AFTER_ALL);
      // The button that is still there does nothing but say so.
      await click(back, 'outbox_send_again');
      await told(`${SENT} on Case 1234563851.`);
      assert.equal(attempts().length, 1);
      onCase(1);
    });

    it('does not go out on a click when it has shown up before anybody noticed', async () => {
      await start();
      fault({ kind: 'hangup-before' });
      await reply();
      const back = await givenBack();
      // No event, no sweep.
      world.bridge.loseNext(world.bridge.toLose + 2);
      showLate();
      await click(back, 'outbox_send_again');
      await onceAndKnown();
      assert.equal(attempts().length, 1);
    });

    it('goes out once when the button is pressed twice at once, and again when it has arrived', async () => {
      await start();
      fault({ kind: 'hangup-before' });
      await reply();
      const back = await givenBack();
      const twice = [click(back, 'outbox_send_again'), click(back, 'outbox_send_again')];
      await Promise.all(twice);
      await onceAndKnown();
      await pressElsewhere('outbox_send_again');
      await told(`${SENT} on Case 1234563851.`);
      await world.bridge.idle();
      onCase(1);
      assert.equal(attempts().length, 2);
    });

    it('does not go out when AWS shows it in the very moment in which it is to be sent again', async () => {
      await start();
      fault({ kind: 'hangup-before' });
      await reply();
      const back = await givenBack();
      // The last look at the case, right before it is sent: AWS answers that it is not there, and the answer takes long.
      let looks = 0;
      const held = world.aws.fault('DescribeCases', { kind: 'hold-after', when: () => ++looks === 2 });
      await click(back, 'outbox_send_again');
      await held.reached;
      showLate();
      await world.until(() => count(onlyThread(world.slack).texts, WORDS) === 1, 'the entry');
      held.release();
      await onceAndKnown();
      assert.equal(attempts().length, 1);
    });

    it('is not sent again when the person leaves it, and they hear when AWS shows it after all', async () => {
      await start();
      fault({ kind: 'hangup-before' });
      await reply();
      const back = await givenBack();
      await click(back, 'outbox_cancel');
      await lastTold('Not sent again');
      const { status } = await pressElsewhere('outbox_send_again');
      assert.equal(status, 200);
      const answers = () => world.slack.ephemerals.find((each) => each.ts === back.ts)?.history.length;
      await world.until(() => answers() === 2, 'the second answer');
      await lastTold('Not sent again');
      onCase(0);
      assert.equal(attempts().length, 1);
      showLate();
      await onceAndKnown(AFTER_ALL);
    });

    it('stays one when Slack sends the command again while it is looked for, and after it came back', async () => {
      await start();
      fault({ kind: 'hangup-before' });
      await type(`reply 1234563851 ${WORDS}`);
      const command = world.slack.lastRequest;
      assert.ok(command);
      await agree();
      await told('I am looking at the case');
      await world.slack.resend(command);
      const back = await givenBack();
      await world.slack.resend(command);
      await world.until(() => count(toldTo(world.slack, ALICE), NOT_THERE) === 1, 'the end, told once');
      assert.equal(attempts().length, 1);
      await click(back, 'outbox_send_again');
      await onceAndKnown();
      assert.equal(attempts().length, 2);
    });

    it('stays one when Slack sends a mention again', async () => {
      await start();
      fault({ kind: 'hangup-before' });
      const text = `<@${world.slack.app.botUser}> reply ${WORDS}`;
      await world.slack.mention(
        world.botUrl,
        { user: ALICE, channel: CHANNEL, text, threadTs },
        { eventId: 'Ev1' },
      );
      const event = JSON.parse(world.slack.lastRequest?.body ?? '{}').event as Record<string, string>;
      const repeat = () => world.slack.event(world.botUrl, event, { eventId: 'Ev1', retryNum: 1 });
      await agree();
      await told('I am looking at the case');
      await repeat();
      const back = await givenBack();
      assert.equal(back.threadTs, threadTs);
      await world.restart();
      await repeat();
      onCase(0);
      await click(back, 'outbox_send_again');
      await lastTold(SENT);
      const shown = () => count(onlyThread(world.slack).texts, 'Alice Example, from Slack');
      await world.until(() => shown() === (status === 'open' ? 1 : 2), 'the entries');
      onCase(1);
      assert.equal(attempts().length, 2);
    });

    it('comes back also when the bot is restarted while it looks, and Slack is away at the end', async () => {
      await start({ timing: { send: { ...SEND, lookAfterMs: [20, 40, 300] } } });
      fault({ kind: 'hangup-before' });
      await reply();
      await told('I am looking at the case');
      await world.restart();
      world.slack.down();
      const asked = world.log.length;
      await until(
        () => world.log.slice(asked).some((line) => line.includes('a person cannot be told')),
        'the vain try to tell',
      );
      world.slack.up();
      const back = await givenBack();
      await click(back, 'outbox_send_again');
      await onceAndKnown();
    });

    it('comes back when the case cannot be read for long, and is looked for before it goes out again', async () => {
      await start({ timing: { send: { ...SEND, giveUpMs: 300 } } });
      fault({ kind: 'hangup-after' });
      const read = world.aws.fault('*', {
        kind: 'status',
        status: 500,
        times: 10_000,
        when: ({ operation }) => operation.startsWith('Describe') && attempts().length > 0,
      });
      await reply();
      const back = await told('The case cannot be read');
      assert.ok(shownText(back).includes(WORDS));
      read.cancel();
      await click(back, 'outbox_send_again');
      // Whoever notices first, the click or the comparison of the thread.
      await told(SENT);
      await arrivedOnce();
      assert.equal(attempts().length, 1);
    });

    it('is not sent again without the look that was promised, and the person knows when nobody may look', async () => {
      await start({ timing: { send: { ...SEND, giveUpMs: 300 } } });
      fault({ kind: 'hangup-after' });
      const read = world.aws.fault('*', {
        kind: 'status',
        status: 500,
        times: 10_000,
        when: ({ operation }) => operation.startsWith('Describe') && attempts().length > 0,
      });
      await reply();
      const back = await told('sends it only if it is not there');
      world.aws.account(ACCOUNT).deny = ['DescribeCases', 'DescribeCommunications'];
      read.cancel();
      await click(back, 'outbox_send_again');
      await lastTold('may not read the case');
      assert.equal(attempts().length, 1);
      world.aws.account(ACCOUNT).deny = [];
      await click(await told('may not read the case'), 'outbox_send_again');
      await told(SENT);
      assert.equal(attempts().length, 1);
      onCase(1);
    });

    it('is not sent again when nobody may look any more right before it leaves', async () => {
      await start();
      fault({ kind: 'hangup-before' });
      await reply();
      const back = await givenBack();
      let looks = 0;
      const held = world.aws.fault('DescribeCases', { kind: 'hold-before', when: () => ++looks === 2 });
      await click(back, 'outbox_send_again');
      await held.reached;
      world.aws.account(ACCOUNT).deny = ['DescribeCases', 'DescribeCommunications'];
      held.release();
      await lastTold('DescribeCases');
      assert.equal(attempts().length, 1);
    });

    it('comes back when nobody may read the case, and the person decides', async () => {
      await start();
      fault({ kind: 'hangup-before' });
      const deny = world.aws.onChange(() => {
        if (attempts().length > 0)
          world.aws.account(ACCOUNT).deny = ['DescribeCases', 'DescribeCommunications'];
      });
      await reply();
      const back = await givenBack('may not read the case');
      await click(back, 'outbox_send_again');
      await lastTold(SENT);
      deny();
      onCase(1);
      assert.equal(attempts().length, 2);
    });
  });
}
