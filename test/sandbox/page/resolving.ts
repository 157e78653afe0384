import assert from 'node:assert/strict';
import type { Stage } from './stage.js';

const RESOLVED = {
  command: 'Bucket policy is refused',
  menu: 'Table scan costs too much',
  console: 'Certificate is not renewed',
} as const;

/** How people resolve and reopen, on either side. */
export function resolvingTests(stage: () => Stage): void {
  afterEach(() => stage().closePages());

  it('resolves by command; a reply by the customer reopens', async () => {
    const { on, id } = await stage().pageWithNew(RESOLVED.command);
    await on.say(`/support resolve ${id}`);
    await on.privately(`Case ${id} is resolved`).waitFor();
    await on.hasStatus('Resolved');
    await on.standsOnce(/Resolved by Alice/);

    await on.aws.getByRole('button', { name: 'Reopen case' }).click();
    await on.replyAtAws('It is refused again.', 'customer in the console');
    await on.hasStatus('Reopened');
    await on.standsOnce('It is refused again.');
    await on.standsOnce(/Reopened by JaneDoe \(AdminRole\), in the AWS console ·/);
    await on.aws.getByRole('button', { name: 'Resolve case' }).waitFor();
    await on.agrees();
  });

  it('resolves by the menu of open cases, when that is confirmed', async () => {
    const { on, id } = await stage().pageWithNew(RESOLVED.menu);
    await on.say('/support resolve');
    const menu = on.privately('Which case do you want to resolve?');
    const pick = async () => {
      await menu.getByRole('combobox', { name: 'Open cases' }).click();
      await on.page.keyboard.type(id);
      await on.page.getByRole('option', { name: id }).click();
    };
    await pick();
    await on.page.getByRole('button', { name: 'Leave it open' }).click();
    assert.equal(await on.aws.getByRole('button', { name: 'Resolve case' }).count(), 1);
    await pick();
    await on.page.getByRole('dialog').getByRole('button', { name: 'Resolve', exact: true }).click();
    await on.hasStatus('Resolved');
    await on.standsOnce(/Resolved by Alice/);
    await on.agrees();
  });

  it('shows in the thread that the console resolved, and soon who it was', async () => {
    const { on, id } = await stage().pageWithNew(RESOLVED.console);
    await on.aws.getByRole('combobox', { name: 'Signed in as' }).selectOption('AikoTanaka');
    await on.aws.getByRole('button', { name: 'Resolve case' }).click();
    await on.standsOnce(/Resolved ·/);
    await on.card(id).filter({ hasText: 'Reopen by replying' }).waitFor();
    await on.agrees();
    await on.standsOnce(
      /Resolved by AikoTanaka \(CheckoutTeam\), in the AWS console · .* · from 198\.51\.100\.23/,
    );
    assert.equal(await on.entry(/Resolved ·/).count(), 0);
    await on.agrees();
  });
}
