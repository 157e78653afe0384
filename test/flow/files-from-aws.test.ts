import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { type Message, mentionsOf, shownText } from '../../src/sandbox/slack/start-slack.js';
import { loseStore } from '../world/lose-store.js';
import { pressOnCard } from '../world/on-card.js';
import { quiet } from '../world/quiet.js';
import { count, onlyThread, toldTo } from '../world/reading.js';
import {
  ALICE,
  BOB,
  CHANNEL,
  type ProcessWorld,
  startProcessWorld,
  startWorld,
  type World,
  type WorldOptions,
} from '../world/world.js';

const UPLOAD = 'files.completeUploadExternal';
const FILE_RULES = { withinMs: 5_000, tries: 3, inOneLookMs: 60_000 };

function aFile(fileName: string, bytes = 2_000) {
  return { fileName, data: new Uint8Array(randomBytes(bytes)) };
}

/** What stands in the thread, message by message: the files by name, else the last line of the text. */
function lines({ slack }: World): string[] {
  return onlyThread(slack).replies.map((reply) =>
    reply.files === undefined
      ? (shownText(reply).split('\n').at(-1) ?? '')
      : reply.files.map(({ title }) => `[${title}]`).join(''),
  );
}

function fileMessages({ slack }: World): Message[] {
  return onlyThread(slack).replies.filter(({ files }) => files !== undefined);
}

function bytesOf({ slack }: World, message: Message | undefined): string {
  const [file] = message?.files ?? [];
  return Buffer.from(slack.file(file?.id ?? '')?.data ?? []).toString('base64');
}

function base64(data: Uint8Array): string {
  return Buffer.from(data).toString('base64');
}

