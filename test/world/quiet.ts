import type { World } from './world.js';

/** Waits until every event has been delivered and every case been compared with its thread. */
export async function quiet({ bridge, bots, slack, until }: World, what = 'nothing in work'): Promise<void> {
  await bridge.idle();
  await until(async () => {
    const bot = bots.find((each) => each.isUp);
    const text = await (await fetch(`${bot?.url}/metrics`)).text();
    slack.nudge();
    return /^casethread_inbox_depth 0$/m.test(text);
  }, what);
}
