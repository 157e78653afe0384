import assert from 'node:assert/strict';
import type { Stage } from './stage.js';

/** What people do with commands, for more than one case. */
export function commandTests(stage: () => Stage): void {
  afterEach(() => stage().closePages());

  it('opens a case by the form, with the choices of AWS', async () => {
    const on = await stage().page();
    await on.agrees();
    await on.say('/support create');
    const form = on.slack.getByRole('dialog', { name: 'Open a support case' });
    const choose = async (menu: string, typed: string, option: string) => {
      await form.getByRole('combobox', { name: menu }).click();
      await form.getByRole('combobox', { name: menu }).pressSequentially(typed);
      await on.slack.getByRole('listbox').getByRole('option', { name: option }).click();
    };
    await choose('Service', 'lamb', 'Lambda');
    await choose('Category', 'perf', 'Performance');
    await choose('Severity', 'prod', 'Production system impaired');
    await form.getByRole('textbox', { name: 'Subject' }).fill('Cold starts of a minute');
    await form.getByRole('button', { name: 'Open the case' }).click();
    await form.getByText('Please complete this required field.').waitFor();
    await form.getByRole('textbox', { name: 'What AWS should know' }).fill('Since noon, each one.');
    await form.getByText('Please complete this required field.').waitFor({ state: 'detached' });
    await form.getByRole('button', { name: 'Open the case' }).click();
    await on.privately('AWS has your case').waitFor();

    const id = await on.openCase('Cold starts of a minute');
    const details = on.aws.getByRole('region', { name: 'Case details' });
    assert.equal(await details.getByRole('combobox', { name: 'Severity' }).inputValue(), 'high');
    await on.card(id).getByText('by Alice Example, from Slack').first().waitFor();
    await on.openThread(id);
    await on.standsOnce('Since noon, each one.');
    await on.agrees();
  });

  it('finds cases by their words, and pages through the list in place', async () => {
    // More than a page of them.
    for (let number = 1; number <= 8; number += 1)
      await stage().newCase(`Certificate ${number} is not renewed`);
    const on = await stage().page();
    await on.say('/support search nobody wrote these');
    await on.privately('No case that I know holds “nobody wrote these”').waitFor();
    await on.say('/support search sometimes');
    await on
      .privately('with “sometimes”')
      .getByRole('link', { name: /^Case \d+/ })
      .waitFor();
    await on.agrees();
    await on.say('/support list all');
    const found = on.privately(/\d+ cases, \d+ to \d+/);
    const first = await found.getByRole('link', { name: /^Case \d+/ }).allInnerTexts();
    await found.getByRole('button', { name: /Older|Next|More/ }).click();
    await found.getByRole('button', { name: /Newer|Previous|Back/ }).waitFor();
    const second = await found.getByRole('link', { name: /^Case \d+/ }).allInnerTexts();
    assert.ok(second.length > 0 && second.every((each) => !first.includes(each)), `${first} and ${second}`);
    await found
      .getByRole('link', { name: /^Case \d+/ })
      .first()
      .click();
    await on
      .entry(second[0] ?? '')
      .first()
      .waitFor();
  });
}
