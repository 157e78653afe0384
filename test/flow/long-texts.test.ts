import assert from 'node:assert/strict';
import { agreement } from '../../src/sandbox/agreement/agreement.js';
import { type Message, shownText } from '../../src/sandbox/slack/start-slack.js';
import { loseStore } from '../world/lose-store.js';
import { quiet } from '../world/quiet.js';
import { count, onlyThread, toldTo } from '../world/reading.js';
import {
  ALICE,
  CHANNEL,
  type ProcessWorld,
  startProcessWorld,
  startWorld,
  type World,
  type WorldOptions,
} from '../world/world.js';

const UPLOAD = 'files.completeUploadExternal';
const LINES = Array.from({ length: 400 }, (_, n) => `Line ${n} of this very long answer, <!channel>.`);
const TEXT = LINES.join('\n');
const REFUSED = 'could not be brought into Slack';

/** What stands in the thread below the opening text: files in brackets, else the head and the end of each text. */
function outline({ slack }: World): string[] {
  return onlyThread(slack)
    .replies.slice(1)
    .map((reply) => {
      if (reply.files !== undefined) return reply.files.map(({ title }) => `[${title}]`).join('');
      const text = shownText(reply);
      if (text.includes(REFUSED)) return 'refused';
      if (text.includes('is in the file below')) return 'beginning';
      return / · (\d+ of \d+)\n/.exec(text)?.[1] ?? text.split('\n').at(-1) ?? '';
    });
}

function fileTexts({ slack }: World): (string | null)[] {
  const files = onlyThread(slack).replies.flatMap(({ files: shown = [] }) => shown);
  return files.map(({ id }) => slack.textOf(id));
}

function agrees({ slack, aws }: World): void {
  const { differences } = agreement(aws.cases(), slack.threads(CHANNEL), slack.textOf);
  assert.deepEqual(differences, [], slack.picture());
}

