import assert from 'node:assert/strict';
import { linksOf, mentionsOf } from '../../src/sandbox/slack/start-slack.js';
import { onlyThread, toldTo } from '../world/reading.js';
import { ALICE, CHANNEL, startWorld, type World } from '../world/world.js';

describe('flow: the slash command', () => {
  let world: World;
  beforeEach(async () => {
    world = await startWorld();
  });
  afterEach(() => world.stop());

  /** What the person sees right after typing. */
  const typed = async (text: string, command = '/support'): Promise<string> => {
    const delivery = await world.slack.command(world.botUrl, {
      command,
      text,
      user: ALICE,
      channel: CHANNEL,
    });
    assert.equal(delivery.failed, undefined);
    return toldTo(world.slack, ALICE).at(-1) ?? '';
  };

  for (const [text, expected] of [
    ['', /\/support reply <case> <text>/],
    ['help', /\/support list/],
    ['HELP', /\/support list/],
    ['replay 1234563851 x', /Did you mean \/support reply\?/],
    ['dance', /I don't know “dance”/],
    ['constructor', /I don't know “constructor”/],
    ['<!channel>', /I don't know/],
    ['reply', /Which case\? Type \/support reply <case> <text>/],
    ['reply please look', /“please” is not a case/],
    ['show', /Which case\?/],
    ['show 1234563851', /I find no case “1234563851” that you may read/],
    ['resolve case-111122223333-muen-2022-0000', /I find no case/],
    ['resolve', /no open case/],
    ['list', /no open cases/],
    ['list all', /no cases yet/],
    ['list closed', /open, resolved or all cases, not “closed”/],
    ['list open please', /open, resolved or all cases, not “open please”/],
    ['list All.', /no cases yet/],
    ['show <case>', /Put its number in the place of <case>, for example \/support show 1234563851/],
    ['a<b>&c', /I don't know “a<b>&c”/],
    ['show a<b>&amp;c', /“a<b>&amp;c” is not a case/],
    ['show Case 1234563851', /I find no case “1234563851” that you may read/],
    ['show case', /Put its number/],
    ['resolve 1234563851 not yet!', /takes a case and nothing behind it, so nothing was done.*not yet!/s],
    ['show case #1234563851 now', /Type \/support show #1234563851 alone.*now/s],
    ['search words', /No case that I know holds “words”/],
    [
      'show https://acme.slack.com/archives/C0CASES0001/p1700000000000100',
      /does not lead to the thread of a case/,
    ],
  ] as const) {
    it(`"${text}" is answered with what to do`, async () => {
      assert.match(await typed(text), expected);
      const last = world.slack.ephemerals.at(-1);
      assert.ok(last);
      assert.deepEqual(mentionsOf(last), []);
    });
  }

  it('goes by whatever name the workspace gives it', async () => {
    assert.match(await typed('help', '/awscases'), /\/awscases reply <case> <text>/);
  });

  it('lists cases, newest activity first, in pages', async () => {
    const { aws, slack, until, botUrl } = world;
    const began = Date.now() - 3_600_000;
    for (let i = 0; i < 12; i++) {
      aws.openCase({ subject: `Case ${i} & <more>`, body: 'x', at: began + i * 60_000 });
    }
    await until(() => slack.threads(CHANNEL).length === 12, 'twelve threads');
    await until(() => slack.threads(CHANNEL).every(({ replies }) => replies.length === 1), 'their entries');
    const first = await typed('list');
    assert.match(first, /12 open cases, 1 to 10/);
    assert.ok(first.indexOf('Case 11 & <more>') < first.indexOf('Case 2 & <more>'));
    const page = slack.ephemerals.at(-1);
    assert.ok(page);
    assert.ok(
      linksOf(page).every((link) => link.startsWith('https://acme.slack.com/archives/C0CASES0001/p')),
    );
    await slack.click(botUrl, { ephemeral: page, actionId: 'list_page:older', user: ALICE });
    await until(
      () => /11 to 12[\s\S]*Case 1 &[\s\S]*Case 0 &/.test(toldTo(slack, ALICE).at(-1) ?? ''),
      'page two',
    );
    assert.match(await typed('list resolved'), /no resolved cases/);
  });

  it('shows one case as it stands at AWS now, with its latest communication whole', async () => {
    const { aws, slack, until } = world;
    const { caseId, displayId } = aws.openCase({ subject: 'To show', body: 'Opening.' });
    await until(() => onlyThread(slack).texts.length === 1, 'the thread');
    aws.reply(caseId, { from: 'aws', body: `${'word '.repeat(1_500)}end`, silent: true });
    await typed(`show ${displayId}`);
    await until(() => toldTo(slack, ALICE).at(-1)?.includes('word end'), 'the last part');
    const shown = toldTo(slack, ALICE).join('\n');
    assert.match(shown, /To show[\s\S]*Waiting for us ·/);
    assert.equal(shown.match(/\bword\b/g)?.length, 1_500);
  });

  it('says what to do next when AWS does not say how a case stands', async () => {
    const { aws, slack, until } = world;
    const { displayId } = aws.openCase({ subject: 'Busy', body: 'Opening.' });
    await until(() => onlyThread(slack).texts.length === 1, 'the thread');
    aws.fault('DescribeCases', { kind: 'throttle', times: 100 });
    await typed(`show ${displayId}`);
    await until(
      () => /messages cannot be read now\. .*Try again in a minute\./.test(toldTo(slack, ALICE).join()),
      'words',
    );
  });

  it('asks which one when a display id is that of several cases', async () => {
    const { aws, slack, until } = world;
    const one = aws.openCase({ subject: 'One', body: 'x', displayId: '5555555555' });
    const two = aws.openCase({ subject: 'Two', body: 'x', displayId: '5555555555' });
    await until(() => slack.threads(CHANNEL).length === 2, 'both threads');
    const said = await typed('reply 5555555555 which?');
    assert.match(said, /more than one case, so nothing was done yet\. Which one do you mean\?/);
    assert.ok(said.includes(one.caseId) && said.includes(two.caseId));
  });

  it('gives a refused reply back with its text', async () => {
    assert.match(
      await typed('reply 1234563851 Words worth keeping.'),
      /I find no case[\s\S]*Words worth keeping\./,
    );
    assert.match(await typed('reply that thing'), /“that” is not a case[\s\S]*that thing/);
    assert.match(await typed('reply case of a < b'), /Put its number[\s\S]*case of a < b/);
  });

  it('resolves nothing when words stand behind the case, and takes a case as cards name it', async () => {
    const { aws, slack, until } = world;
    const { caseId, displayId } = aws.openCase({ subject: 'To resolve', body: 'Opening.' });
    await until(() => onlyThread(slack).texts.length === 1, 'the thread');
    for (const text of [`resolve ${displayId} please`, `resolve Case ${displayId} tomorrow`])
      assert.match(await typed(text), new RegExp(`Type /support resolve ${displayId} alone`));
    assert.match(await typed(`reply Case ${displayId} It is back.`), /Sending your reply/);
    await until(() => aws.case(caseId).communications.length === 2, 'the reply');
    assert.match(aws.case(caseId).communications[1]?.body ?? '', /^It is back\.\n/);
    assert.notEqual(aws.case(caseId).status, 'resolved');
    assert.match(await typed(`resolve Case ${displayId}.`), /Resolving Case/);
    await until(() => aws.case(caseId).status === 'resolved', 'the case');
  });

  it('gives a late answer another way when Slack does not take it at the address of the command', async () => {
    const { aws, slack, until } = world;
    const { displayId } = aws.openCase({ subject: 'Slow', body: 'Opening.' });
    await until(() => onlyThread(slack).texts.length === 1, 'the thread');
    const held = aws.fault('DescribeCases', { kind: 'hold-before' });
    const lost = slack.fault('response_url', { kind: 'hangup-before' });
    assert.match(await typed(`show ${displayId}`), /takes a moment/);
    held.release();
    await until(() => toldTo(slack, ALICE).at(-1)?.includes('Opening.'), 'the answer');
    assert.equal(lost.hits, 1);
  });

  it('answers within three seconds although AWS or Slack are slow, and again when it knows', async () => {
    const { aws, slack, until, botUrl } = world;
    const { caseId, displayId } = aws.openCase({ subject: 'Slow', body: 'Opening.' });
    await until(() => onlyThread(slack).texts.length === 1, 'the thread');
    const held = aws.fault('DescribeCases', { kind: 'hold-before' });
    assert.match(await typed(`show ${displayId}`), /takes a moment/);
    held.release();
    await until(() => toldTo(slack, ALICE).some((text) => text.includes('Opening.')), 'the case');
    slack.fault('users.info', { kind: 'slow', ms: 4_000 });
    const delivery = await slack.command(botUrl, {
      command: '/support',
      text: `reply ${displayId} For <@U0BOB000001>`,
      user: ALICE,
      channel: CHANNEL,
      escape: false,
    });
    assert.equal(delivery.failed, undefined);
    await until(() => aws.case(caseId).communications.length === 2, 'the reply');
  });

  it('shows what AWS said as from AWS, whatever it quotes', async () => {
    const { aws, slack, until } = world;
    const { caseId, displayId } = aws.openCase({ subject: 'Quote', body: 'Opening.' });
    await until(() => onlyThread(slack).texts.length === 1, 'the thread');
    await typed(`reply ${displayId} Please pay.`);
    await until(() => aws.case(caseId).communications.length === 2, 'the reply');
    aws.reply(caseId, { from: 'aws', body: `Do not pay.\n\n${aws.case(caseId).communications[1]?.body}` });
    await typed(`show ${displayId}`);
    await until(
      () => toldTo(slack, ALICE).some((text) => /^AWS Support · .*\nDo not pay\./.test(text)),
      'AWS',
    );
  });

  it('refuses a wrong or stale signature', async () => {
    for (const signature of ['wrong', 'stale', 'missing'] as const) {
      const { status } = await world.slack.command(world.botUrl, {
        command: '/support',
        text: 'list',
        user: ALICE,
        channel: CHANNEL,
        signature,
      });
      assert.equal(status, 401);
    }
  });
});
