import assert from 'node:assert/strict';
import { STORY } from '../../../src/sandbox/story.js';
import type { OnPage } from './on-page.js';
import type { Stage } from './stage.js';

/** The subjects of the cases. Whoever takes these over is told directly of what AWS says. */
const ON_CARDS = {
  card: 'Queue is not emptied',
  long: 'Index is rebuilt each night',
  guard: 'Key is refused',
  files: 'Dump cannot be read',
  taken: 'Alarm rings too late',
  linked: 'Pipe is *slow*',
} as const;

/** What people do for a case with its card and in its thread. */
export function cardTests(stage: () => Stage): void {
  afterEach(() => stage().closePages());

  it('shows on the card how the case stands, acts by its buttons, and keeps quiet when it is resolved', async () => {
    const { on, id } = await stage().pageWithNew(ON_CARDS.card);
    const card = on.card(id);
    // Until AWS has said what its services are called, the card has their codes.
    await card.getByText('Service: Lambda').waitFor();
    const words = await card.innerText();
    assert.match(
      words,
      /Queue is not emptied.*Waiting for AWS.*First answer from AWS due.*Production system/s,
    );
    assert.match(words, /Service: Lambda.*Opened: .*Last word: /s);
    await on.cardMenu(id, 'Who is on this');
    await on.privately(/Who is on Case .*nobody yet/s).waitFor();

    await card.getByRole('button', { name: 'Resolve', exact: true }).click();
    await on.slack.getByRole('button', { name: 'Leave it open' }).click();
    await card.getByRole('button', { name: 'Resolve', exact: true }).click();
    await on.slack.getByRole('dialog').getByRole('button', { name: 'Resolve', exact: true }).click();
    await on.hasStatus('Resolved');
    await on.standsOnce(/Resolved by Alice/);
    await card.getByText('Reopen by replying').waitFor();
    assert.deepEqual(await card.getByRole('button', { name: /^(Reply|Resolve|I'll take it)$/ }).all(), []);
    await on.agrees();
  });

  it('stands below a link to it that somebody pastes', async () => {
    const { on, id } = await stage().pageWithNew(ON_CARDS.linked);
    const said = on.channel.locator('article[data-ts]').filter({ hasText: 'Who knows this' });
    const link = `https://console.aws.amazon.com/support/home#/case/?displayId=${id}&language=en`;
    await on.say(`Who knows this? ${link}`);
    const below = said.locator('.slk-unfurl');
    await below.waitFor();
    const words = await below.innerText();
    assert.match(
      words,
      new RegExp(`Case ${id}\\s+Pipe is \\*slow\\*\\s+Waiting for AWS · .*\\s+Last word: `),
    );
    await below.getByRole('link', { name: `Case ${id}` }).waitFor();
  });

  it('lays out lists, tables and links, folds the mail that is quoted, and has the file of AWS', async () => {
    const on = await stage().page();
    const guide = on.page.getByRole('region', { name: 'Guide' });
    await guide.getByRole('button', { name: 'Step 2' }).click();
    await guide.getByRole('button', { name: 'Show me where' }).click();
    await guide.getByText('There it is.').waitFor();
    const pointedAt = on.slack.locator('button:focus');
    assert.equal(await pointedAt.innerText(), 'Reply');

    await on.openThread(STORY.waitingForUs);
    const zone = on.thread.locator('pre').filter({ hasText: 'nat-01d9f3a7c20be4816' });
    assert.match(await zone.innerText(), /^Zone +NAT gateway +Invocations.*us-east-1d/s);
    const link = on.thread.getByRole('link', { name: /nat-gateway-basics\.html$/ });
    assert.equal(await link.getAttribute('href'), await link.innerText());
    await has(on, 'nat-0f37b8c1d92e4a605.log', /ErrorPortAllocation\n.*active=\d+/);

    await on.openThread(STORY.waitingForAws);
    assert.match(
      await on.card(STORY.waitingForAws).innerText(),
      /First answer from AWS after 1 h 12 min, 12 min late/,
    );
    const questions = on.entry('To exclude a cause').first().getByRole('list');
    assert.equal(await questions.getByRole('listitem').count(), 2);
    const answer = on.entry('find this reassuring');
    assert.doesNotMatch(await answer.innerText(), /wrote:/);
    await answer.getByRole('button', { name: 'Show quoted text' }).click();
    const quoted = on.privately('Quoted text').locator('blockquote');
    await quoted.getByText('Thank you for contacting AWS Support.').waitFor();
  });

  it('takes a text of more than one box from the form of the card', async () => {
    const { on, id } = await stage().pageWithNew(ON_CARDS.long);
    const form = await on.replyForm(id);
    const first = `Part one. ${'The index is rebuilt. '.repeat(135)}`.trim();
    await form.getByRole('textbox', { name: /^Your reply/ }).fill(first);
    await form.getByRole('button', { name: 'More room' }).click();
    await form
      .getByRole('textbox', { name: /^Your reply \(2\)/ })
      .fill(`${'And again. '.repeat(60)}The end.`);
    await form.getByRole('button', { name: 'Send to AWS' }).click();
    await on.privately(`AWS has your reply on Case ${id}`).waitFor();
    const said = await on.said('Part one.').innerText();
    assert.match(said, /The index is rebuilt\.\s+And again\./);
    await on.entry('The end.').waitFor();
    await on.agrees();
  });

  it('asks in the form before a secret goes to AWS, and sends it without', async () => {
    const { on, id } = await stage().pageWithNew(ON_CARDS.guard);
    const form = await on.replyForm(id);
    const secret = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
    await form
      .getByRole('textbox', { name: /^Your reply/ })
      .fill(`We use this:\naws_secret_access_key = ${secret}`);
    await form.getByRole('button', { name: 'Send to AWS' }).click();
    const asked = on.slack.getByRole('dialog', { name: 'Send a secret?' });
    await asked.getByText('AWS secret key, line 2').waitFor();
    assert.doesNotMatch(await asked.innerText(), new RegExp(secret));
    await asked.getByRole('radio', { name: /Remove and send/ }).check();
    await asked.getByRole('button', { name: 'Continue' }).click();
    await on.privately(`AWS has your reply on Case ${id}`).waitFor();
    assert.match(await on.said('We use this:').innerText(), /\[removed: AWS secret key\]/);
    await on.agrees();
  });

  it('takes a file to AWS, and shows one of AWS in the thread', async () => {
    const { on, id } = await stage().pageWithNew(ON_CARDS.files);
    const form = await on.replyForm(id);
    await form.getByRole('textbox', { name: /^Your reply/ }).fill('Here is the head of the dump.');
    await form.locator('input[type=file]').setInputFiles([on.textFile('dump.sql', 'CREATE TABLE orders;')]);
    await form.getByRole('button', { name: 'Send to AWS' }).click();
    await on.said('Here is the head').getByText('dump.sql').waitFor();

    await on.aws.getByRole('radio', { name: 'Reply as AWS engineer' }).check();
    await on.aws
      .locator('input[type=file]')
      .setInputFiles([on.textFile('repair.sh', 'psql --file dump.sql')]);
    await on.replyAtAws('Please try this.', 'AWS engineer');
    await on.standsOnce('Please try this.');
    await has(on, 'repair.sh', /^psql --file dump\.sql$/);
    await on.agrees();
  });

  it('tells the owner directly when AWS answers, by the button and by a reaction; Home marks the case', async () => {
    const { on, id } = await stage().pageWithNew(ON_CARDS.taken);
    await on.card(id).getByRole('button', { name: "I'll take it" }).click();
    await on.card(id).getByText('Alice Example').waitFor();
    const guide = on.page.getByRole('region', { name: 'Guide' });
    await guide.getByRole('button', { name: 'Step 3, done' }).waitFor();
    await on.replyAtAws('Which alarm is it?', 'AWS engineer');
    await guide.getByRole('button', { name: 'Step 4, done' }).waitFor();
    await on.goTo('Casethread');
    const told = on.channel.locator('article[data-ts]').filter({ hasText: `Case ${id}` });
    await told.getByText('AWS Support answered').waitFor();
    await told
      .getByRole('button', { name: 'Open the thread' })
      .or(told.getByRole('link', { name: 'Open the thread' }))
      .click();
    await on.standsOnce('Which alarm is it?');

    await on.goTo('Home');
    const home = on.slack.getByRole('region', { name: 'Casethread Home' });
    await home.getByText(/Waiting for us \(\d+\)/).waitFor();
    assert.match(await home.innerText(), new RegExp(`Case ${id} · \\S+ yours · Alarm rings too late`));

    await on.goTo('aws-cases');
    await on.slack.getByRole('combobox', { name: 'You are' }).selectOption({ label: 'Bob Sample' });
    await on.card(id).hover();
    await on.card(id).getByRole('button', { name: 'React with :eyes:' }).click();
    await on.card(id).getByText('Owned by: Bob Sample').waitFor();
    await on.agrees();
  });
}

/** The file is in the open thread, and holds this. */
async function has(on: OnPage, name: string, text: RegExp): Promise<void> {
  const link = on.thread.getByRole('link', { name });
  const address = await link.evaluate((each) => (each as unknown as { href: string }).href);
  const answer = await on.page.request.get(address);
  assert.match(await answer.text(), text);
}
