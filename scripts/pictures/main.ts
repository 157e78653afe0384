/**
 * Makes the README's pictures from the running sandbox, so that they show what is there: `npm run pictures`. Needs
 * Chromium. Writes docs/*.png, in the light theme, two pixels a point.
 */
import { mkdirSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { findChromium, startChromium } from '../../test/world/chromium.js';
import { startSandboxProcess } from '../../test/world/sandbox-process.js';

const FOLDER = 'docs';
/** Of the story's case that waits for us. */
const SUBJECT = 'Lambda function acme-checkout';
const SIZE = { width: 1440, height: 900 };

async function main(): Promise<void> {
  const executablePath = findChromium();
  if (executablePath === undefined) {
    throw new Error(
      'Chromium is not installed, and the pictures are made with it. Debian: apt-get install chromium',
    );
  }
  mkdirSync(FOLDER, { recursive: true });
  const sandbox = await startSandboxProcess();
  const browser = await startChromium(executablePath);
  try {
    await pictures(browser, sandbox.url);
  } finally {
    await browser.close();
    await sandbox.end('SIGINT');
  }
}

async function pictures(browser: Browser, url: string): Promise<void> {
  const page = await open(browser, url);
  await conversation(page);
  await take(page, 'sandbox');
  await take(page, 'thread', '[aria-label="Slack"]');
  await trouble(page);
  await take(page, 'trouble');
}

async function open(browser: Browser, url: string): Promise<Page> {
  const context = await browser.newContext({
    viewport: SIZE,
    deviceScaleFactor: 2,
    colorScheme: 'light',
    locale: 'en-GB',
  });
  const page = await context.newPage();
  await page.goto(url);
  await agrees(page, 3);
  return page;
}

/** Every case has its thread, and every thread all that AWS has. */
async function agrees(page: Page, cases: number): Promise<void> {
  const badge = page.locator('[data-agrees=true]', { hasText: `${cases} of ${cases}` });
  await badge.first().waitFor({ timeout: 60_000 });
}

/** The case that waits for us is answered from its thread, and AWS answers again. */
async function conversation(page: Page): Promise<void> {
  const aws = page.getByRole('region', { name: 'AWS Support Center' });
  await openThread(page);
  const thread = page.getByLabel('Thread', { exact: true });
  await say(
    page,
    '@casethread reply We went back to version 213 at 09:40 UTC, and the timeouts are gone. The batch instances can have a gateway of their own.',
  );
  await thread.getByText('the timeouts are gone').last().waitFor();
  await aws.getByText(SUBJECT).first().click();
  await aws.getByText('Reply as AWS engineer').click();
  await aws
    .getByRole('textbox', { name: 'Reply', exact: true })
    .fill(
      'Hello Alice,\n\nThank you. With version 213 we see no more failed connections on our side either.\n\nA gateway for the batch instances alone is what we recommend: they open some 9,000 connections when they start. May we resolve this case, or shall we look at the gateway together first?\n\nBest regards,\nJonah M.\nAmazon Web Services',
    );
  await aws.getByRole('button', { name: 'Send reply' }).click();
  await thread.getByText('May we resolve this case').waitFor();
  await agrees(page, 3);
  await say(page, 'Looks good to me. Bob, anything left on your side before I resolve it?');
  await still(page);
}

async function openThread(page: Page): Promise<void> {
  const card = page.locator('article', { hasText: SUBJECT });
  await card.getByRole('button', { name: /repl/ }).first().click();
  await page.getByRole('textbox', { name: 'Reply in thread' }).waitFor();
  await still(page);
}

async function say(page: Page, text: string): Promise<void> {
  const composer = page.getByRole('textbox', { name: 'Reply in thread' });
  await composer.fill(text);
  await composer.press('Enter');
  // Taken: the composer is empty again.
  await page.waitForFunction(
    `document.querySelector('textarea[aria-label="Reply in thread"]')?.value === ''`,
  );
}

/** An event is lost and the bot killed; then all is told. */
async function trouble(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Make trouble', exact: true }).click();
  await page.getByRole('switch', { name: /Lose the next event/ }).click();
  const aws = page.getByRole('region', { name: 'AWS Support Center' });
  await aws
    .getByRole('textbox', { name: 'Reply', exact: true })
    .fill('One more thing: we have raised the limit of connections for you.');
  await aws.getByRole('button', { name: 'Send reply' }).click();
  await page.getByRole('switch', { name: /Deliver everything three times/ }).click();
  await page.getByLabel('Thread', { exact: true }).getByText('raised the limit').waitFor({ timeout: 60_000 });
  await agrees(page, 3);
  await still(page);
}

/** Nothing moves any more, and nothing is hovered. */
async function still(page: Page): Promise<void> {
  await page.mouse.move(1, 1);
  await page.evaluate(
    'Promise.all(document.getAnimations().map((each) => each.finished.catch(() => null))).then(() => null)',
  );
}

async function take(page: Page, name: string, part?: string): Promise<void> {
  const path = `${FOLDER}/${name}.png`;
  if (part === undefined) await page.screenshot({ path });
  else await page.locator(part).first().screenshot({ path });
  console.log(path);
}

await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
