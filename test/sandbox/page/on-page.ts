import assert from 'node:assert/strict';
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { PATIENCE_MS } from '../../patience.js';

/** The sandbox's page as somebody sees and uses it: by the names and roles that it shows. */
export class OnPage {
  readonly slack: Locator;
  readonly channel: Locator;
  readonly thread: Locator;
  readonly aws: Locator;
  readonly trouble: Locator;
  /** What a browser complains of: errors, failed requests, requests to another machine. Empty on a good page. */
  readonly complaints: string[] = [];

  private constructor(readonly page: Page) {
    this.slack = page.getByRole('region', { name: 'Slack' });
    this.channel = this.slack.getByRole('log', { name: 'Channel' });
    this.thread = this.slack.getByRole('complementary', { name: 'Thread' });
    this.aws = page.getByRole('region', { name: 'AWS Support Center' });
    this.trouble = page.getByRole('region', { name: 'Trouble' });
    page.on('pageerror', (error) => this.complaints.push(`error: ${error.message}`));
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) {
        this.complaints.push(`${message.type()} in the console: ${message.text()}`);
      }
    });
    page.on('request', (request) => {
      const { protocol, hostname } = new URL(request.url());
      const isHere = hostname === '127.0.0.1' || ['data:', 'blob:'].includes(protocol);
      if (!isHere) this.complaints.push(`request to another machine: ${request.url()}`);
    });
    page.on('requestfailed', (request) => {
      // A page that is left ends its stream.
      const isLeft = request.url().endsWith('/live') && request.failure()?.errorText === 'net::ERR_ABORTED';
      if (!isLeft) this.complaints.push(`failed request: ${request.url()}`);
    });
    page.on('response', (response) => {
      if (response.status() >= 400) {
        this.complaints.push(`answer ${response.status()}: ${response.url()}`);
      }
    });
  }

  /** A browser window of its own that remembers nothing, with the page loaded and connected. */
  static async open(browser: Browser, url: string, options: BrowserContextOptions = {}): Promise<OnPage> {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
    // Some of it comes only once the bot has looked at AWS again, or has come back.
    context.setDefaultTimeout(2 * PATIENCE_MS);
    const on = new OnPage(await context.newPage());
    await on.page.goto(url);
    await on.page.getByRole('button', { name: /of \d+ threads? agrees?|No cases yet/ }).waitFor();
    return on;
  }

  /** Closes the window; fails when the browser had anything to complain of. */
  async close(): Promise<void> {
    const found = [...this.complaints];
    await this.page.context().close();
    assert.deepEqual(found, []);
  }

  // Slack

  /** The first message of a case's thread, in the channel. */
  card(displayId: string): Locator {
    return this.channel.locator('article[data-ts]').filter({ hasText: `Case ${displayId}` });
  }

  async openThread(displayId: string): Promise<void> {
    await this.card(displayId)
      .getByRole('button', { name: /\d+ repl/ })
      .click();
    await this.entry(`Case ${displayId}`).waitFor();
  }

  /** What in the open thread says this. */
  entry(text: string | RegExp): Locator {
    return this.thread.getByRole('log').locator('article[data-ts]').filter({ hasText: text });
  }

  /** Waits until it stands in the open thread, and sees that it stands there once. */
  async standsOnce(text: string | RegExp): Promise<void> {
    await this.entry(text).first().waitFor();
    assert.equal(await this.entry(text).count(), 1, `“${text}” stands in the thread once`);
  }

  /** What the menu of a card offers. */
  async cardMenu(displayId: string, item: string): Promise<void> {
    await this.card(displayId).locator('[aria-haspopup="menu"]').first().click();
    await this.page.getByRole('menuitem', { name: item }).click();
  }

  /** The form that the button on a card opens. */
  async replyForm(displayId: string): Promise<Locator> {
    await this.card(displayId).getByRole('button', { name: 'Reply', exact: true }).click();
    const form = this.slack.getByRole('dialog', { name: 'Reply to AWS Support' });
    await form.getByRole('textbox', { name: /^Your reply/ }).waitFor();
    return form;
  }

  /** A place of the workspace: a channel, the bot's messages, its Home. */
  async goTo(place: string): Promise<void> {
    const places = this.slack.getByRole('navigation', { name: 'Slack workspace' });
    await places.getByRole('button', { name: new RegExp(`^${place}(, unread)?$`) }).click();
  }

  /** To be given to an input. */
  textFile(name: string, text: string) {
    return { name, mimeType: 'text/plain', buffer: Buffer.from(text) };
  }

  get composer(): Locator {
    return this.slack.getByRole('textbox', { name: 'Message #aws-cases' });
  }

  get threadComposer(): Locator {
    return this.thread.getByRole('textbox', { name: 'Reply in thread' });
  }

  async say(text: string): Promise<void> {
    await this.composer.fill(text);
    await this.composer.press('Enter');
  }

  async sayInThread(text: string): Promise<void> {
    await this.threadComposer.fill(text);
    await this.threadComposer.press('Enter');
  }

  /** What is said to nobody else. */
  privately(text: string | RegExp): Locator {
    return this.slack
      .locator('article[data-ts]')
      .filter({ hasText: 'Only visible to you' })
      .filter({ hasText: text });
  }

  // AWS Support Center

  /** Opens a case in the console by its subject. Gives back its display id. */
  async openCase(subject: string): Promise<string> {
    const row = this.aws.getByRole('row').filter({ hasText: subject });
    const displayId = await row.getByRole('cell').first().innerText();
    await row.getByRole('button', { name: subject }).click();
    await this.aws.getByRole('heading', { name: subject }).waitFor();
    return displayId;
  }

  async replyAtAws(text: string, as: 'AWS engineer' | 'customer in the console'): Promise<void> {
    await this.aws.getByRole('radio', { name: `Reply as ${as}` }).check();
    await this.aws.getByRole('textbox', { name: 'Reply', exact: true }).fill(text);
    await this.aws.getByRole('button', { name: 'Send reply' }).click();
    await this.said(text).waitFor();
  }

  /** What AWS has on the open case. */
  said(text: string): Locator {
    return this.aws
      .getByRole('region', { name: 'Correspondence' })
      .getByRole('listitem')
      .filter({ hasText: text });
  }

  /** Of the open case. */
  async hasStatus(words: string): Promise<void> {
    await this.aws.getByRole('region', { name: 'Case details' }).getByText(words, { exact: true }).waitFor();
  }

  // Trouble and agreement

  async switch(label: string, on: boolean): Promise<void> {
    const panel = this.trouble.getByRole('button', { name: 'Make trouble' });
    if ((await panel.getAttribute('aria-expanded')) === 'false') await panel.click();
    await this.trouble.getByRole('switch', { name: label, checked: !on }).click();
    await this.isSwitched(label, on);
  }

  async isSwitched(label: string, on: boolean): Promise<void> {
    await this.trouble.getByRole('switch', { name: label, checked: on }).waitFor();
  }

  async agrees(yes = true): Promise<void> {
    await this.page
      .getByRole('status')
      .and(this.page.locator(`[data-agrees="${yes}"]`))
      .waitFor();
  }

  /** What EventBridge has counted; the switches must be in sight. */
  async count(name: 'events' | 'lost' | 'sent' | 'delivered' | 'retried'): Promise<number> {
    return Number(await this.trouble.locator(`[data-name="${name}"] dd`).innerText());
  }
}
