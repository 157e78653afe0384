import assert from 'node:assert/strict';
import { App, type Receiver, type ReceiverEvent } from '@slack/bolt';
import { ackWhenDone, afterAck, NobodyListens } from '../../src/commands/ack-when-done.js';
import { createLog } from '../../src/telemetry/log.js';

/** Hands requests to the app as Bolt's receivers do. */
class Hand implements Receiver {
  app: App | null = null;
  init(app: App): void {
    this.app = app;
  }
  async start(): Promise<void> {}
  async stop(): Promise<void> {}
  give(body: ReceiverEvent['body'], ack: () => void): Promise<void> {
    return this.app?.processEvent({ body, ack: async () => ack() }) ?? Promise.resolve();
  }
}

const MENTION = {
  type: 'event_callback',
  team_id: 'T1',
  event: { type: 'app_mention', channel: 'C1', user: 'U1', ts: '1.1', text: 'x' },
};

describe('ackWhenDone', () => {
  let hand: Hand;
  let app: App;
  let seen: string[];
  beforeEach(() => {
    seen = [];
    hand = new Hand();
    app = new App({ receiver: hand, authorize: async () => ({ botToken: 'xoxb-1' }), convoStore: false });
    ackWhenDone(
      app,
      createLog('debug', (line) => seen.push(line)),
    );
  });
  const acked = () => seen.push('acked');

  it('acknowledges an event once its listener is done', async () => {
    app.event('app_mention', async () => {
      await new Promise(setImmediate);
      seen.push('kept');
    });
    await hand.give(MENTION, acked);
    assert.deepEqual(seen, ['kept', 'acked']);
  });

  it('does what was left for later once the event is acknowledged, and not where it is not', async () => {
    app.event('app_mention', async ({ context }) => {
      afterAck(context)(async () => {
        seen.push('later');
      });
      seen.push('kept');
    });
    await hand.give(MENTION, acked);
    assert.deepEqual(seen, ['kept', 'acked', 'later']);
    app.error((error) => Promise.reject(error));
    app.event('app_mention', () => Promise.reject(new Error('no')));
    await assert.rejects(hand.give(MENTION, acked), /no/);
    assert.equal(seen.filter((each) => each === 'later').length, 1);
  });

  it('acknowledges events that nobody listens to', async () => {
    await hand.give({ ...MENTION, event: { type: 'team_join' } }, acked);
    assert.deepEqual(seen, ['acked']);
  });

  it('does not acknowledge an event whose listener fails', async () => {
    app.error(async (error) => {
      seen.push('failed');
      throw error;
    });
    app.event('app_mention', () => Promise.reject(new Error('no')));
    await assert.rejects(hand.give(MENTION, acked), /no/);
    assert.deepEqual(seen, ['failed']);
  });

  it('says at once when nobody listens to what is no event', async () => {
    const shortcut = { type: 'shortcut', callback_id: 'x', user: { id: 'U1' }, team: { id: 'T1' } };
    await assert.rejects(hand.give(shortcut, acked), NobodyListens);
    assert.deepEqual(seen, []);
  });

  it('leaves commands to their listeners', async () => {
    app.command('/support', async ({ ack }) => {
      await ack();
      seen.push('answered');
    });
    await hand.give({ command: '/support', team_id: 'T1', user_id: 'U1', channel_id: 'C1' }, acked);
    assert.deepEqual(seen, ['acked', 'answered']);
  });
});
