import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';
import type { Stage } from './stage.js';

/** How the page shows itself: on a phone, in the dark, to those who hear it. */
export function layoutTests(stage: () => Stage): void {
  afterEach(() => stage().closePages());

  it('shows one window at a time on a phone, and never scrolls sideways', async () => {
    const on = await stage().page({ viewport: { width: 390, height: 844 } });
    const windows = { Slack: on.slack, 'AWS Support': on.aws, Trouble: on.trouble };
    for (const [name, shown] of Object.entries(windows)) {
      await on.page.getByRole('tab', { name, exact: true }).click();
      await shown.waitFor({ state: 'visible' });
      for (const other of Object.values(windows)) {
        assert.equal(await other.isVisible(), other === shown, `only ${name} is visible`);
      }
      assert.deepEqual(await tooWide(on.page), [], `nothing of ${name} stands out of the page`);
    }
    await on.page.keyboard.press('ArrowRight');
    await on.slack.waitFor({ state: 'visible' });
    await on.channel
      .getByRole('button', { name: /\d+ repl/ })
      .first()
      .click();
    await on.threadComposer.waitFor({ state: 'visible' });
    assert.deepEqual(await tooWide(on.page), [], 'nothing of a thread stands out of the page');
  });

  it('shows every place of Slack whole on the narrowest phones, and the name of the one where one is', async () => {
    for (const width of [360, 320]) {
      const on = await stage().page({ viewport: { width, height: 640 } });
      await on.page.getByRole('tab', { name: 'Slack', exact: true }).click();
      const sidebar = on.slack.getByRole('navigation', { name: 'Slack workspace' });
      for (const name of ['aws-audit', 'Home', 'aws-cases']) {
        const place = sidebar.getByRole('button', { name: new RegExp(`^${name}(, unread)?$`) });
        await place.click();
        await place.getByText(name, { exact: true }).waitFor({ state: 'visible' });
        assert.deepEqual(await cutOff(sidebar), [], `${name} at ${width} px`);
      }
    }
  });

  it('turns dark and light, and stays so', async () => {
    const on = await stage().page({ colorScheme: 'light' });
    const background = () => on.page.evaluate<string>('getComputedStyle(document.body).backgroundColor');
    const light = await background();
    await on.page.getByRole('button', { name: 'Switch to dark' }).click();
    await on.page.getByRole('button', { name: 'Switch to light' }).waitFor();
    const dark = await background();
    assert.ok(brightness(dark) < 80 && brightness(light) > 200, `${light} turned to ${dark}`);
    await on.page.reload();
    await on.page.getByText('Casethread is running').waitFor();
    assert.equal(await background(), dark);
    await on.page.getByRole('button', { name: 'Switch to light' }).click();
    assert.equal(await background(), light);
  });

  it('gives everything that can be used a name, and hides and shows the guide', async () => {
    const on = await stage().page();
    await on.trouble.getByRole('button', { name: 'Make trouble' }).click();
    assert.equal(await on.trouble.getByRole('switch').count(), 6);
    await assertNames(on.page, 'list');
    await on.aws.getByRole('row').nth(1).getByRole('button').click();
    await on.channel
      .getByRole('button', { name: /\d+ repl/ })
      .first()
      .click();
    await on.threadComposer.waitFor();
    await assertNames(on.page, 'case and thread');
    await on.aws.getByRole('button', { name: 'Your support cases' }).click();
    await on.aws.getByRole('button', { name: 'Create case' }).click();
    await assertNames(on.page, 'form');

    const guide = on.page.getByRole('region', { name: 'Guide' });
    await guide.getByRole('button', { name: 'Hide the guide' }).click();
    await guide.waitFor({ state: 'hidden' });
    await on.page.getByRole('button', { name: 'Try this' }).click();
    await guide.waitFor();
  });
}

/** What makes the page scroll sideways. */
function tooWide(page: Page): Promise<string[]> {
  return page.locator('body').evaluate((body) => {
    const { scrollWidth, clientWidth } = body.ownerDocument.documentElement;
    if (scrollWidth <= clientWidth && body.scrollWidth <= clientWidth) return [];
    return [...body.querySelectorAll('*')]
      .filter((element) => element.getBoundingClientRect().right > clientWidth)
      .map(({ tagName, className }) => `${tagName} ${String(className)}`);
  });
}

/** Places in the strip above that stand, or whose names stand, out of what is to be seen of it. */
function cutOff(sidebar: Locator): Promise<string[]> {
  return sidebar.locator('.slk-places').evaluate((places) => {
    const { left, right } = places.getBoundingClientRect();
    const buttons = [...places.querySelectorAll('button')];
    const isCut = (button: (typeof buttons)[number]) => {
      const at = button.getBoundingClientRect();
      const name = button.querySelector('.slk-place-name');
      return at.left < left || at.right > right || (name !== null && name.scrollWidth > name.clientWidth);
    };
    const cut = buttons.filter(isCut).map(({ title }) => title);
    return buttons.length < 3 ? ['there are hardly any places'] : cut;
  });
}

const USED = ['button', 'link', 'textbox', 'combobox', 'radio', 'switch', 'tab'] as const;

async function assertNames(page: Page, where: string): Promise<void> {
  assert.ok((await page.getByRole('button').count()) > 5, where);
  for (const role of USED) {
    const nameless = await page.getByRole(role, { name: /^\s*$/ }).all();
    const found = await Promise.all(nameless.map((each) => each.evaluate(({ outerHTML }) => outerHTML)));
    assert.deepEqual(found, [], `each ${role} has a name: ${where}`);
  }
}

/** Of `rgb(…)`, from 0 to 255. */
function brightness(color: string): number {
  const [red = 0, green = 0, blue = 0] = (color.match(/[\d.]+/g) ?? []).map(Number);
  return (red + green + blue) / 3;
}
