import assert from 'node:assert/strict';
import { findChromium, startChromium } from '../../world/chromium.js';
import { startSandboxProcess } from '../../world/sandbox-process.js';
import { Stage } from './stage.js';

const MISSING = 'Chromium is not installed: the page is not tested. Debian: apt-get install chromium';

/** The sandbox as people meet it: started as a process, used in a browser. A suite has one of each for all its tests. */
export function describeInBrowser(title: string, suite: (stage: () => Stage) => void): void {
  describe(title, function () {
    this.timeout(180_000);
    const chromium = findChromium();
    if (chromium === undefined) {
      if (process.env.CI === 'true') it('is tested in Chromium', () => assert.fail(MISSING));
      else it.skip(MISSING);
      return;
    }

    let stage: Stage;
    const ends: (() => Promise<void>)[] = [];

    before(async () => {
      const [browser, sandbox] = await Promise.all([
        startChromium(chromium).then((started) => {
          ends.push(() => started.close());
          return started;
        }),
        startSandboxProcess().then((started) => {
          ends.push(async () => assert.equal((await started.end('SIGINT')).code, 0));
          return started;
        }),
      ]);
      stage = new Stage(sandbox, browser);
    });

    after(async () => {
      await Promise.all(ends.map((end) => end()));
    });

    suite(() => stage);
  });
}
