import { describeWithRedis } from '../world/redis-server.js';
import { keepsEveryPromise, SHORT } from './chaos/short-run.js';

describeWithRedis('chaos with Redis', () => {
  it('keeps every promise with two replicas', async function () {
    this.timeout(100_000);
    await keepsEveryPromise({ ...SHORT, seed: 312, replicas: 2, store: 'redis' });
  });
});