describe('flow: files from AWS', () => {
  let world: World;
  const start = async (options: WorldOptions = {}) => {
    world = await startWorld({ ...options, timing: { files: FILE_RULES, ...options.timing } });
    return world;
  };
  afterEach(() => world.stop());

  const opened = () =>
    world.aws.openCase({ subject: 'Files', body: 'Opening.', displayId: '1234563851' }).caseId;
  /** A case whose opening text is in its thread. */
  const inThread = async () => {
    const caseId = opened();
    await world.until(
      () => world.slack.threads(CHANNEL).length === 1 && lines(world).length === 1,
      'a thread',
    );
    return caseId;
  };
  const answer = (caseId: string, attachments: ReturnType<typeof aFile>[], body = 'See the file.') =>
    world.aws.reply(caseId, { from: 'aws', body, attachments });
  const shows = (names: string[]) =>
    world
      .until(() => assert.deepEqual(lines(world), names) === undefined, `${names.join(' | ')}`)
      .catch(() => {
        assert.deepEqual(lines(world), names);
      });
  const press = (actionId: string, part: string, user = ALICE) => {
    const message = onlyThread(world.slack).replies.find((reply) => shownText(reply).includes(part));
    assert.ok(message, world.slack.picture());
    return world.slack.click(world.botUrl, { message, actionId, user });
  };
  const buttons = (part: string) =>
    onlyThread(world.slack)
      .replies.filter((reply) => shownText(reply).includes(part))
      .flatMap(({ blocks }) => JSON.stringify(blocks).match(/file_(?:link|retry)(?=")/g) ?? []);

  it('shows a file under its entry, with its very bytes', async () => {
    await start();
    const caseId = await inThread();
    const file = aFile('report.pdf', 200_000);
    answer(caseId, [file]);
    await shows(['Opening.', 'Attached: report.pdf', '[report.pdf]']);
    const [shown] = fileMessages(world);
    assert.equal(bytesOf(world, shown), base64(file.data));
    assert.match(shownText(shown as Message), /^From the case at AWS · /);
  });

  it('shows three files in their order, and those of a case that it has not seen before', async () => {
    await start({ bridge: false, timing: { sweepMs: 50 } });
    const caseId = opened();
    const files = ['a.txt', 'b.txt', 'c.txt'].map((name) => aFile(name));
    answer(caseId, files, 'Three files.');
    world.aws.reply(caseId, { from: 'customer', body: 'Thank you.' });
    const names = ['[a.txt]', '[b.txt]', '[c.txt]'];
    await shows(['Opening.', 'Attached: a.txt, b.txt, c.txt', ...names, 'Thank you.']);
    assert.deepEqual(
      fileMessages(world).map((message) => bytesOf(world, message)),
      files.map(({ data }) => base64(data)),
    );
  });

  it('gives a link to a file that is larger than what is brought, to whoever asks', async () => {
    await start({ environment: { FILE_MAX_MB: '1' } });
    const caseId = await inThread();
    const file = aFile('db-dump.gz', 6_000_000);
    answer(caseId, [file]);
    const says = 'db-dump.gz (5.8 MB) is larger than what is brought into Slack (1 MB).';
    await world.until(() => lines(world).at(-1)?.includes(says), 'the message in its place');
    assert.deepEqual(buttons(says), ['file_link']);
    await press('file_link', says);
    await world.until(() => toldTo(world.slack, ALICE).length === 1, 'the link');
    assert.match(toldTo(world.slack, ALICE)[0] ?? '', /db-dump\.gz.*works until .* everybody who has it/s);
    const link = JSON.stringify(world.slack.ephemerals.at(-1)?.blocks).match(/"url":"([^"]+)"/)?.[1] ?? '';
    const fetched = await fetch(link);
    assert.equal(base64(new Uint8Array(await fetched.arrayBuffer())), base64(file.data));
    assert.deepEqual(toldTo(world.slack, BOB), []);
  });

  it('brings no file where it is set to, and says how to get at it', async () => {
    await start({ environment: { FILE_MAX_MB: '0' } });
    answer(await inThread(), [aFile('a.txt')]);
    await world.until(() => count(lines(world), 'a.txt stays at AWS') === 1, 'the message in its place');
    assert.deepEqual(buttons('stays at AWS'), ['file_link']);
    assert.deepEqual(world.aws.callsOf('GetAttachmentDownloadLink'), []);
  });

  it('names a file that AWS refuses, and shows it on another try, also when two people ask at once', async () => {
    await start();
    const caseId = await inThread();
    const account = world.aws.account('111122223333');
    account.deny = ['DownloadAttachment', 'DescribeAttachment'];
    const file = aFile('a.txt');
    answer(caseId, [file]);
    world.aws.reply(caseId, { from: 'aws', body: 'And more.' });
    const refused = 'may not call support:DownloadAttachment';
    await world.until(() => count(lines(world), refused) === 1 && lines(world).length === 4, 'the refusal');
    assert.deepEqual(buttons(refused), ['file_retry', 'file_link']);

    await press('file_retry', refused);
    await world.until(() => toldTo(world.slack, ALICE).length === 1, 'word of the try');
    await quiet(world);
    assert.equal(count(lines(world), refused), 1);
    assert.equal(fileMessages(world).length, 0);

    account.deny = [];
    await Promise.all([press('file_retry', refused, ALICE), press('file_retry', refused, BOB)]);
    await world.until(() => count(lines(world), 'It is here now') === 1, 'the end of the refusal');
    await quiet(world);
    assert.deepEqual(
      fileMessages(world).map((message) => bytesOf(world, message)),
      [base64(file.data)],
    );
    assert.deepEqual(buttons('a.txt'), []);
    assert.equal(lines(world).length, 5);
  });

  it('writes over no message but that in the place of the file, whatever a client names', async () => {
    await start();
    const caseId = await inThread();
    world.slack.fault('files.getUploadURLExternal', { kind: 'error', error: 'storage_limit_reached' });
    answer(caseId, [aFile('a.txt')]);
    const refused = 'no room left';
    await world.until(() => count(lines(world), refused) === 1, 'the refusal');
    await quiet(world);
    const { replies } = onlyThread(world.slack);
    const value = /"value":"((?:[^"\\]|\\.)*)"/.exec(JSON.stringify(replies.at(-1)?.blocks))?.[1] ?? '';
    const ofFile = JSON.parse(`"${value}"`) as string;
    const key = `111122223333/${caseId}`;
    await pressOnCard(world, BOB, 'file_retry', ofFile);
    await pressOnCard(world, BOB, 'file_retry', JSON.stringify([key, 'attachment-nosuch', 'x.txt']));
    await pressOnCard(world, BOB, 'text_retry', `${key} card`);
    await world.until(() => toldTo(world.slack, BOB).length === 3, 'three answers');
    assert.match(toldTo(world.slack, BOB)[0] ?? '', /does nothing any more/);
    await quiet(world);
    assert.equal(onlyThread(world.slack).card.metadata?.event_payload.entry, 'card');
    assert.match(shownText(onlyThread(world.slack).card), /^:red_circle: Files\n.*\nCase 1234563851/);
    assert.equal(fileMessages(world).length, 0);
    await press('file_retry', refused);
    await world.until(() => count(lines(world), 'It is here now') === 1, 'the end of the refusal');
    assert.equal(fileMessages(world).length, 1);
  });

  it('writes over no other message, either, where it does not know yet which is that of the file', async () => {
    await start();
    const caseId = await inThread();
    const refused = 'no room left';
    world.slack.fault('files.getUploadURLExternal', { kind: 'error', error: 'storage_limit_reached' });
    const held = world.slack.fault('chat.postMessage', {
      kind: 'hold-after',
      when: (call) => JSON.stringify(call).includes(refused),
    });
    answer(caseId, [aFile('a.txt')]);
    await held.reached;
    const [attachment] = world.aws.case(caseId).communications.at(-1)?.attachments ?? [];
    const value = JSON.stringify([`111122223333/${caseId}`, attachment?.attachmentId, 'a.txt']);
    await pressOnCard(world, BOB, 'file_retry', value);
    await world.until(() => toldTo(world.slack, BOB).length === 1, 'an answer');
    held.release();
    await quiet(world);
    assert.equal(onlyThread(world.slack).card.metadata?.event_payload.entry, 'card');
    assert.equal(fileMessages(world).length, 0);
    await press('file_retry', refused);
    await world.until(() => count(lines(world), 'It is here now') === 1, 'the end of the refusal');
    assert.equal(fileMessages(world).length, 1);
  });

  it('gives links to files of the case only, and to those of a case that it has forgotten', async () => {
    await start();
    const caseId = await inThread();
    const other = world.aws.openCase({
      subject: 'Unmet',
      body: 'b',
      attachments: [aFile('a.txt')],
      silent: true,
    });
    const [attachment] = world.aws.case(other.caseId).communications[0]?.attachments ?? [];
    const valueFor = (id: string) =>
      JSON.stringify([`111122223333/${id}`, attachment?.attachmentId, 'a.txt']);
    await pressOnCard(world, ALICE, 'file_link', valueFor(caseId));
    await world.until(() => toldTo(world.slack, ALICE).length === 1, 'that it has no such file');
    assert.match(toldTo(world.slack, ALICE)[0] ?? '', /does nothing any more/);
    await pressOnCard(world, ALICE, 'file_link', valueFor(other.caseId));
    await world.until(() => toldTo(world.slack, ALICE).length === 2, 'the link');
    assert.match(toldTo(world.slack, ALICE)[1] ?? '', /Here is a\.txt/);
    assert.equal(world.aws.callsOf('GetAttachmentDownloadLink').length, 1);
  });

  it('fetches a small file by the older operation where the newer one is not allowed', async () => {
    await start({ aws: { accounts: [{ ...ACCOUNT, deny: ['GetAttachmentDownloadLink'] }] } });
    const caseId = await inThread();
    const [small, large] = [aFile('small.txt'), aFile('large.bin', 5_300_000)];
    answer(caseId, [small, large]);
    await world.until(() => lines(world).length === 4, 'both files');
    assert.equal(bytesOf(world, fileMessages(world)[0]), base64(small.data));
    assert.match(lines(world)[3] ?? '', /large\.bin could not be .* may not call support:DownloadAttachment/);
  });

  for (const [what, code, says] of [
    ['has no room left', 'storage_limit_reached', 'no room left for files'],
    ['did not grant the permission', 'missing_scope', 'lacks the permission files:write'],
  ] as const) {
    it(`names a file for which the workspace ${what}`, async () => {
      await start();
      const caseId = await inThread();
      world.slack.fault('files.getUploadURLExternal', { kind: 'error', error: code });
      answer(caseId, [aFile('a.txt')]);
      await world.until(() => count(lines(world), says) === 1, 'why');
      await press('file_retry', says);
      await shows(['Opening.', 'Attached: a.txt', lines(world)[2] ?? '', '[a.txt]']);
      await world.until(() => lines(world)[2]?.includes('It is here now'), 'the end of the trouble');
    });
  }

  it('goes on with the case while a file does not come, and tells people after a few tries', async () => {
    await start();
    const caseId = await inThread();
    world.aws.fault('download', { kind: 'broken-off', times: 3 });
    answer(caseId, [aFile('a.txt', 100_000)]);
    world.aws.reply(caseId, { from: 'aws', body: 'And more.' });
    await world.until(() => count(lines(world), 'broke off') === 1, 'why');
    assert.ok(lines(world).includes('And more.'));
    assert.equal(world.aws.callsOf('download').length, 3);
    assert.equal(fileMessages(world).length, 0);
  });

  it('shows a file whose first fetching was slow, broke off or had fewer bytes than announced', async () => {
    await start({ timing: { files: { ...FILE_RULES, withinMs: 300 } } });
    const caseId = await inThread();
    world.aws.fault('download', { kind: 'wrong-length' });
    world.aws.fault('download', { kind: 'slow', ms: 600 });
    const file = aFile('a.txt', 100_000);
    answer(caseId, [file]);
    await shows(['Opening.', 'Attached: a.txt', '[a.txt]']);
    assert.equal(bytesOf(world, fileMessages(world)[0]), base64(file.data));
    assert.equal(world.aws.callsOf('download').length, 3);
  });

  for (const [what, method, fault] of [
    ['does not take the bytes', 'file_upload', { kind: 'status', status: 503 }],
    ['breaks off the upload', 'file_upload', { kind: 'hangup-before' }],
    ['limits the sharing', UPLOAD, { kind: 'ratelimited', retryAfter: 0 }],
    ['has lost what was sent', UPLOAD, { kind: 'error', error: 'file_not_found' }],
    ['shares and loses its answer', UPLOAD, { kind: 'hangup-after' }],
    ['shares and answers with an error', UPLOAD, { kind: 'status-after', status: 500 }],
    ['loses the request to share', UPLOAD, { kind: 'hangup-before' }],
  ] as const) {
    it(`shows a file once where Slack ${what}`, async () => {
      await start();
      const caseId = await inThread();
      const trouble = world.slack.fault(method, fault);
      const file = aFile('a.txt');
      answer(caseId, [file]);
      await trouble.reached;
      await world.until(() => fileMessages(world).length === 1, 'the file');
      await quiet(world);
      assert.deepEqual(lines(world), ['Opening.', 'Attached: a.txt', '[a.txt]']);
      assert.equal(bytesOf(world, fileMessages(world)[0]), base64(file.data));
    });
  }

  it('shows a file once, and brings it once on another try, with several replicas', async () => {
    await start({ store: 'redis', replicas: 3, timing: { sweepMs: 50 } });
    const caseId = await inThread();
    world.slack.fault('files.getUploadURLExternal', { kind: 'error', error: 'storage_limit_reached' });
    answer(caseId, [aFile('a.txt'), aFile('b.txt')]);
    await world.until(() => lines(world).length === 4, 'both files');
    await Promise.all([ALICE, BOB, ALICE].map((user) => press('file_retry', 'no room left', user)));
    await world.until(() => count(lines(world), 'It is here now') === 1, 'the end of the refusal');
    await quiet(world);
    assert.deepEqual(lines(world).slice(3), ['[b.txt]', '[a.txt]']);
  });

  it('shows nothing again after the store was lost', async () => {
    await start({ timing: { sweepMs: 100 }, environment: { FILE_MAX_MB: '1' } });
    const caseId = await inThread();
    answer(caseId, [aFile('a.txt'), aFile('large.bin', 1_100_000)]);
    await world.until(() => lines(world).length === 4, 'both files');
    await loseStore(world);
    await world.restart();
    world.aws.reply(caseId, { from: 'aws', body: 'After the loss.' });
    await world.until(() => lines(world).at(-1) === 'After the loss.', 'the news');
    await quiet(world);
    assert.equal(lines(world).length, 5);
    assert.equal(fileMessages(world).length, 1);
  });

  it('shows a hostile name as what it is', async () => {
    await start();
    const caseId = await inThread();
    const names = [
      '<!channel> <@U0ALICE0001>.txt',
      '../../etc/\u202egpj.exe',
      `${'x'.repeat(400)}.log`,
      ' \n ',
    ];
    answer(
      caseId,
      names.map((name) => aFile(name)),
    );
    await world.until(() => fileMessages(world).length === names.length, 'the files');
    const shown = fileMessages(world).flatMap(({ files = [] }) => files.map(({ title }) => title));
    assert.deepEqual(shown.slice(0, 2), ['<!channel> <@U0ALICE0001>.txt', '.._.._etc_gpj.exe']);
    assert.match(shown[2] ?? '', /^x{200,240}….log$/);
    assert.equal(shown[3], 'unnamed');
    const mentions = fileMessages(world).flatMap((message) => mentionsOf(message));
    assert.deepEqual(mentions, []);
  });
});

