import assert from 'node:assert/strict';
import type { FaultOptions } from '../../src/sandbox/aws/faults.js';
import { shownText } from '../../src/sandbox/slack/start-slack.js';
import { count, entries, onlyThread, toldTo } from '../world/reading.js';
import { ACCOUNT, ALICE, CHANNEL, startWorld, type World, type WorldOptions } from '../world/world.js';

const WORDS = 'The queue is stuck since 09:00 UTC.';
const SUBJECT = 'Queue stuck';

describe('flow: people open cases from Slack', () => {
  let world: World;
  afterEach(() => world.stop());

  const start = async (options: WorldOptions = {}) => {
    world = await startWorld(options);
  };
  const type = (text = 'create') =>
    world.slack.command(world.botUrl, { command: '/support', text, user: ALICE, channel: CHANNEL });
  /** The form that Alice has before her. */
  const top = () => {
    const view = world.slack.views.findLast((each) => each.user === ALICE && each.state === 'open');
    assert.ok(view, 'no form is open');
    return view;
  };
  const labels = () =>
    top().view.blocks.flatMap((block) => {
      const { label } = block as { label?: { text: string } };
      return label === undefined ? [] : [label.text];
    });
  const form = async () => {
    await type();
    await world.until(() => labels().includes('Service'), 'the form');
    return top();
  };
  const search = async (typed: string) => {
    const { options } = await world.slack.suggest(world.botUrl, {
      view: top(),
      actionId: 'create_service',
      typed,
      user: ALICE,
    });
    return options as { text: { text: string }; value: string }[];
  };
  /** Chooses a service, and then sees its categories. */
  const choose = async (typed: string) => {
    const [service] = await search(typed);
    assert.ok(service);
    await world.slack.click(world.botUrl, {
      view: top(),
      actionId: 'create_service',
      selectedOption: service,
      user: ALICE,
    });
    return service;
  };
  const FILLED = { create_category: 'performance', subject: SUBJECT, 'text-1': { text: WORDS } };
  const submit = (values: Parameters<World['slack']['submitView']>[1]['values'] = FILLED) =>
    world.slack.submitView(world.botUrl, { view: top(), user: ALICE, values });
  const send = async (values?: Parameters<typeof submit>[0]) => {
    await form();
    await choose('sqs');
    return submit(values);
  };
  const told = (part: string) =>
    world.until(() => toldTo(world.slack, ALICE).some((text) => text.includes(part)), `"${part}"`);
  const attempts = () => world.aws.callsOf('CreateCase').filter(({ input }) => input.dryRun !== true);
  const fault = (options: FaultOptions) =>
    world.aws.fault('CreateCase', { ...options, when: ({ input }) => input.dryRun !== true });
  /** One case at AWS, one thread, which names Alice, and she knows. */
  const openedOnce = async (part = 'AWS has your case: ') => {
    await told(part);
    await world.bridge.idle();
    await world.until(() => onlyThread(world.slack).texts.length === 1, 'the thread');
    assert.equal(world.aws.cases().length, 1);
    const [entry] = onlyThread(world.slack).texts;
    assert.match(entry ?? '', /^Alice Example, from Slack · .*\nThe queue is stuck since 09:00 UTC\.$/);
    assert.equal(count(toldTo(world.slack, ALICE), 'AWS has your case'), 1);
  };

  it('opens the form before it asks AWS for anything', async () => {
    await start();
    const asked = world.aws.fault('*', {
      kind: 'hold-before',
      when: ({ operation }) => /Services/.test(operation),
    });
    const { body } = await type();
    assert.equal(body, '');
    assert.match(JSON.stringify(top().view.blocks), /I am asking AWS/);
    asked.release();
    await world.until(() => labels().includes('Severity'), 'the form');
    // From now on the choices are known.
    const before = world.aws.calls.length;
    await type();
    assert.ok(labels().includes('Severity'));
    assert.equal(world.aws.calls.length, before);
  });

  it('says in the form why there is nothing to choose from', async () => {
    await start();
    world.aws.account(ACCOUNT).plan = 'none';
    await type();
    await world.until(() => /no support plan/.test(JSON.stringify(top().view.blocks)), 'the reason');
  });

  it('finds services as one types, and shows the categories of the one that is chosen', async () => {
    await start();
    await form();
    const names = async (typed: string) => (await search(typed)).map(({ text }) => text.text);
    assert.deepEqual(await names('ec2'), [
      'Elastic Compute Cloud (EC2 - Linux)',
      'Elastic Compute Cloud (EC2 - Windows)',
      'Elastic Container Service (ECS)',
    ]);
    assert.deepEqual(await names('POSTGRES'), ['Relational Database Service (PostgreSQL)']);
    assert.deepEqual(await names('no such thing'), []);
    assert.ok((await names('')).length > 40);
    assert.ok(!labels().includes('Category'));
    await choose('postgres');
    assert.deepEqual(labels().slice(0, 3), ['Service', 'Category', 'Kind of support']);
    assert.match(JSON.stringify(top().view.blocks), /Connectivity/);
    await choose('billing');
    assert.doesNotMatch(JSON.stringify(top().view.blocks), /Connectivity/);
    assert.match(JSON.stringify(top().view.blocks), /Billing Question/);
  });

  it('offers the severities of the plan by both names, and the languages of such a case', async () => {
    await start();
    world.aws.account(ACCOUNT).plan = 'old-business';
    await form();
    const shown = () => JSON.stringify(top().view.blocks);
    assert.match(shown(), /Production system down \(Urgent\)/);
    assert.match(shown(), /first within 1 hour/);
    assert.doesNotMatch(shown(), /Business-critical/);
    assert.match(shown(), /Turkish/);
    await choose('sqs');
    const options = { view: top(), actionId: 'create_category', selectedOption: 'performance', user: ALICE };
    await world.slack.click(world.botUrl, options);
    assert.doesNotMatch(shown(), /Turkish/);
    assert.match(shown(), /Japanese/);
  });

  it('chooses anew, for each service, for whom the case is, and a language that AWS has for it', async () => {
    await start();
    await form();
    const chosen = (block: string) => {
      const found = top().view.blocks.find(({ block_id }) => String(block_id).startsWith(`${block}:`));
      const { element } = found as { element: { initial_option?: { value: string } } };
      return { block: found?.block_id, value: element.initial_option?.value };
    };
    const pick = (actionId: string, selectedOption: string, values = {}) =>
      world.slack.click(world.botUrl, { view: top(), actionId, selectedOption, user: ALICE, values });
    await choose('sqs');
    assert.equal(chosen('issue').value, 'technical');
    await pick('create_issue_type', 'customer-service');
    assert.equal(chosen('issue').value, 'customer-service');
    const before = chosen('issue').block;
    await choose('billing');
    assert.equal(chosen('issue').value, 'customer-service');
    await choose('lambda');
    assert.equal(chosen('issue').value, 'technical');
    // Under the name that it had, Slack would leave in it what was chosen before.
    assert.notEqual(chosen('issue').block, before);
    await pick('create_issue_type', 'customer-service', { language: 'tr' });
    assert.equal(chosen('language').value, 'tr');
    await pick('create_category', 'performance', { language: 'tr' });
    assert.equal(chosen('language').value, 'tr');
    await pick('create_issue_type', 'technical', { language: 'tr' });
    assert.equal(chosen('language').value, 'en');
  });

  it('begins with what was typed behind the command as the subject', async () => {
    await start();
    const initial = (block: string) => {
      const found = top().view.blocks.find(({ block_id }) => block_id === block);
      return (found as { element?: { initial_value?: string } } | undefined)?.element?.initial_value;
    };
    await type('create Lambda <slow> & broken');
    await world.until(() => labels().includes('Subject'), 'the form');
    assert.equal(initial('subject'), 'Lambda <slow> & broken');
    assert.equal(initial('text-1'), undefined);
    // From now on the choices are known.
    const long = 'word '.repeat(70).trim();
    await type(`create ${long}`);
    assert.match(initial('subject') ?? '', /^word word .*…$/);
    assert.equal(initial('text-1'), long);
  });

  it('opens one case with exactly what was typed, in one thread that names the person', async () => {
    await start();
    const values = {
      ...FILLED,
      severity: 'high',
      language: 'ja',
      cc: { cc: 'ops@example.com, a@example.com' },
    };
    const { body } = await send(values);
    assert.equal(body, '');
    await told('Opening your case “Queue stuck”');
    await openedOnce();
    const [only] = world.aws.cases();
    assert.equal(only?.subject, SUBJECT);
    assert.equal(only?.serviceCode, 'amazon-simple-queue-service');
    assert.equal(only?.categoryCode, 'performance');
    assert.equal(only?.severityCode, 'high');
    assert.equal(only?.language, 'ja');
    assert.equal(only?.issueType, 'technical');
    assert.deepEqual(only?.ccEmailAddresses, ['ops@example.com', 'a@example.com']);
    assert.match(
      only?.communications[0]?.body ?? '',
      /^The queue is stuck since 09:00 UTC\.\n\n— Alice Example, via Slack · ref [a-z0-9]{10}$/,
    );
    const link = world.slack.ephemerals.find((each) => each.text.includes('AWS has your case'))?.text;
    assert.match(link ?? '', /<https:\/\/acme\.slack\.com\/archives\/C0CASES0001\/p\d+\|Case \d+>/);
    // AWS was asked whether it would take the case without being given what the case says.
    const [asked] = world.aws.callsOf('CreateCase');
    assert.equal(asked?.input.dryRun, true);
    assert.doesNotMatch(String(asked?.input.communicationBody), /stuck/);
  });

  it('gives AWS the files of the form with the case', async () => {
    await start();
    const file = world.slack.upload(ALICE, { name: 'trace.log', data: Buffer.from('line 1\nline 2\n') });
    await send({ ...FILLED, files: { files: [file.id] } });
    await told('AWS has your case: ');
    const [only] = world.aws.cases();
    assert.deepEqual(
      only?.communications[0]?.attachments.map(({ fileName }) => fileName),
      ['trace.log'],
    );
  });

  it('joins the boxes of a long text, and says how long one may be', async () => {
    await start();
    await form();
    await choose('sqs');
    const more = {
      view: top(),
      actionId: 'create_more_room',
      user: ALICE,
      values: { 'text-1': { text: WORDS } },
    };
    await world.slack.click(world.botUrl, more);
    await world.slack.click(world.botUrl, { ...more, view: top() });
    const three = (text: string) => ({ 'text-1': { text }, 'text-2': { text }, 'text-3': { text } });
    await submit({ ...FILLED, ...three('x'.repeat(3_000)) });
    assert.match(top().errors['text-1'] ?? '', /9,002 characters/);
    await submit({ ...FILLED, ...three('y'.repeat(2_000)) });
    await told('AWS has your case: ');
    assert.equal(world.aws.cases()[0]?.communications[0]?.body.split('\n\n—')[0]?.length, 6_002);
  });

  it('shows under its input what is wrong, and sends nothing', async () => {
    await start();
    await send({
      create_category: 'performance',
      subject: '   ',
      'text-1': { text: ' ' },
      cc: { cc: 'nobody' },
    });
    assert.deepEqual(Object.keys(top().errors).sort(), ['cc', 'subject', 'text-1']);
    assert.equal(world.aws.callsOf('CreateCase').length, 0);
  });

  it('shows in the form what AWS says against the case, and keeps what was typed', async () => {
    await start();
    const refuse = (message: string) =>
      world.aws.fault('CreateCase', { kind: 'error', name: 'ValidationException', message });
    refuse('Subject is not allowed to be in capitals.');
    await send({ ...FILLED, severity: 'high' });
    assert.match(top().errors.subject ?? '', /not allowed to be in capitals/);
    refuse('The account is on hold.');
    await submit({ ...FILLED, severity: 'high' });
    const shown = JSON.stringify(top().view.blocks);
    assert.match(shown, /AWS would not open this case.*The account is on hold/);
    for (const typed of [WORDS, SUBJECT]) assert.ok(shown.includes(typed), typed);
    assert.match(shown, /"initial_option":\{"text":\{"type":"plain_text","text":"Production system impaired/);
    assert.equal(attempts().length, 0);
    await submit();
    await openedOnce();
  });

  it('asks about a secret over the form, which is there again, filled, when the person goes back', async () => {
    await start();
    const card = 'my card 4111 1111 1111 1111';
    const leaky = { ...FILLED, subject: `Bill of ${card}`, 'text-1': { text: `It is ${card}.` } };
    await send(leaky);
    const form = () => world.slack.views.find(({ view }) => view.callback_id === 'create_form');
    const question = () => {
      const view = top();
      assert.equal(view.view.callback_id, 'secrets_form');
      return view;
    };
    assert.match(shownText(question().view), /card number, Subject: .*\ncard number, line 1: /);
    assert.match(shownText(question().view), /Your text for a new case was not sent yet/);
    await world.slack.closeView(world.botUrl, { view: question(), user: ALICE });
    assert.equal(top().id, form()?.id);
    // Sent again as it was, they are asked again.
    await submit(leaky);
    const keep = { view: question(), user: ALICE, values: { secrets_choice: 'keep' } };
    await world.slack.submitView(world.botUrl, keep);
    assert.equal(top().id, form()?.id);
    assert.equal(world.slack.ephemerals.length, 0);
    assert.equal(attempts().length, 0);
    await submit();
    await openedOnce();
    assert.equal(world.aws.cases()[0]?.subject, SUBJECT);
  });

  it('opens the case without the secrets of the text that was sent last', async () => {
    await start();
    const leaky = (text: string) => ({
      ...FILLED,
      'text-1': { text: `${text} My card: 4111 1111 1111 1111.` },
    });
    await send(leaky('First.'));
    const first = top();
    await world.slack.closeView(world.botUrl, { view: first, user: ALICE });
    const closed = world.slack.lastRequest;
    assert.ok(closed);
    await submit(leaky('Second.'));
    // What is late from the first question settles nothing.
    await world.slack.resend(closed);
    const second = top();
    assert.notEqual(second.view.private_metadata, first.view.private_metadata);
    await world.slack.submitView(world.botUrl, { view: second, user: ALICE });
    await told('Opening your case at AWS, with notes in the place');
    await told('AWS has your case: ');
    assert.match(
      world.aws.cases()[0]?.communications[0]?.body ?? '',
      /^Second\. My card: \[removed: card …1111\]\./,
    );
    assert.equal(world.slack.views.filter(({ state }) => state === 'open').length, 0);
  });

  it('is one case when the form is sent twice', async () => {
    await start();
    await send();
    const request = world.slack.lastRequest;
    assert.ok(request);
    await world.slack.resend(request);
    await openedOnce();
    await world.slack.resend(request);
    await world.bridge.idle();
    assert.equal(attempts().length, 1);
  });

  it('shows AWS nothing of a subject that the person is to be asked about', async () => {
    await start();
    await send({ ...FILLED, subject: 'Card 4111 1111 1111 1111 refused' });
    assert.match(JSON.stringify(top().view.blocks), /holds what looks like a card number/);
    assert.equal(world.aws.callsOf('CreateCase').length, 1);
    assert.doesNotMatch(JSON.stringify(world.aws.calls.map(({ input }) => input)), /4111/);
    await submit({ secrets_choice: 'remove' });
    await openedOnce();
  });

  it('asks again when a form with a secret is sent twice because the question was lost', async () => {
    await start();
    const leaky = { ...FILLED, 'text-1': { text: `${WORDS} DB_PASSWORD=hunter2` } };
    await send(leaky);
    const request = world.slack.lastRequest;
    assert.ok(request);
    const { body } = await world.slack.resend(request);
    assert.match(body, /"response_action":"push".*holds what looks like a password/);
    await submit({ secrets_choice: 'remove' });
    await told('AWS has your case');
    assert.equal(attempts().length, 1);
    assert.match(String(attempts()[0]?.input.communicationBody), /DB_PASSWORD=\[removed: password\]/);
  });

  it('takes the form although AWS does not answer, and opens the case when it does', async () => {
    await start();
    const away = world.aws.fault('CreateCase', {
      kind: 'hangup-before',
      when: ({ input }) => input.dryRun === true,
    });
    const busy = fault({ kind: 'throttle', times: 2 });
    await send();
    assert.equal(away.hits, 1);
    await told('I keep trying');
    busy.cancel();
    await openedOnce();
  });

  it('says that ten cases an hour is all, and gives the words back', async () => {
    await start();
    fault({ kind: 'error', name: 'CaseCreationLimitExceeded' });
    await send();
    await told('was not opened. This AWS account has opened as many cases within an hour as AWS allows');
    const back = world.slack.ephemerals.findLast((each) => shownText(each).includes('was not opened'));
    assert.ok(back && shownText(back).includes(WORDS));
    assert.equal(world.aws.cases().length, 0);
    await world.slack.click(world.botUrl, { ephemeral: back, actionId: 'outbox_send_again', user: ALICE });
    await openedOnce();
  });

  it('is found, told and shown once when the answer is lost and no event comes', async () => {
    await start({ bridge: false });
    fault({ kind: 'hangup-after' });
    await send();
    await told('did not confirm');
    await openedOnce();
    assert.equal(attempts().length, 1);
  });

  it('is bound to its case when the event comes before the answer', async () => {
    await start();
    const held = fault({ kind: 'hold-after' });
    await send();
    await held.reached;
    // The thread is there, with the person's name and without the stamp, while AWS has not answered yet.
    await world.until(() => entries(world.slack)[0]?.length === 1, 'the thread');
    assert.match(entries(world.slack)[0]?.[0] ?? '', /^Alice Example, from Slack/);
    held.release();
    await openedOnce();
    assert.equal(count(toldTo(world.slack, ALICE), 'did not confirm'), 0);
  });

  it('comes back when it is nowhere, and goes out once more on a click', async () => {
    await start();
    fault({ kind: 'hangup-before' });
    await send();
    await told('there is no such case');
    const back = world.slack.ephemerals.findLast((each) => shownText(each).includes('there is no such case'));
    assert.ok(back && shownText(back).includes(WORDS));
    assert.equal(world.aws.cases().length, 0);
    const click = { ephemeral: back, actionId: 'outbox_send_again', user: ALICE };
    await Promise.all([world.slack.click(world.botUrl, click), world.slack.click(world.botUrl, click)]);
    await openedOnce();
    assert.equal(attempts().length, 2);
  });

  it('tells the person when it shows up after it came back, and does not open it again', async () => {
    await start();
    fault({ kind: 'hangup-before' });
    await send();
    await told('there is no such case');
    const body = String(attempts()[0]?.input.communicationBody);
    world.aws.openCase({ subject: SUBJECT, body, service: 'amazon-simple-queue-service', category: 'other' });
    await openedOnce('AWS has your case after all: ');
    const back = world.slack.ephemerals.findLast((each) => shownText(each).includes('there is no such case'));
    assert.ok(back);
    await world.slack.click(world.botUrl, { ephemeral: back, actionId: 'outbox_send_again', user: ALICE });
    assert.equal(attempts().length, 1);
  });

  for (const [when, hold] of [
    ['before AWS has it', 'hold-before'],
    ['after AWS has it', 'hold-after'],
  ] as const) {
    it(`is one case when the bot is stopped while it is sent, ${when}`, async () => {
      await start({ timing: { leaseMs: 400 } });
      const held = fault({ kind: hold });
      await send();
      await held.reached;
      const stopped = world.restart();
      held.release();
      await stopped;
      await openedOnce();
      assert.equal(attempts().length, 1);
    });
  }

  it('says in a thread that the command opens cases', async () => {
    await start();
    world.aws.openCase({ subject: 'Broken', body: 'It is broken.' });
    await world.until(() => onlyThread(world.slack).texts.length === 1, 'the thread');
    const text = `<@${world.slack.app.botUser}> create`;
    await world.slack.mention(world.botUrl, {
      user: ALICE,
      channel: CHANNEL,
      text,
      threadTs: onlyThread(world.slack).card.ts,
    });
    await told('/support create');
  });

  it('takes the services of earlier cases first when nothing is typed', async () => {
    await start();
    world.aws.openCase({ subject: 'A', body: 'B', service: 'aws-waf', category: 'performance' });
    await world.until(() => onlyThread(world.slack).texts.length === 1, 'the thread');
    await form();
    await world.until(async () => (await search(''))[0]?.value === 'aws-waf', 'it to be the first');
  });
});
