import assert from 'node:assert/strict';
import { createWebClient } from '../../src/slack/web-client.js';
import { createLog } from '../../src/telemetry/log.js';
import { CHANNEL, refused, smallWorkspace, TOKEN } from '../sandbox/slack/testing/web-client.js';

const PRINTS = ['debug', 'info', 'log', 'warn', 'error'] as const;

describe('createWebClient', () => {
  it('prints nothing by itself: that Slack refused is a line of our log, without what was refused', async () => {
    const slack = await smallWorkspace();
    const lines: string[] = [];
    const printed: unknown[][] = [];
    const before = PRINTS.map((name) => console[name]);
    for (const name of PRINTS) console[name] = (...words: unknown[]) => printed.push(words);
    try {
      const log = createLog('debug', (line) => lines.push(line));
      const client = createWebClient(TOKEN, slack.url, log);
      const text = { type: 'plain_text' as const, text: 'secret words '.repeat(300) };
      const blocks = [{ type: 'section' as const, text }];
      await refused(client.chat.postMessage({ channel: CHANNEL, text: 'it', blocks }), 'invalid_blocks');
    } finally {
      for (const [index, name] of PRINTS.entries()) console[name] = before[index] ?? console[name];
      await slack.stop();
    }
    assert.deepEqual(printed, []);
    assert.deepEqual(
      lines.map((line) => JSON.parse(line)).map(({ event, kind }) => [event, kind]),
      [['Slack SDK error', 'must be less than']],
    );
    assert.ok(!lines.join('').includes('secret'));
  });
});