describe('flow: texts that are too long for messages', () => {
  let world: World;
  let caseId: string;
  afterEach(() => world.stop());

  /** A case whose opening text is in its thread. */
  const start = async (options: WorldOptions = {}) => {
    world = await startWorld({
      aws: { longestBody: 50_000 },
      ...options,
      timing: { sweepMs: 100, ...options.timing },
    });
    ({ caseId } = world.aws.openCase({ subject: 's', body: 'Opening.' }));
    await world.until(() => onlyThread(world.slack).texts.length === 1, 'the thread');
  };
  const answer = (body: string, more: object = {}) => world.aws.reply(caseId, { from: 'aws', body, ...more });
  const shows = (...expected: RegExp[]) =>
    world.until(() => {
      const shown = outline(world);
      return shown.length === expected.length && expected.every((each, n) => each.test(shown[n] ?? ''));
    }, expected.join(' '));
  const refused = () =>
    onlyThread(world.slack).replies.find((reply) => shownText(reply).includes(REFUSED)) ??
    assert.fail(world.slack.picture());
  const press = (actionId: string, message: Message) =>
    world.slack.click(world.botUrl, { message, actionId, user: ALICE });

  const FILE = /^\[message-\d{4}-\d\d-\d\d-\d{6}\.txt\]$/;

  it('are shown by their first lines, with the whole in a file below, before other files', async () => {
    await start();
    answer(TEXT, { attachments: [{ fileName: 'a.txt', data: Buffer.from('A') }] });
    answer('And more.');
    await shows(/^beginning$/, FILE, /^\[a\.txt\]$/, /^And more\.$/);
    const [, first, file] = onlyThread(world.slack).replies;
    assert.match(shownText(first as Message), /^AWS Support · .*\nLine 0 of this .*\nLine 1 /);
    assert.match(shownText(file as Message), /^The whole text · /);
    assert.deepEqual(fileTexts(world), [TEXT, 'A']);
    agrees(world);
  });

  it('stay in messages where no files are brought, and in what they were begun when that changes', async () => {
    await start({ environment: { FILE_MAX_MB: '0' } });
    answer(TEXT);
    const messages = Array.from({ length: 7 }, (_, n) => new RegExp(`^${n + 1} of 7$`));
    await shows(...messages);
    agrees(world);
    await world.restart({ FILE_MAX_MB: '20' });
    answer(`${TEXT}\nAgain.`);
    await shows(...messages, /^beginning$/, FILE);
    await world.restart({ FILE_MAX_MB: '0' });
    answer('Last.');
    await shows(...messages, /^beginning$/, FILE, /^Last\.$/);
    agrees(world);
  });

  it('go on in messages when the setting changes while some of them are in the thread', async () => {
    await start({ environment: { FILE_MAX_MB: '0' } });
    const isThird = (params: object) => JSON.stringify(params).includes('3 of 7');
    const spec = { kind: 'error', error: 'fatal_error', times: 1_000, when: isThird } as const;
    const trouble = world.slack.fault('chat.postMessage', spec);
    answer(TEXT);
    await trouble.reached;
    await world.stopBot();
    trouble.cancel();
    await world.restart({ FILE_MAX_MB: '20' });
    await shows(...Array.from({ length: 7 }, (_, n) => new RegExp(`^${n + 1} of 7$`)));
    agrees(world);
  });

  it('are shown whole to whoever asks where Slack takes no file, and as a file on another try', async () => {
    await start();
    const scope = { kind: 'error', error: 'missing_scope', times: 2 } as const;
    const fault = world.slack.fault('files.getUploadURLExternal', scope);
    answer(TEXT);
    answer('And more.');
    await shows(/^beginning$/, /^refused$/, /^And more\.$/);
    agrees(world);
    assert.match(shownText(refused()), /message-.*\.txt could not .*lacks the permission files:write/s);

    await press('show_text', refused());
    await world.until(() => toldTo(world.slack, ALICE).length === 7, 'the text');
    const told = toldTo(world.slack, ALICE);
    assert.match(told[0] ?? '', /^The whole text of the message of .* · 1 of 7\nLine 0 /);
    const lines = told.flatMap((text) => text.split('\n').slice(1)).filter((line) => line !== '');
    assert.deepEqual(lines, LINES);

    await press('text_retry', refused());
    await world.until(() => fault.hits === 2, 'the second refusal');
    await quiet(world);
    assert.equal(outline(world).length, 3);
    // Old messages lie behind those that AWS gives at once.
    for (let n = 1; n <= 7; n += 1) answer(`Answer ${n}.`);
    await world.until(() => outline(world).length === 10, 'more answers');
    await press('text_retry', refused());
    await world.until(() => FILE.test(outline(world).at(-1) ?? ''), 'the file');
    await world.until(() => count(onlyThread(world.slack).texts, 'It is here now') === 1, 'the end of it');
    assert.deepEqual(fileTexts(world), [TEXT]);
    agrees(world);
  });

  it('say why they are not shown where AWS cannot be asked', async () => {
    await start();
    world.slack.fault('files.getUploadURLExternal', { kind: 'error', error: 'storage_limit_reached' });
    answer(TEXT);
    await shows(/^beginning$/, /^refused$/);
    const fault = world.aws.fault('DescribeCases', {
      kind: 'error',
      name: 'AccessDeniedException',
      times: 1_000,
      status: 400,
    });
    await press('show_text', refused());
    await world.until(() => toldTo(world.slack, ALICE).length === 1, 'why');
    assert.match(
      toldTo(world.slack, ALICE)[0] ?? '',
      /could not be fetched from AWS now\..*the whole conversation/s,
    );
    fault.cancel();
  });

  for (const [what, kind] of [
    ['loses its answer', 'hangup-after'],
    ['loses the request', 'hangup-before'],
  ] as const) {
    it(`have their file once where Slack ${what}`, async () => {
      await start();
      const trouble = world.slack.fault(UPLOAD, { kind });
      answer(TEXT);
      await trouble.reached;
      await shows(/^beginning$/, FILE);
      await quiet(world);
      assert.equal(outline(world).length, 2);
    });
  }

  it('are not shown again after the store was lost, and get the file that was missing then', async () => {
    await start();
    answer(TEXT);
    await shows(/^beginning$/, FILE);
    const held = world.slack.fault(UPLOAD, { kind: 'ratelimited', retryAfter: 0, times: 1_000 });
    answer(`${TEXT}\nAgain.`);
    await world.until(() => outline(world).length === 3, 'the second beginning');
    await held.reached;
    await loseStore(world);
    held.cancel();
    await world.restart();
    await shows(/^beginning$/, FILE, /^beginning$/, FILE);
    await quiet(world);
    assert.deepEqual(fileTexts(world), [TEXT, `${TEXT}\nAgain.`]);
    agrees(world);
  });
});

describe('flow: texts that are too long for messages, on processes that die', () => {
  let world: ProcessWorld;
  afterEach(() => world.stop());

  it('have their file once when the process was killed before it was shown', async () => {
    world = await startProcessWorld({ aws: { longestBody: 50_000 }, timing: { leaseMs: 1_000 } });
    const [bot] = world.bots;
    const hold = world.slack.fault('files.getUploadURLExternal', { kind: 'hold-before' });
    world.aws.openCase({ subject: 'Long', body: TEXT });
    await hold.reached;
    await bot?.kill();
    hold.release();
    await bot?.start();
    await world.until(() => fileTexts(world).length > 0, 'the file');
    await quiet(world);
    assert.deepEqual(fileTexts(world), [TEXT]);
    agrees(world);
  });
});