const ACCOUNT = {
  id: '111122223333',
  accessKeyId: 'AKIACASETHREADTEST11',
  secretAccessKey: 'casethread-test-secret-of-111122223333',
};

describe('flow: files from AWS, on processes that die', () => {
  let world: ProcessWorld;
  afterEach(() => world.stop());

  for (const [moment, kind] of [
    ['between the upload and its sharing', 'hold-before'],
    ['between the sharing and its confirmation', 'hold-after'],
  ] as const) {
    it(`shows a file once when the process is killed ${moment}`, async () => {
      world = await startProcessWorld({ timing: { leaseMs: 1_000 } });
      const [bot] = world.bots;
      const file = aFile('a.txt');
      const hold = world.slack.fault(UPLOAD, { kind });
      world.aws.openCase({ subject: 'Files', body: 'Opening.', attachments: [file] });
      await hold.reached;
      await bot?.kill();
      hold.release();
      await bot?.start();
      await world.until(() => fileMessages(world).length > 0, 'the file');
      await quiet(world);
      assert.deepEqual(lines(world), ['Attached: a.txt', '[a.txt]']);
      assert.equal(world.aws.callsOf('download').length, 1);
    });
  }

  it('brings the file when the process was killed between the entry and its file', async () => {
    world = await startProcessWorld({ timing: { leaseMs: 1_000 } });
    const [bot] = world.bots;
    const hold = world.aws.fault('GetAttachmentDownloadLink', { kind: 'hold-before' });
    world.aws.openCase({ subject: 'Files', body: 'Opening.', attachments: [aFile('a.txt')] });
    await hold.reached;
    await bot?.kill();
    hold.release();
    await bot?.start();
    await world.until(() => fileMessages(world).length > 0, 'the file');
    assert.deepEqual(lines(world), ['Attached: a.txt', '[a.txt]']);
  });
});
