import assert from 'node:assert/strict';
import type { Browser, BrowserContextOptions } from 'playwright-core';
import type { SandboxProcess } from '../../world/sandbox-process.js';
import { OnPage } from './on-page.js';

/** A sandbox and a browser to look at it with. */
export class Stage {
  readonly #pages: OnPage[] = [];

  constructor(
    readonly sandbox: SandboxProcess,
    readonly browser: Browser,
  ) {}

  async page(options: BrowserContextOptions = {}): Promise<OnPage> {
    const on = await OnPage.open(this.browser, this.sandbox.url, options);
    this.#pages.push(on);
    return on;
  }

  /** Opens a case at AWS without the page. */
  async newCase(subject: string): Promise<void> {
    const answer = await this.sandbox.does('open-case', {
      subject,
      body: `${subject}: since this morning, in one of ten calls.`,
      severity: 'high',
      service: 'aws-lambda',
      category: 'performance',
    });
    assert.equal(answer.ok, true, JSON.stringify(answer));
  }

  /** The page with a new case open on both sides, once its thread is there. */
  async pageWithNew(subject: string): Promise<{ on: OnPage; id: string }> {
    await this.newCase(subject);
    const on = await this.page();
    const id = await on.openCase(subject);
    await on.openThread(id);
    await on.standsOnce(`${subject}: since this morning`);
    return { on, id };
  }

  /** Fails when a browser had anything to complain of. */
  async closePages(): Promise<void> {
    for (const page of this.#pages.splice(0)) await page.close();
  }
}
