import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { SEND_TIMING } from '../../src/outbox/send.js';
import { ALL_SCOPES } from '../../src/sandbox/slack/web-api/methods.js';
import { handIn } from '../world/hand-in.js';
import { count, onlyThread, toldTo } from '../world/reading.js';
import { describeWithRedis } from '../world/redis-server.js';
import {
  ALICE,
  QUICK_FILES,
  startProcessWorld,
  startWorld,
  type World,
  type WorldOptions,
} from '../world/world.js';

const MB = 1024 * 1024;
const SEND = { ...SEND_TIMING, giveUpMs: 1_500 };

interface File {
  readonly name: string;
  readonly data: Buffer;
  readonly held?: 'external' | 'of-others';
}

/** A call that adds to a set. */
const isAdded = ({ input }: { input: Record<string, unknown> }) => input.attachmentSetId !== undefined;

const file = (name: string, size: number): File => ({ name, data: randomBytes(size) });

describeWithRedis('flow: files from Slack to AWS, with two replicas', () => {
  it('keeps a case in hand for as long as its files take', async () => {
    const world = await startWorld({ store: 'redis', replicas: 2, timing: { leaseMs: 700 } });
    try {
      const { aws, slack, until } = world;
      const { caseId } = aws.openCase({ subject: 's', body: 'Opening.' });
      await until(() => onlyThread(slack).texts.length === 1, 'the thread');
      await world.stopBot();
      const { card } = onlyThread(slack);
      const { channel, ts: threadTs } = card;
      const shared = slack.say({
        user: ALICE,
        channel,
        threadTs,
        text: 'it',
        files: [file('six.bin', 6 * MB)],
      });
      const held = aws.fault('PutPart', { kind: 'hold-before' });
      await handIn(world, { caseId, threadTs, files: shared.files ?? [] });
      await world.restart();
      await held.reached;
      // Three leases long.
      await pause(2_100);
      held.release();
      await until(() => count(toldTo(slack, ALICE), 'AWS has your reply') === 1, 'word that AWS has it');
      assert.equal(aws.callsOf('GetAttachmentUploadLinks').length, 1);
      assert.equal(aws.case(caseId).communications.length, 2);
    } finally {
      await world.stop();
    }
  });
});

