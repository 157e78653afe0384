/**
 * Makes the README's pictures from the running sandbox, so that they show what is there: `npm run pictures`. Needs
 * Chromium. Writes docs/*.png, two pixels a point, in the light theme but for the phone.
 */
import { mkdirSync } from 'node:fs';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { findChromium, startChromium } from '../../test/world/chromium.js';
import { startSandboxProcess } from '../../test/world/sandbox-process.js';

const FOLDER = 'docs';
/** Of the story's case that waits for us. */
const SUBJECT = 'Lambda function acme-checkout';
const SIZE = { width: 1440, height: 900 };
/** High enough for a whole form. */
const HIGH = { width: 1440, height: 1380 };
const PHONE = { width: 390, height: 844 };

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
  await openThread(page);
  await replyByForm(page);
  await conversation(page);
  await take(page, 'sandbox');
  await take(page, 'thread', '[aria-label="Slack"]');
  await createForm(page);
  await home(page);
  await phone(browser, url);
  await trouble(page);
  await take(page, 'trouble');
}

async function open(browser: Browser, url: string, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({
    viewport: SIZE,
    deviceScaleFactor: 2,
    colorScheme: 'light',
    locale: 'en-GB',
    ...options,
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

/** Alice has the case that waits for us, and answers it with the form of its card. */
async function replyByForm(page: Page): Promise<void> {
  await page.setViewportSize(HIGH);
  const card = page.locator('article', { hasText: SUBJECT }).first();
  await card.getByRole('button', { name: "I'll take it" }).click();
  await card.getByText('Owned by').waitFor();
  await card.getByRole('button', { name: 'Reply', exact: true }).click();
  const form = page.getByRole('dialog', { name: 'Reply to AWS Support' });
  await form
    .getByRole('textbox', { name: /^Your reply/ })
    .fill(
      `We went back to version 213 at ${stamp(8).slice(11, 16)} UTC, and the timeouts are gone.\n\nThe batch instances can have a gateway of their own.`,
    );
  const log = { name: 'authorize.log', mimeType: 'text/plain', buffer: Buffer.alloc(18_240, 'authorized\n') };
  await form.locator('input[type=file]').setInputFiles([log]);
  await form.getByText('authorize.log').waitFor();
  await form.getByRole('textbox', { name: /^Copies/ }).fill('checkout-oncall@example.com');
  await form.getByRole('heading').click();
  await takeForm(page, 'reply-form');
  await form.getByRole('button', { name: 'Send to AWS' }).click();
  await page.getByLabel('Thread', { exact: true }).getByText('the timeouts are gone').last().waitFor();
  await page.setViewportSize(SIZE);
}

/** In UTC, as logs write it. */
function stamp(minutesAgo: number): string {
  return `${new Date(Date.now() - minutesAgo * 60_000).toISOString().slice(0, 19)}Z`;
}

/** AWS answers it again. */
async function conversation(page: Page): Promise<void> {
  const aws = page.getByRole('region', { name: 'AWS Support Center' });
  const thread = page.getByLabel('Thread', { exact: true });
  await aws.getByText(SUBJECT).first().click();
  await aws.getByText('Reply as AWS engineer').click();
  await aws
    .getByRole('textbox', { name: 'Reply', exact: true })
    .fill(
      `Hello Alice,\n\nThank you. With version 213 we see no more failed connections on our side either:\n\n  ${stamp(4)} active=46118 refused=0\n  ${stamp(2)} active=45090 refused=0\n\nA gateway for the batch instances alone is what we recommend: they open some 9,000 connections when they start.\n\n1. May we resolve this case?\n2. Or shall we look at the gateway together first?\n\nBest regards,\nJonah M.\nAmazon Web Services`,
    );
  await aws.getByRole('button', { name: 'Send reply' }).click();
  await thread.getByText('May we resolve this case').waitFor();
  await agrees(page, 3);
  await say(page, 'Looks good to me. Bob, anything left on your side before I resolve it?');
  const channel = page.getByRole('log', { name: 'Channel' });
  await channel.evaluate((each) => each.scrollTo(0, each.scrollHeight));
  await still(page);
}

/** The form for a new case, filled in. */
async function createForm(page: Page): Promise<void> {
  await page.setViewportSize(HIGH);
  const composer = page.getByRole('textbox', { name: 'Message #aws-cases' });
  await composer.fill('/support create');
  await composer.press('Enter');
  const form = page.getByRole('dialog', { name: 'Open a support case' });
  const choose = async (menu: string, typed: string, option: string) => {
    await form.getByRole('combobox', { name: menu }).click();
    await form.getByRole('combobox', { name: menu }).pressSequentially(typed);
    await page.getByRole('listbox').getByRole('option', { name: option }).click();
  };
  await choose('Service', 'lamb', 'Lambda');
  await choose('Category', 'perf', 'Performance');
  await choose('Severity', 'prod', 'Production system impaired');
  await form.getByRole('textbox', { name: 'Subject' }).fill('Cold starts of acme-search take a minute');
  await form
    .getByRole('textbox', { name: 'What AWS should know' })
    .fill('Since 08:10 UTC, in us-east-1, for each new execution environment. Usually it takes two seconds.');
  await form.getByRole('heading').click();
  await still(page);
  await takeForm(page, 'create-form');
  await form.getByRole('button', { name: 'Cancel' }).click();
  await form.waitFor({ state: 'detached' });
  await page.setViewportSize(SIZE);
}

async function home(page: Page): Promise<void> {
  const places = page.getByRole('navigation', { name: 'Slack workspace' });
  await places.getByRole('button', { name: 'Home' }).click();
  const region = page.getByRole('region', { name: 'Casethread Home' });
  await region.getByText(/Waiting for us \(\d/).waitFor();
  await still(page);
  const whole = await region.boundingBox();
  const last = await region.locator('.slk-blocks > :last-child').boundingBox();
  if (whole === null || last === null) throw new Error('Home is not to be seen');
  const clip = { ...whole, height: last.y + last.height + 20 - whole.y };
  await page.screenshot({ path: `${FOLDER}/home.png`, clip });
  console.log(`${FOLDER}/home.png`);
  await places.getByRole('button', { name: /^aws-cases/ }).click();
  await openThread(page);
}

/** The thread from its beginning, in the dark, without the guide. */
async function phone(browser: Browser, url: string): Promise<void> {
  const page = await open(browser, url, {
    viewport: PHONE,
    colorScheme: 'dark',
    hasTouch: true,
    isMobile: true,
  });
  await page.getByRole('button', { name: 'Hide the guide' }).click();
  await openThread(page);
  const thread = page.getByLabel('Thread', { exact: true });
  await thread.getByText(SUBJECT).first().scrollIntoViewIfNeeded();
  await still(page);
  await take(page, 'phone');
  await page.context().close();
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

/** Without what lies behind its edges. */
async function takeForm(page: Page, name: string): Promise<void> {
  await still(page);
  const box = await page.locator('[role=dialog]').boundingBox();
  if (box === null) throw new Error('The form is not to be seen');
  const clip = { x: box.x + 2, y: box.y + 2, width: box.width - 4, height: box.height - 4 };
  const path = `${FOLDER}/${name}.png`;
  await page.screenshot({ path, clip });
  console.log(path);
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
