import assert from 'node:assert/strict';
import { STORY } from '../../../src/sandbox/story.js';
import type { Stage } from './stage.js';

/** What people do on both sides when nothing is wrong. */
export function conversationTests(stage: () => Stage): void {
  afterEach(() => stage().closePages());

  it('tells the opening story: three cases, three threads, whole and in agreement', async () => {
    const on = await stage().page();
    assert.match(await on.page.title(), /Casethread/);
    await on.page.getByRole('button', { name: '✓ 3 of 3 threads agree with AWS' }).waitFor();
    await on.agrees();
    assert.equal(await on.channel.locator('article[data-ts]').count(), 3);
    for (const id of Object.values(STORY)) {
      await on.aws.getByRole('row').filter({ hasText: id }).waitFor();
      await on.openThread(id);
      await on.standsOnce(`Case ${id}`);
    }
    // AWS's findings are too long for one message.
    await on.standsOnce(/AWS.*1 of \d/);
    await on.standsOnce(/AWS.*2 of \d/);
    await on.openThread(STORY.resolved);
    await on.standsOnce(/Resolved ·|Resolved by/);
  });

  it('shows a case that is created in the console as a thread with its text', async () => {
    const on = await stage().page();
    const { aws } = on;
    await aws.getByRole('button', { name: 'Create case' }).click();
    await aws.getByLabel('Service').selectOption('aws-lambda');
    await aws.getByLabel('Category').selectOption({ index: 1 });
    await aws.getByLabel('Severity').selectOption({ index: 1 });
    await aws.getByRole('textbox', { name: 'Subject' }).fill('Deployments hang <at 90%> & fail');
    await aws
      .getByRole('textbox', { name: 'Description' })
      .fill('Every *second* deployment hangs.\n\n  1. build\n  2. deploy <never ends>');
    await aws.getByRole('form').getByRole('button', { name: 'Create case' }).click();
    await aws.getByRole('heading', { name: 'Deployments hang <at 90%> & fail' }).waitFor();
    const [id = ''] = /\d{8,}/.exec(await aws.getByRole('navigation').innerText()) ?? [];

    await on.openThread(id);
    await on.standsOnce('Deployments hang <at 90%> & fail');
    await on.standsOnce('Every *second* deployment hangs.');
    const replies = on.thread.getByRole('log').locator('article[data-ts]');
    assert.match(
      await replies.nth(1).innerText(),
      /Every \*second\* deployment hangs\.\s+1\.\s+build\s+2\.\s+deploy <never ends>/,
    );
    await on.agrees();
  });

  it('takes a reply that is typed with the help of the keyboard to AWS, and tells the person', async () => {
    const subject = 'Queue grows overnight';
    const { on, id } = await stage().pageWithNew(subject);

    await on.composer.pressSequentially('/su');
    await on.slack.getByRole('listbox', { name: 'Commands' }).waitFor();
    await on.composer.press('Tab');
    await on.composer.pressSequentially('rep');
    await on.slack.getByRole('option', { name: /^reply/, selected: true }).waitFor();
    await on.composer.press('Enter');
    await on.composer.pressSequentially(id.slice(0, -1));
    await on.slack.getByRole('option', { name: id, selected: true }).waitFor();
    await on.composer.press('Tab');
    assert.equal(await on.composer.inputValue(), `/support reply ${id} `);
    await on.composer.pressSequentially('The restart helped, thank you.');
    await on.composer.press('Enter');

    await on.privately(`AWS has your reply on Case ${id}`).waitFor();
    assert.match(await on.said('The restart helped').innerText(), /Alice/);
    await on.standsOnce('The restart helped, thank you.');
    const entry = on.entry('The restart helped, thank you.');
    assert.match(await entry.innerText(), /Alice.*, from Slack.*The restart helped, thank you\.\s*⋯?$/s);
    assert.equal(await on.composer.inputValue(), '');
    await on.agrees();
  });

  it('shows what AWS answers in the thread that is open, without a reload', async () => {
    const subject = 'Metrics arrive late';
    const { on } = await stage().pageWithNew(subject);
    await on.replyAtAws('We see it, too, and look into it.', 'AWS engineer');
    await on.standsOnce(/AWS Support.*We see it, too, and look into it\./s);
    await on.agrees();
  });

  it('takes what is said to the bot in the thread to AWS; other talk and commands stay', async () => {
    const subject = 'Function is throttled';
    const { on, id } = await stage().pageWithNew(subject);
    await on.sayInThread('Shall we tell them about the deployment?');
    await on.standsOnce('Shall we tell them');
    await on.sayInThread('/support list');
    await on.thread.getByText('/support is not supported in threads. Sorry!').waitFor();
    assert.equal(await on.threadComposer.inputValue(), '/support list');

    await on.sayInThread('@casethread reply It began with the deployment.');
    await on.privately(`AWS has your reply on Case ${id}`).waitFor();
    await on.said('It began with the deployment.').waitFor();
    await on.standsOnce(/Alice.*from Slack.*It began with the deployment\./s);
    assert.equal(await on.said('Shall we tell them').count(), 0);
    await on.agrees();
  });

  it('takes a message and its file into the form, and what is sent there to AWS', async () => {
    const subject = 'Workers lose their leases';
    const { on, id } = await stage().pageWithNew(subject);
    const file = (name: string) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(`in ${name}`) });
    await on.thread.getByLabel('Files', { exact: true }).setInputFiles([file('worker.log')]);
    await on.sayInThread('@bob, this is the log.');
    const message = on.entry('this is the log.').first();
    await message.getByText('worker.log').waitFor();
    await message.hover();
    await message.getByRole('button', { name: 'More actions' }).click();
    await on.slack.getByRole('menuitem', { name: 'Send to AWS Support' }).click();

    const form = on.slack.getByRole('dialog', { name: 'Reply to AWS Support' });
    const box = form.getByRole('textbox', { name: 'Your reply (optional)' });
    await box.waitFor();
    assert.equal(await box.inputValue(), '@Bob Sample, this is the log.');
    await box.fill('Bob, this is the log of the worker.');
    await form.getByRole('button', { name: 'More room' }).click();
    await form.getByRole('textbox', { name: /^Your reply \(2\)/ }).fill('And this is the second box.');
    assert.equal(await box.inputValue(), 'Bob, this is the log of the worker.');
    assert.equal(await form.getByRole('checkbox', { name: /worker\.log/ }).isChecked(), true);
    await form.locator('input[type=file]').setInputFiles([file('dump.txt'), file('trace.txt')]);
    await form.getByRole('button', { name: 'Remove dump.txt' }).click();
    const copies = form.getByRole('textbox', { name: /^Copies/ });
    await copies.fill('nobody');
    await form.getByRole('button', { name: 'Send to AWS' }).click();
    await form.getByText('“nobody” is not an e-mail address.').waitFor();
    await form.getByText('trace.txt').waitFor();
    await copies.fill('ops@example.com');
    await form.getByRole('button', { name: 'Send to AWS' }).click();

    await on.privately(`AWS has your reply on Case ${id}`).waitFor();
    await form.waitFor({ state: 'detached' });
    assert.match(
      await on.said('the log of the worker').innerText(),
      /the log of the worker\.\s+And this is the second/,
    );
    await on.agrees();
  });
}
