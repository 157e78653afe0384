import assert from 'node:assert/strict';
import { AddCommunicationToCaseCommand, DescribeSeverityLevelsCommand } from '@aws-sdk/client-support';
import { type EventBridge, startEventBridge } from '../../src/sandbox/aws/event-bridge.js';
import { type Aws, startAws } from '../../src/sandbox/aws/start-aws.js';
import { type Slack, startSlack } from '../../src/sandbox/slack/start-slack.js';
import { SWITCHES, Trouble } from '../../src/sandbox/trouble.js';
import { supportClient } from './aws/support-client.js';

describe("sandbox's trouble", () => {
  let slack: Slack;
  let aws: Aws;
  let bridge: EventBridge;
  let trouble: Trouble;
  beforeEach(async () => {
    slack = await startSlack({ botToken: 'xoxb-1', signingSecret: 'secret' });
    aws = await startAws({ callsPerSecond: 'off' });
    // Nobody listens there: nothing is sent unless a test opens a case.
    bridge = await startEventBridge({ target: 'http://127.0.0.1:9/', apiKey: 'key', aws });
    trouble = new Trouble({ slack, aws, bridge });
  });
  afterEach(async () => {
    await bridge.stop();
    await Promise.all([slack.stop(), aws.stop()]);
  });

  it('is off to begin with, each switch has words, and each goes on and off alone', () => {
    const names = SWITCHES.map(({ name }) => name);
    assert.deepEqual(Object.keys(trouble.switches).sort(), [...names].sort());
    assert.ok(SWITCHES.every(({ label, explanation }) => label !== '' && /\.$/.test(explanation)));
    const on = () => names.filter((name) => trouble.switches[name]);
    assert.deepEqual(on(), []);
    for (const name of names) {
      trouble.set(name, true);
      trouble.set(name, true);
      assert.deepEqual(on(), [name]);
      trouble.set(name, false);
      assert.deepEqual(on(), []);
    }
  });

  it('loses one event, however often it was switched on, and goes off by itself', () => {
    trouble.set('lose-next-event', true);
    trouble.set('lose-next-event', true);
    aws.openCase({ subject: 'Lost', body: 'Lost.' });
    assert.equal(trouble.switches['lose-next-event'], false);
    assert.equal(bridge.lost, 1);
    aws.openCase({ subject: 'Not lost', body: 'Not lost.' });
    assert.equal(bridge.lost, 1);
  });

  it('cuts off Slack, and connects it again', async () => {
    const reaches = () =>
      fetch(`${slack.url}auth.test`, { method: 'POST' }).then(
        async (response) => (await response.text()) !== '',
        () => false,
      );
    assert.equal(await reaches(), true);
    trouble.set('slack-down', true);
    assert.equal(await reaches(), false);
    trouble.set('slack-down', false);
    assert.equal(await reaches(), true);
  });

  it('has AWS refuse every second change and every fourth look, also when switched on twice, and none afterwards', async () => {
    const client = supportClient(aws);
    const caseId = aws.openCase({ subject: 'Throttled', body: 'Throttled.' }).caseId;
    const taken = (call: Promise<unknown>) =>
      call.then(
        () => true,
        (error: Error) => {
          assert.equal(error.name, 'ThrottlingException');
          return false;
        },
      );
    const look = () => taken(client.send(new DescribeSeverityLevelsCommand({})));
    const change = () =>
      taken(client.send(new AddCommunicationToCaseCommand({ caseId, communicationBody: 'More.' })));
    trouble.set('aws-throttles', true);
    trouble.set('aws-throttles', true);
    const looks: boolean[] = [];
    const changes: boolean[] = [];
    for (let count = 0; count < 4; count += 1) {
      looks.push(await look(), await look());
      changes.push(await change());
    }
    assert.deepEqual(looks, [false, true, true, true, false, true, true, true]);
    assert.deepEqual(changes, [false, true, false, true]);
    trouble.set('aws-throttles', false);
    assert.deepEqual([await look(), await change(), await look()], [true, true, true]);
  });
});
