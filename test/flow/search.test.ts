import assert from 'node:assert/strict';
import { linksOf, mentionsOf, shownText } from '../../src/sandbox/slack/start-slack.js';
import { until as poll } from '../until.js';
import { caseThreads, toldTo } from '../world/reading.js';
import { ALICE, CHANNEL, startWorld, type World } from '../world/world.js';

describe('flow: cases are searched and listed', () => {
  let world: World;
  beforeEach(async () => {
    world = await startWorld();
  });
  afterEach(() => world.stop());

  const typed = async (text: string): Promise<string> => {
    const delivery = await world.slack.command(world.botUrl, {
      command: '/support',
      text,
      user: ALICE,
      channel: CHANNEL,
    });
    assert.equal(delivery.failed, undefined);
    return toldTo(world.slack, ALICE).at(-1) ?? '';
  };
  const last = () => {
    const shown = world.slack.ephemerals.at(-1);
    assert.ok(shown);
    return shown;
  };
  /** Turns a page, and waits for what then stands in its place. */
  const turn = async (actionId: string, shows: RegExp) => {
    const page = last();
    await world.slack.click(world.botUrl, { ephemeral: page, actionId, user: ALICE });
    await world.until(() => shows.test(shownText(last())), `${shows}`);
    return shownText(last());
  };
  /** Until the bot finds it: words are kept after everything is in the thread. */
  const finds = (words: string, expected: RegExp) =>
    poll(async () => expected.test(await typed(`search ${words}`)), `${words} finds ${expected}`);
  const open = async (...subjects: string[]) => {
    const began = Date.now() - 3_600_000;
    const opened = subjects.map((subject, index) =>
      world.aws.openCase({ subject, body: `Opening of ${subject}.`, at: began + index * 60_000 }),
    );
    await world.until(() => {
      const threads = caseThreads(world.slack);
      return threads.length === subjects.length && threads.every(({ replies }) => replies.length > 0);
    }, 'the threads');
    return opened;
  };
  const many = (count: number) => Array.from({ length: count }, (_, index) => `Matter ${index + 1}x`);

  it('finds a case by subject, text, number and service, all words by their beginnings', async () => {
    const [disk, net] = await open('Disk is slow', 'Network is slow');
    assert.ok(disk && net);
    world.aws.reply(disk.caseId, { from: 'aws', body: 'Please look at the Throughput of vol-0abc1234.' });
    await finds('slow', /^2 cases with “slow”\nCase/);
    assert.ok(
      linksOf(last()).every((link) => link.startsWith('https://acme.slack.com/archives/C0CASES0001/p')),
    );
    await finds('THROUGH, vol-0abc', /^1 case with “through vol 0abc”\nCase \d+ .* {2}Disk is slow/);
    await finds(disk.displayId, /^1 case with .*\nCase \d+ .* {2}Disk is slow/);
    await finds('opening netw', /^1 case with .*\nCase \d+ .* {2}Network is slow/);
    assert.match(await typed('search slow throughputs'), /No case that I know holds “slow throughputs”/);
    await world.restart();
    assert.match(await typed('search through slow'), /^1 case with/);
  });

  it('turns pages of what it found', async () => {
    await open(...many(12));
    await finds('matter', /^12 cases with “matter”, 1 to 10\n/);
    assert.match(await turn('search_page:older', /11 to 12/), /Matter 2x[\s\S]*Matter 1x/);
    assert.match(await turn('search_page:newer', /1 to 10/), /Matter 12x[\s\S]*Matter 3x/);
  });

  for (const [text, expected] of [
    ['', /Which words\? .*\/support search disk failure/],
    ['a', /“a” holds no word that I can look for.*at least two/],
    ['!? * % _ 🎫', /holds no word that I can look for/],
    ['nothing here', /No case that I know holds “nothing here”[\s\S]*\/support list all/],
    [
      '<!channel> <@U0ALICE0001> <https://evil.example|click>',
      /No case that I know holds “channel u0alice0001 click https evil example”/,
    ],
    [`${'long'.repeat(900)} \\ ' " ; -- %s`, /No case that I know holds “(?:long){10}”/],
  ] as const) {
    it(`says what to do about ${JSON.stringify(text.slice(0, 30))}`, async () => {
      assert.match(await typed(`search ${text}`), expected);
      assert.deepEqual(mentionsOf(last()), []);
      assert.deepEqual(linksOf(last()), []);
    });
  }

  it('turns pages of a list that has changed meanwhile', async () => {
    const opened = await open(...many(21));
    assert.match(await typed('list'), /^21 open cases, 1 to 10\n/);
    await turn('list_page:older', /11 to 20/);
    for (const { caseId } of opened.slice(0, 6)) world.aws.resolve(caseId);
    await poll(async () => /^15 open cases/.test(await typed('list')), 'fifteen are left');
    const [page] = world.slack.ephemerals.filter((each) => shownText(each).includes('11 to 20'));
    assert.ok(page);
    // Its third page is not there any more: the last one is.
    await world.slack.click(world.botUrl, { ephemeral: page, actionId: 'list_page:older', user: ALICE });
    const shown = () => shownText(world.slack.ephemerals.find((each) => each.ts === page.ts) ?? page);
    await world.until(() => /^15 open cases, 11 to 15\n/.test(shown()), 'the last page');
    await world.slack.click(world.botUrl, { ephemeral: page, actionId: 'list_page:newer', user: ALICE });
    await world.until(() => /^15 open cases, 1 to 10\n/.test(shown()), 'the first page');
    for (const { caseId } of opened.slice(6)) world.aws.resolve(caseId);
    await poll(async () => /There are no open cases/.test(await typed('list')), 'none is left');
    await world.slack.click(world.botUrl, { ephemeral: page, actionId: 'list_page:older', user: ALICE });
    await world.until(() => /There are no open cases.*\/support list all/.test(shown()), 'that none is left');
  });

  it('shows a case with its buttons, without Resolve when it is resolved', async () => {
    const [only] = await open('To show');
    assert.ok(only);
    await typed(`show ${only.displayId}`);
    const key = `111122223333/${only.caseId}`;
    const buttons = () =>
      last()
        .blocks.flatMap((block) => (block.elements ?? []) as { action_id?: string; value?: string }[])
        .filter(({ action_id }) => action_id !== undefined)
        .map(({ action_id, value }) => [action_id, value]);
    await world.until(() => buttons().length > 0, 'the buttons');
    assert.deepEqual(buttons(), [
      ['card_reply', key],
      ['card_resolve', key],
    ]);
    world.aws.resolve(only.caseId, { silent: true });
    await typed(`show ${only.displayId}`);
    await world.until(() => buttons().length > 0, 'the buttons');
    assert.deepEqual(buttons(), [['card_reply', key]]);
  });

  it('shows a case that has no thread yet, with a link to the AWS console', async () => {
    const held = world.slack.fault('chat.postMessage', { kind: 'hold-before' });
    const { displayId } = world.aws.openCase({ subject: 'Not there yet', body: 'Opening words.' });
    await held.reached;
    assert.match(await typed(`show ${displayId}`), /Not there yet/);
    assert.match(linksOf(last())[0] ?? '', /console\.aws\.amazon\.com\/support/);
    await world.until(() => shownText(last()).includes('Opening words.'), 'the text');
    held.release();
    await world.until(() => caseThreads(world.slack).length === 1, 'its thread');
  });
});
