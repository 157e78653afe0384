import assert from 'node:assert/strict';
import { type Message, shownText } from '../../src/sandbox/slack/start-slack.js';
import { loseStore } from '../world/lose-store.js';
import { onlyThread, toldTo } from '../world/reading.js';
import { ALICE, CHANNEL, startWorld, type World, type WorldOptions } from '../world/world.js';

const ANSWER = 'It works now.\n\nOn Mon, Mar 2, 2026 at 9:05 AM Jane <jane@example.com> wrote:\n';
const TRAIL = '> The first line.\n> 1. of several\n>\n> <!channel> see https://a.example/x';

describe('flow: how entries are laid out', () => {
  let world: World;
  const start = async (options?: WorldOptions) => {
    world = await startWorld(options);
    return world;
  };
  afterEach(() => world.stop());

  const kinds = ({ blocks }: Message) =>
    blocks.map(({ type, elements }) =>
      type === 'rich_text'
        ? (elements as { type: string }[]).map((part) => part.type.slice(10)).join(' ')
        : type,
    );
  const replies = () => onlyThread(world.slack).replies;
  const reply = (index: number): Message => replies()[index] ?? assert.fail(world.slack.picture());
  const press = async (message: Message, threadTs = onlyThread(world.slack).card.ts) => {
    const before = toldTo(world.slack, ALICE).length;
    await world.slack.click(world.botUrl, { message, actionId: 'show_quoted', user: ALICE });
    await world.until(() => toldTo(world.slack, ALICE).length > before, 'the answer');
    const told = world.slack.ephemerals.at(-1);
    assert.equal(told?.threadTs, threadTs);
    return toldTo(world.slack, ALICE).at(-1) ?? '';
  };

  it('shows an answer of AWS as it was meant', async () => {
    const { aws, slack, until } = await start();
    const { caseId } = aws.openCase({ subject: 'Layout', body: 'Please look.' });
    const body = [
      'Hello,',
      '',
      'Please do this:',
      '',
      '1. Open https://console.aws.amazon.com/ec2/.',
      '2. Run',
      '```',
      'aws ec2 describe-instances --instance-ids i-0abc',
      '```',
      '3. Tell us.',
      '',
      'We see in your logs:',
      '2026-03-01T09:05:12Z ERROR [main] Connection refused',
      '2026-03-01T09:05:13Z ERROR [main] Connection refused',
    ].join('\n');
    aws.reply(caseId, { from: 'aws', body });
    await until(() => replies().length === 2, 'the answer');
    assert.deepEqual(kinds(reply(1)), ['section', 'section list preformatted list section preformatted']);
    assert.match(shownText(reply(1)), /^AWS Support · .*\nHello,\n\nPlease do this:\n1\. Open https:/);
    assert.match(shownText(reply(1)), /\n3\. Tell us\.\n/);
    assert.match(slack.picture(), /AWS Support/);
  });

  it('shows the quoted mail to whoever asks, also after the store was lost', async () => {
    const { aws, slack, until } = await start({ timing: { sweepMs: 100 } });
    const { caseId, displayId } = aws.openCase({ subject: 'Quotes', body: 'Please look.' });
    aws.reply(caseId, { from: 'aws', body: ANSWER + TRAIL });
    await until(() => replies().length === 2, 'the answer');
    assert.deepEqual(kinds(reply(1)), ['section', 'section', 'actions']);
    assert.ok(!shownText(reply(1)).includes('The first line'));
    assert.ok(!shownText(reply(1)).includes('wrote:'));

    const shown = await press(reply(1));
    assert.match(
      shown,
      /^Quoted text of the message of .* UTC\nOn Mon, Mar 2, 2026 .* wrote:\nThe first line\./,
    );
    assert.match(shown, /<!channel> see https:\/\/a\.example\/x$/);

    await loseStore(world);
    await world.restart();
    const old = reply(1);
    assert.equal(await press(old), shown);

    // Old messages lie behind those that AWS gives at once.
    for (let n = 1; n <= 8; n += 1) aws.reply(caseId, { from: 'aws', body: `Answer ${n}.` });
    await until(() => replies().length === 10, 'more answers');
    assert.equal(await press(old), shown);

    await slack.command(world.botUrl, {
      command: '/support',
      text: `show ${displayId}`,
      user: ALICE,
      channel: CHANNEL,
    });
    await until(() => toldTo(slack, ALICE).some((text) => text.includes('Answer 8.')), 'show');
  });

  it('folds what a reply from Slack quotes, above the line that names the person', async () => {
    const { aws, slack, until, botUrl } = await start();
    const { caseId, displayId } = aws.openCase({ subject: 'Ours', body: 'Please look.' });
    await until(() => replies().length === 1, 'the opening text');
    await slack.command(botUrl, {
      command: '/support',
      text: `reply ${displayId} Thank you.\n\n> a line\n> another\n> and one more`,
      user: ALICE,
      channel: CHANNEL,
    });
    await until(() => replies().length === 2, 'the reply');
    assert.match(
      aws.case(caseId).communications[1]?.body ?? '',
      /> and one more\n\n— Alice Example, via Slack/,
    );
    assert.match(shownText(reply(1)), /^Alice Example, from Slack · .*\nThank you\.$/);
    assert.match(await press(reply(1)), /\na line\nanother\nand one more$/);

    await slack.command(botUrl, {
      command: '/support',
      text: `show ${displayId}`,
      user: ALICE,
      channel: CHANNEL,
    });
    await until(
      () => slack.ephemerals.some(({ blocks }) => JSON.stringify(blocks).includes('show_quoted')),
      'the button below what show says',
    );
  });

  it('says so when AWS cannot be asked for the quoted mail, or has it no more', async () => {
    let later = 0;
    const { aws, until } = await start({ aws: { now: () => Date.now() + later } });
    const { caseId, displayId } = aws.openCase({ subject: 'Gone', body: 'Please look.' });
    aws.reply(caseId, { from: 'aws', body: ANSWER + TRAIL });
    await until(() => replies().length === 2, 'the answer');
    const console = `https://console.aws.amazon.com/support/home#/case/?displayId=${displayId}`;
    const fault = aws.fault('DescribeCases', { kind: 'error', name: 'AccessDeniedException', status: 400 });
    const refused = await press(reply(1));
    assert.match(refused, /could not be fetched from AWS now\./);
    assert.ok(refused.includes(console), refused);
    fault.cancel();
    later = 25 * 31 * 86_400_000;
    const gone = await press(reply(1));
    assert.match(gone, /^AWS does not show this message any more/);
    assert.ok(gone.includes(console), gone);
  });
});
