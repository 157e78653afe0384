import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { Redis } from 'ioredis';
import { quiet } from '../world/quiet.js';
import { onlyThread, toldTo } from '../world/reading.js';
import { describeWithRedis } from '../world/redis-server.js';
import { ALICE, CHANNEL, startWorld, type World } from '../world/world.js';

const NUMBER = '1234563851';

describeWithRedis('flow: a Redis user with few rights', () => {
  let world: World;
  afterEach(() => world.stop());

  it('can do all that is needed with the line in the README, and nothing is refused', async () => {
    const line = /^ACL (SETUSER casethread on >secret .*)$/m.exec(readFileSync('README.md', 'utf8'))?.[1];
    assert.ok(line);
    world = await startWorld({ store: 'redis', replicas: 2 });
    assert.ok(world.redis);
    const control = new Redis(world.redis.url);
    try {
      await control.call('ACL', ...line.split(' '));
      await world.stopBot();
      await control.flushall();
      await world.restart({ REDIS_URL: world.redis.url.replace('//', '//casethread:secret@') });
      const { caseId } = world.aws.openCase({ subject: 'Broken', body: 'Opening.', displayId: NUMBER });
      await world.until(() => onlyThread(world.slack).texts.length === 1, 'the thread');
      for (const text of [`reply ${NUMBER} Words.`, 'list', `show ${NUMBER}`, `resolve ${NUMBER}`]) {
        await world.slack.command(world.botUrl, { command: '/support', text, user: ALICE, channel: CHANNEL });
      }
      await world.until(() => world.aws.case(caseId).status === 'resolved', 'the case resolved');
      await world.until(
        () => toldTo(world.slack, ALICE).some((text) => text.includes('AWS has your reply')),
        'word of the reply',
      );
      await quiet(world);
      await world.stopBot();
      const refused = (await control.call('ACL', 'LOG')) as unknown[];
      assert.deepEqual(refused, []);
    } finally {
      control.disconnect();
    }
  });
});
