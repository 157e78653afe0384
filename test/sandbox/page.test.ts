import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import { findChromium, startChromium } from '../world/chromium.js';
import { type SandboxProcess, startSandboxProcess } from '../world/sandbox-process.js';
import { commandTests } from './page/by-command.js';
import { conversationTests } from './page/conversation.js';
import { TROUBLED, troubleTests } from './page/in-trouble.js';
import { layoutTests } from './page/layout.js';
import { cardTests, ON_CARDS } from './page/on-cards.js';
import { RESOLVED, resolvingTests } from './page/resolving.js';
import { Stage } from './page/stage.js';

const MISSING = 'Chromium is not installed: the page is not tested. Debian: apt-get install chromium';

/** The sandbox as people meet it: started as a process, used in a browser. */
describe('page', function () {
  this.timeout(60_000);
  const chromium = findChromium();
  if (chromium === undefined) {
    if (process.env.CI === 'true') it('is tested in Chromium', () => assert.fail(MISSING));
    else it.skip(MISSING);
    return;
  }

  let browser: Browser;
  const sandboxes: SandboxProcess[] = [];
  let asStarted: Stage;
  let prepared: Stage;

  // Both at once: Slack takes one message per second, so the second gets its cases while the first is tested.
  before(async () => {
    const starting = [startSandboxProcess(), startSandboxProcess()].map(async (each) => {
      const sandbox = await each;
      sandboxes.push(sandbox);
      return sandbox;
    });
    browser = await startChromium(chromium);
    const [first, second] = (await Promise.all(starting)) as [SandboxProcess, SandboxProcess];
    asStarted = new Stage(first, browser);
    prepared = new Stage(second, browser);
    for (const subject of Object.values({ ...RESOLVED, ...TROUBLED, ...ON_CARDS }))
      await prepared.newCase(subject);
  });

  after(async () => {
    await browser?.close();
    const codes = await Promise.all(sandboxes.map(async (each) => (await each.end('SIGINT')).code));
    assert.deepEqual(
      codes,
      sandboxes.map(() => 0),
    );
  });

  describe('looks', () => layoutTests(() => prepared));
  describe('conversation', () => conversationTests(() => asStarted));
  describe('resolving', () => resolvingTests(() => prepared));
  describe('card', () =>
    cardTests(
      () => prepared,
      () => asStarted,
    ));
  describe('commands', () => commandTests(() => prepared));
  describe('trouble', () => troubleTests(() => prepared));
});
