import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { KEY } from '../ingress/event-door.js';
import { temporaryFolder } from '../temporary-folder.js';
import { RedriveRoom } from './redrive-room.js';

describe('npm run redrive as a process', () => {
  it('needs nothing of Slack, and leaves in the queue what is not delivered at Ctrl-C', async () => {
    const room = await RedriveRoom.open();
    const folder = temporaryFolder();
    for (let n = 0; n < 4; n += 1) room.undelivered();
    const child = spawn(process.execPath, [resolve('dist/scripts/redrive/main.js'), '--to', room.botUrl], {
      cwd: folder.path,
      env: { PATH: process.env.PATH, EVENT_API_KEY: KEY, ...room.control.environment() },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    try {
      room.answer = (n) => {
        if (n === 1) child.kill('SIGINT');
        return { status: 202, body: { accepted: 1, duplicates: 0, ignored: 0 } };
      };
      let output = '';
      child.stdout.on('data', (chunk: Buffer) => {
        output += chunk.toString();
      });
      child.stderr.resume();
      const [code] = await once(child, 'close');
      assert.equal(code, 1, output);
      // The signal and the answer race: a third may have been on its way.
      assert.ok(room.posted.length === 2 || room.posted.length === 3, String(room.posted.length));
      assert.equal(room.queue.messages.length, 4 - room.posted.length);
      assert.equal(room.visible, room.queue.messages.length);
      assert.match(output, /Stopped\. Everything that is not delivered stays in the queue\./);
    } finally {
      child.kill('SIGKILL');
      await room.close();
      folder.remove();
    }
  });
});