describe('flow: files from Slack to AWS', () => {
  let world: World;
  let caseId: string;
  afterEach(() => world.stop());

  const start = async (options: WorldOptions = {}, makeWorld = startWorld) => {
    world = await makeWorld(options);
    ({ caseId } = world.aws.openCase({ subject: 's', body: 'Opening.', displayId: '1234563851' }));
    await world.until(() => onlyThread(world.slack).texts.length === 1, 'the thread');
    await world.stopBot();
  };
  /** Files that Alice has put into the case's thread. */
  const share = (files: readonly File[]) => {
    const { card } = onlyThread(world.slack);
    const said = world.slack.say({
      user: ALICE,
      channel: card.channel,
      threadTs: card.ts,
      text: 'files',
      files: files.map(({ name, data, held }) => ({ name, data, ...(held === undefined ? {} : { held }) })),
    });
    return (said.files ?? []).map(({ id, name, size }) => ({ id, name, size }));
  };
  /** She sends a reply with them. */
  const reply = async (files: readonly File[], more: Partial<Parameters<typeof handIn>[1]> = {}) => {
    const { card } = onlyThread(world.slack);
    await handIn(world, { caseId, threadTs: card.ts, files: share(files), ...more });
    await world.restart();
  };
  const told = (part: string, timeoutMs?: number) =>
    world.until(() => toldTo(world.slack, ALICE).some((text) => text.includes(part)), `"${part}"`, timeoutMs);
  const replies = () =>
    world.aws.case(caseId).communications.filter(({ body }) => body.startsWith('See the files.'));
  /** The files of the one reply on the case, as AWS has them. */
  const filesAtAws = () => {
    assert.equal(replies().length, 1);
    return (replies()[0]?.attachments ?? []).map(({ attachmentId }) => {
      const found = world.aws.attachment(attachmentId);
      return { name: found?.fileName ?? '', data: Buffer.from(found?.data ?? []) };
    });
  };
  const arrived = (files: readonly File[]) =>
    assert.ok(
      files.length === filesAtAws().length &&
        filesAtAws().every(
          ({ name, data }, n) => name === files[n]?.name && files[n]?.data.equals(data) === true,
        ),
      'AWS should have the very files',
    );
  const calls = (operation: string) => world.aws.callsOf(operation).length;
  const nothingAtAws = () => assert.equal(world.aws.case(caseId).communications.length, 1);
  const pressSendAgain = async () => {
    const ephemeral = world.slack.ephemerals.findLast((each) => each.text.includes('was not sent'));
    assert.ok(ephemeral);
    await world.slack.click(world.botUrl, { ephemeral, actionId: 'outbox_send_again', user: ALICE });
  };

  it('sends one, and its name stands in the thread', async () => {
    await start();
    const files = [file('server log.txt', 1_000)];
    await reply(files);
    await told('AWS has your reply');
    arrived(files);
    await world.until(() => onlyThread(world.slack).texts.some((text) => /server log\.txt/.test(text)), 'it');
    assert.equal(calls('GetAttachmentUploadLinks'), 0);
    assert.equal(count(toldTo(world.slack, ALICE), 'Uploading'), 0);
  });

  it('sends three small ones in one set, and copies to addresses', async () => {
    await start();
    const files = [file('a.txt', 1), file('a.txt', 5 * MB), file('ü/b.log', 700)];
    await reply(files, { cc: ['ops@example.com', 'dev@example.com'] });
    await told('AWS has your reply');
    arrived([...files.slice(0, 2), { name: 'ü_b.log', data: files[2]?.data ?? Buffer.alloc(0) }]);
    assert.equal(calls('PutPart'), 0);
    assert.deepEqual(world.aws.case(caseId).ccEmailAddresses, ['ops@example.com', 'dev@example.com']);
  });

  it('uploads four small ones, and one that is too large for a set', async () => {
    await start();
    const files = [1, 2, 3, 4].map((n) => file(`${n}.txt`, n * 100));
    await reply([...files, file('six.bin', 6 * MB)]);
    await told('AWS has your reply');
    assert.deepEqual(
      filesAtAws().map(({ name, data }) => [name, data.length]),
      [...files.map(({ name, data }) => [name, data.length]), ['six.bin', 6 * MB]],
    );
    assert.equal(calls('AddAttachmentsToSet'), 0);
  });

  it('streams 20 MB in more parts than AWS gives links for, and says how far it is', async () => {
    await start({
      aws: { uploads: { partBytes: 1_500_000, readyAfterMs: 50 } },
      timing: { send: { ...SEND, files: { ...QUICK_FILES, tellAfterMs: 0, tellEveryMs: 5 } } },
    });
    const files = [file('db-dump.gz', 20 * MB)];
    await reply(files);
    await told('AWS has your reply', 10_000);
    arrived(files);
    const said = toldTo(world.slack, ALICE).filter((text) => text.includes('Uploading'));
    assert.match(said[0] ?? '', /^Uploading db-dump\.gz for your reply on .*: [\d.]+ MB of 20 MB\./);
    assert.ok(said.length <= 6);
    assert.equal(calls('GetAttachmentUploadLinks'), 2);
  });

  it('goes on with a part that fails, with a fresh link', async () => {
    await start({ aws: { uploads: { partBytes: 2 * MB } } });
    const files = [file('seven.bin', 7 * MB)];
    world.aws.fault('PutPart', { kind: 'status', status: 503, when: ({ input }) => input.partIndex === 2 });
    world.aws.fault('PutPart', { kind: 'hangup-after', when: ({ input }) => input.partIndex === 3 });
    world.aws.fault('PutPart', {
      kind: 'error',
      name: 'AccessDenied',
      message: 'Request has expired',
      status: 403,
      when: ({ input }) => input.partIndex === 4,
    });
    await reply(files);
    await told('AWS has your reply');
    arrived(files);
    assert.equal(calls('PutPart'), 4 + 3);
  });

  it('gives the reply back when parts go on failing, and sends it at a click', async () => {
    await start();
    const files = [file('six.bin', 6 * MB)];
    const fault = world.aws.fault('PutPart', { kind: 'status', status: 500, times: 1_000 });
    await reply(files);
    await told('was not sent. AWS did not take a part of the file');
    nothingAtAws();
    fault.cancel();
    await pressSendAgain();
    await told('AWS has your reply');
    arrived(files);
  });

  it('brings the files again when their set has expired meanwhile', async () => {
    await start();
    const files = [file('a.txt', 10)];
    world.aws.fault('AddCommunicationToCase', { kind: 'error', name: 'AttachmentSetExpired', times: 2 });
    await reply(files);
    await told('AWS has your reply');
    arrived(files);
    assert.equal(calls('AddAttachmentsToSet'), 3);
  });

  it('brings the files again when their set expires while more of them are added', async () => {
    await start();
    const files = ['a.txt', 'b.txt', 'c.txt'].map((name) => file(name, 10));
    world.aws.fault('AddAttachmentsToSet', { kind: 'error', name: 'AttachmentSetExpired', when: isAdded });
    await reply(files);
    await told('AWS has your reply');
    arrived(files);
    assert.equal(calls('AddAttachmentsToSet'), 5);
  });

  it('gives the reply back when sets always expire while files are added', async () => {
    await start();
    world.aws.fault('AddAttachmentsToSet', {
      kind: 'error',
      name: 'AttachmentSetExpired',
      times: 9,
      when: isAdded,
    });
    await reply([file('a.txt', 10), file('b.txt', 10)]);
    await told('AWS keeps files only for a while');
    nothingAtAws();
    assert.equal(calls('AddAttachmentsToSet'), 6);
  });

  it('gives the reply back when sets always expire', async () => {
    await start();
    world.aws.fault('AddCommunicationToCase', { kind: 'error', name: 'AttachmentSetExpired', times: 9 });
    await reply([file('a.txt', 10)]);
    await told('AWS keeps files only for a while');
    nothingAtAws();
    assert.equal(calls('AddAttachmentsToSet'), 3);
  });

  it('asks before it reopens a case that was resolved while the files were on their way', async () => {
    await start();
    const files = [file('six.bin', 6 * MB)];
    const held = world.aws.fault('PutPart', { kind: 'hold-before' });
    await reply(files);
    await held.reached;
    world.aws.resolve(caseId, { silent: true });
    held.release();
    await told('it would reopen the case');
    nothingAtAws();
    const ephemeral = world.slack.ephemerals.at(-1);
    assert.ok(ephemeral);
    await world.slack.click(world.botUrl, { ephemeral, actionId: 'reply_reopen', user: ALICE });
    await told('AWS has your reply');
    arrived(files);
  });

  it('gives the reply back when an upload never gets ready', async () => {
    await start({ aws: { uploads: { readyAfterMs: 3_600_000 } } });
    await reply([file('six.bin', 6 * MB)]);
    await told('The file “six.bin”: AWS has it and is not done with looking at it.');
    nothingAtAws();
  });

  for (const [what, deny, said, size] of [
    ['to add files', 'AddAttachmentsToSet', 'may not call support:AddAttachmentsToSet', 10],
    ['to upload', 'UploadAttachment', 'Allow both support:UploadAttachment and', 6 * MB],
  ] as const) {
    it(`says which permission is missing ${what}`, async () => {
      await start();
      world.aws.account('111122223333').deny = [deny];
      await reply([file('a.bin', size)]);
      await told(said);
      nothingAtAws();
    });
  }

  it('says that a file was deleted, and leaves nothing behind that would send it', async () => {
    await start();
    const [kept, gone] = share([file('kept.txt', 10), file('gone.txt', 10)]);
    assert.ok(kept && gone);
    world.slack.deleteFile(gone.id);
    await handIn(world, { caseId, files: [kept, gone] });
    await world.restart();
    await told('The file “gone.txt”: It was deleted in Slack.');
    assert.match(toldTo(world.slack, ALICE).join('\n'), /See the files\./);
    nothingAtAws();
  });

  for (const [held, said] of [
    ['external', 'The file “plan.txt”: Slack does not hold it: it is a link to another service.'],
    ['of-others', 'The file “plan.txt”: It belongs to another company that shares the channel'],
  ] as const) {
    it(`refuses a file whose bytes Slack does not give out: ${held}`, async () => {
      await start();
      await reply([{ ...file('plan.txt', 10), held }]);
      await told(said);
      nothingAtAws();
    });
  }

  it('refuses too many and too large ones before anything is fetched', async () => {
    await start();
    const large = { id: 'F1', name: 'huge.bin', size: 150 * MB + 1 };
    const many = Array.from({ length: 11 }, (_, n) => ({ id: `F${n}`, name: `${n}`, size: 1 }));
    await handIn(world, { caseId, files: [large] });
    await handIn(world, { caseId, files: many });
    await world.restart();
    await told('“huge.bin” (150.1 MB) is larger than the 150 MB that AWS takes');
    await told('These are 11 files, and AWS takes 10 with one message');
    assert.deepEqual(world.slack.callsOf('files.info'), []);
    nothingAtAws();
  });

  it('says what is missing when the app may not read files', async () => {
    await start();
    world.slack.setScopes(ALL_SCOPES.filter((scope) => scope !== 'files:read'));
    await reply([file('a.txt', 10)]);
    await told('the app lacks the permission files:read');
    nothingAtAws();
    assert.equal(calls('AddAttachmentsToSet'), 0);
  });

  it('takes no login page for a file', async () => {
    await start();
    world.slack.fault('file_download', { kind: 'login-page', times: 9 });
    await reply([file('a.txt', 10)]);
    await told('The file “a.txt”: Slack gave me its login page instead of the file.');
    nothingAtAws();
  });

  it('does not follow Slack to another place', async () => {
    await start();
    let visits = 0;
    const elsewhere = createServer((_, response) => {
      visits += 1;
      response.end('0123456789');
    });
    elsewhere.listen(0, '127.0.0.1');
    await once(elsewhere, 'listening');
    const to = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}/`;
    world.slack.fault('file_download', { kind: 'redirect', to });
    await reply([file('a.txt', 10)]);
    await told('login page');
    elsewhere.close();
    assert.equal(visits, 0);
    nothingAtAws();
  });

  it('goes on where Slack breaks off in the middle of a file', async () => {
    await start({ aws: { uploads: { partBytes: 2 * MB } } });
    const files = [file('seven.bin', 7 * MB)];
    world.slack.fault('file_download', { kind: 'cut', bytes: 3 * MB });
    world.slack.fault('file_download', { kind: 'cut', bytes: 5 * MB });
    await reply(files);
    await told('AWS has your reply');
    arrived(files);
    assert.equal(world.slack.callsOf('file_download').length, 3);
  });

  it('waits while Slack does not give out files, says so, and sends when it does', async () => {
    await start();
    const files = [file('a.txt', 10)];
    world.slack.fault('file_download', { kind: 'status', status: 503, times: 3 });
    await reply(files);
    await told('Slack does not give me the files of your reply');
    await told('AWS has your reply');
    arrived(files);
  });

  it('keeps the order of what follows', async () => {
    await start({ aws: { uploads: { readyAfterMs: 100 } } });
    await handIn(world, { caseId, files: share([file('six.bin', 6 * MB)]) });
    await handIn(world, { caseId, text: 'And a word more.' });
    await world.restart();
    await world.until(() => world.aws.case(caseId).communications.length === 3, 'both');
    assert.match(world.aws.case(caseId).communications[1]?.body ?? '', /^See the files\./);
  });

  it('stops at once in the middle of an upload, and takes it up again', async () => {
    await start({ aws: { uploads: { readyAfterMs: 3_600_000 } } });
    const files = [file('six.bin', 6 * MB)];
    const began = world.aws.fault('DescribeAttachmentUploadStatus', { kind: 'slow', ms: 0 });
    await reply(files);
    await began.reached;
    await world.stopBot();
    nothingAtAws();
    world.aws.uploadReadyMs = 0;
    await world.restart();
    await told('AWS has your reply');
    arrived(files);
  });

  it('has one reply in the end when it is killed in the middle of an upload', async () => {
    await start({ aws: { uploads: { partBytes: 2 * MB } }, timing: { leaseMs: 1_000 } }, startProcessWorld);
    const { bots } = world as Awaited<ReturnType<typeof startProcessWorld>>;
    const held = world.aws.fault('PutPart', {
      kind: 'hold-before',
      when: ({ input }) => input.partIndex === 3,
    });
    const files = [file('seven.bin', 7 * MB)];
    await reply(files);
    await held.reached;
    await bots[0]?.kill();
    held.release();
    await bots[0]?.start();
    await told('AWS has your reply', 15_000);
    arrived(files);
    assert.equal(count(toldTo(world.slack, ALICE), 'AWS has your reply'), 1);
  });
});
