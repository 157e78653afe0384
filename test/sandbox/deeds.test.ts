import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { performer } from '../../src/sandbox/page/deeds.js';
import { files } from '../../src/sandbox/page/files.js';
import type { Answer, DeedName, Deeds } from '../../src/sandbox/page/protocol.js';
import { readManifest } from '../../src/sandbox/slack/start-slack.js';
import { Trouble } from '../../src/sandbox/trouble.js';
import { count, onlyThread, toldTo } from '../world/reading.js';
import { ALICE, CHANNEL, startWorld, type World } from '../world/world.js';

const MB = 1024 * 1024;
const OPENING = {
  subject: 'Does not start',
  body: 'It does not start.',
  severity: 'low',
  service: 'amazon-elastic-compute-cloud-linux',
  category: 'instance-issue',
};
const NAMES: readonly DeedName[] = [
  'say',
  'upload',
  'command',
  'act',
  'submit',
  'close',
  'suggest',
  'shortcut',
  'react',
  'home',
  'open-case',
  'reply-to-case',
  'resolve-case',
  'set-severity',
  'account-deed',
  'switch',
  'kill-bot',
];

describe('what somebody does on the page', () => {
  let world: World;
  let perform: ReturnType<typeof performer>;
  let trouble: Trouble;
  let kills: number;
  let changes: number;
  beforeEach(async () => {
    world = await startWorld({ slack: { manifest: readManifest(readFileSync('manifest.yml', 'utf8')) } });
    trouble = new Trouble(world);
    kills = 0;
    changes = 0;
    perform = performer({
      slack: world.slack,
      aws: world.aws,
      bot: {
        kill() {
          kills += 1;
        },
      },
      botUrl: world.botUrl,
      trouble,
      changed() {
        changes += 1;
      },
    });
  });
  afterEach(() => world.stop());

  const does = async <Name extends DeedName>(
    name: Name,
    input: Deeds[Name],
  ): Promise<Extract<Answer, { ok: true }>> => {
    const answer = await perform(name, input);
    if (!answer.ok) assert.fail(answer.error);
    return answer;
  };
  /** The sentence that somebody is told instead. */
  const refused = async (name: string, input: unknown): Promise<string> => {
    const answer = await perform(name, input);
    if (answer.ok) assert.fail(`${name} went through`);
    // One sentence for a person: no stack, no dump of the world, no names of errors.
    assert.match(answer.error, /[.!?]$|^That cannot be done: ./);
    assert.doesNotMatch(answer.error, /\n| {4}at |\[object|TypeError|ZodError|Cannot read/);
    assert.ok(answer.error.length < 300, answer.error);
    return answer.error;
  };
  /** A case, and the thread that it got. */
  const openCase = async (input: Partial<Deeds['open-case']> = {}) => {
    const { caseId = '' } = await does('open-case', { ...OPENING, ...input });
    await world.until(() => onlyThread(world.slack).texts.length > 0, 'the thread');
    const { displayId } = world.aws.case(caseId);
    return { caseId, displayId, threadTs: onlyThread(world.slack).card.ts };
  };
  const last = (caseId: string) => world.aws.case(caseId).communications.at(-1);

  describe('is refused in a sentence', () => {
    it('when there is no such deed', async () => {
      for (const name of ['fly', '', 'Say', 'constructor', '__proto__', 'toString', 'hasOwnProperty']) {
        assert.equal(await refused(name, {}), `Nobody can “${name}” here.`);
      }
    });

    for (const name of NAMES) {
      it(`when what it is given is not of its shape: ${name}`, async () => {
        for (const input of [
          undefined,
          null,
          1,
          'text',
          [],
          [{}],
          { stranger: 1 },
          { user: 1, caseId: {} },
        ]) {
          assert.match(await refused(name, input), /is not right: /);
        }
        if (name !== 'kill-bot') assert.match(await refused(name, {}), /^“\w+” is not right: /);
        assert.equal(kills, 0);
      });
    }

    it('when nobody of that name is there', async () => {
      const user = 'U0NOBODY01';
      const on = { message: { channel: CHANNEL, ts: '1.1' } };
      const deeds: [DeedName, object][] = [
        ['say', { channel: CHANNEL, text: 'Hello' }],
        ['command', { channel: CHANNEL, text: '/support list' }],
        ['act', { on, actionId: 'a' }],
        ['submit', { view: 'V1', values: {} }],
        ['close', { view: 'V1' }],
        ['suggest', { on: { view: 'V1' }, actionId: 'a', value: '' }],
        ['shortcut', { callbackId: 'c', channel: CHANNEL, ts: '1.1' }],
        ['home', {}],
      ];
      for (const [name, more] of deeds) await refused(name, { user, ...more });
      assert.match(await refused('say', { user, channel: CHANNEL, text: 'Hello' }), /U0NOBODY01/);
    });

    it('when the place is not there, or not any more', async () => {
      assert.match(await refused('say', { user: ALICE, channel: 'C0NOWHERE1', text: 'Hello' }), /C0NOWHERE1/);
      const line = { user: ALICE, channel: 'C0NOWHERE1', text: '/support list' };
      assert.match(await refused('command', line), /C0NOWHERE1/);
      await refused('say', { user: ALICE, channel: CHANNEL, text: 'Hello', threadTs: '1.1' });
      const acts = { user: ALICE, actionId: 'a' };
      const message = { message: { channel: CHANNEL, ts: '1.1' } };
      assert.equal(await refused('act', { ...acts, on: message }), 'This message is gone.');
      assert.equal(await refused('act', { ...acts, on: { ephemeral: '1.1' } }), 'This message is gone.');
      const closed = 'This form is not open any more.';
      assert.equal(await refused('act', { ...acts, on: { view: 'V1' } }), closed);
      assert.equal(await refused('submit', { user: ALICE, view: 'V1', values: {} }), closed);
      assert.equal(await refused('close', { user: ALICE, view: 'V1' }), closed);
      const suggest = { user: ALICE, actionId: 'a', value: '' };
      assert.equal(await refused('suggest', { ...suggest, on: { view: 'V1' } }), closed);
      assert.equal(await refused('suggest', { ...suggest, on: message }), 'This message is gone.');
      const shortcut = { user: ALICE, callbackId: 'c', channel: CHANNEL, ts: '1.1' };
      assert.equal(await refused('shortcut', shortcut), 'This message is gone.');
    });

    it('when a message has no such button, and the app no such shortcut', async () => {
      const { ts = '' } = await does('say', { user: ALICE, channel: CHANNEL, text: 'Hello' });
      const on = { message: { channel: CHANNEL, ts } };
      assert.match(await refused('act', { user: ALICE, on, actionId: 'press' }), /press/);
      await refused('shortcut', { user: ALICE, callbackId: 'nothing', channel: CHANNEL, ts });
    });

    it('when there is nothing to react to, or it is done already', async () => {
      const { ts = '' } = await does('say', { user: ALICE, channel: CHANNEL, text: 'Hello' });
      const eyes = { user: ALICE, channel: CHANNEL, ts, name: 'eyes' };
      assert.match(await refused('react', { ...eyes, on: false }), /no_reaction/);
      await refused('react', { ...eyes, ts: '1.000001', on: true });
    });

    it('when there is no such case', async () => {
      const caseId = 'case-111122223333-muen-2026-0000000000000000';
      await openCase();
      for (const [name, more] of [
        ['reply-to-case', { from: 'aws', body: 'Hello' }],
        ['resolve-case', {}],
        ['set-severity', { severity: 'low' }],
      ] as const) {
        const told = await refused(name, { caseId, ...more });
        assert.equal(told, `That cannot be done: no case ${caseId}`);
      }
    });
  });

  describe('at AWS', () => {
    it('is in the thread soon after, with its file', async () => {
      const data = Buffer.from('a log').toString('base64');
      const { caseId } = await openCase({ files: [{ fileName: 'boot ü.log', data }] });
      const [file] = world.aws.case(caseId).communications[0]?.attachments ?? [];
      assert.equal(file?.fileName, 'boot ü.log');
      const find = files(world.slack, world.aws);
      const found = find(`/attachment/${caseId}/${encodeURIComponent(file?.attachmentId ?? '')}`);
      assert.equal(Buffer.from(found?.data ?? []).toString(), 'a log');
      assert.equal(found?.name, 'boot ü.log');
      for (const path of ['/attachment/x/y', '/slack-file/F1', '/attachment', '/%', '/']) {
        assert.equal(find(path), null, path);
      }
      await does('reply-to-case', { caseId, from: 'aws', body: 'Which instance?' });
      await world.until(() => count(onlyThread(world.slack).texts, 'Which instance?') === 1, 'the answer');
      await does('set-severity', { caseId, severity: 'urgent' });
      await does('resolve-case', { caseId });
      const { status, severityCode } = world.aws.case(caseId);
      assert.deepEqual([status, severityCode], ['resolved', 'urgent']);
      await world.until(
        () => onlyThread(world.slack).texts.some((text) => /resolved/i.test(text)),
        'the end',
      );
    });

    it('is trimmed, and has to say something', async () => {
      const { caseId } = await openCase({ subject: '  Trimmed ', body: '\n It is.\n ' });
      assert.equal(world.aws.case(caseId).subject, 'Trimmed');
      assert.equal(last(caseId)?.body, 'It is.');
      assert.match(
        await refused('open-case', { ...OPENING, subject: ' ' }),
        /“subject”.*the subject is missing/,
      );
      assert.match(await refused('open-case', { ...OPENING, body: '\n' }), /“body”.*the text is missing/);
      const reply = { caseId, from: 'aws', body: '  ' };
      assert.match(await refused('reply-to-case', reply), /the text is missing/);
    });

    it('takes 8000 characters, and a subject of 250', async () => {
      const { caseId } = await openCase({ subject: 's'.repeat(250) });
      await does('reply-to-case', { caseId, from: 'customer', body: 'x'.repeat(8_000) });
      assert.equal(last(caseId)?.body.length, 8_000);
      const reply = { caseId, from: 'customer', body: 'x'.repeat(8_001) };
      assert.match(await refused('reply-to-case', reply), /AWS takes 8000 characters at most/);
      assert.match(await refused('open-case', { ...OPENING, body: reply.body }), /AWS takes 8000/);
      assert.match(await refused('open-case', { ...OPENING, subject: 's'.repeat(251) }), /250 characters/);
      assert.equal(world.aws.cases().length, 1);
      assert.equal(world.aws.case(caseId).communications.length, 2);
    });

    it('takes three files of 5 MB, and no empty one', async () => {
      const given = (bytes: number, fileName = 'dump.bin') => ({
        fileName,
        data: Buffer.alloc(bytes, 1).toString('base64'),
      });
      const { caseId } = await openCase();
      const reply = (...all: Deeds['open-case']['files'] & object) => ({
        caseId,
        from: 'customer' as const,
        body: 'See the files.',
        files: all,
      });
      await does('reply-to-case', reply(given(5 * MB), given(1), given(1)));
      assert.equal(last(caseId)?.attachments.length, 3);
      const large = await refused('reply-to-case', reply(given(5 * MB + 1)));
      assert.match(large, /^dump\.bin is larger than 5 MB, .*smaller file\.$/);
      assert.match(await refused('reply-to-case', reply(given(0))), /^dump\.bin is empty\. Choose another/);
      const four = reply(given(1), given(1), given(1), given(1));
      assert.match(await refused('reply-to-case', four), /three files at most/);
      await refused('reply-to-case', reply({ fileName: 'a.txt', data: 'not base64!' }));
      await refused('reply-to-case', reply(given(1, '')));
      assert.equal(world.aws.case(caseId).communications.length, 2);
    });

    it('knows its services and severities, and resolves a case once', async () => {
      const choose = 'Choose a service, and a category of that service.';
      assert.equal(await refused('open-case', { ...OPENING, service: 'moon' }), choose);
      assert.equal(await refused('open-case', { ...OPENING, category: 'moon' }), choose);
      assert.match(await refused('open-case', { ...OPENING, severity: 'worst' }), /“severity” is not right/);
      const { caseId, displayId } = await openCase();
      await refused('reply-to-case', { caseId, from: 'nobody', body: 'Hello' });
      await refused('set-severity', { caseId, severity: 'worst' });
      await does('resolve-case', { caseId });
      assert.equal(await refused('resolve-case', { caseId }), `Case ${displayId} is resolved already.`);
    });
  });

  describe('in Slack', () => {
    it('takes a case, by a reaction on its card, and shows it at home', async () => {
      const { threadTs, displayId } = await openCase();
      const eyes = { user: ALICE, channel: CHANNEL, ts: threadTs, name: 'eyes' };
      await does('react', { ...eyes, on: true });
      await world.until(() => count(toldTo(world.slack, ALICE), 'You have') === 1, 'the answer');
      await does('home', { user: ALICE });
      const home = () => JSON.stringify(world.slack.homeOf(ALICE)?.view.blocks);
      await world.until(() => home().includes(displayId) && home().includes('yours'), 'it is at home');
      await does('react', { ...eyes, on: false });
      await world.until(() => count(toldTo(world.slack, ALICE), 'Nobody has') === 1, 'the answer');
    });

    it('is read by everybody', async () => {
      const { ts } = await does('say', { user: ALICE, channel: CHANNEL, text: 'Good *morning*' });
      const [message] = world.slack.messages(CHANNEL);
      assert.deepEqual([message?.ts, message?.user, message?.text], [ts, ALICE, 'Good *morning*']);
    });

    it('reaches AWS when it mentions the bot in the thread, and only then', async () => {
      const { caseId, threadTs } = await openCase();
      await does('say', { user: ALICE, channel: CHANNEL, text: 'reply Among us.', threadTs });
      const text = '@casethread reply It is i-0abc.';
      await does('say', { user: ALICE, channel: CHANNEL, text, threadTs });
      await world.until(() => world.aws.case(caseId).communications.length === 2, 'the reply');
      assert.match(last(caseId)?.body ?? '', /^It is i-0abc\./);
    });

    it('takes files, with a text or alone, and gives a form the id of one', async () => {
      const app = { fileName: 'app.log', data: 'aGVsbG8=' };
      const trace = { ...app, fileName: 'trace.txt' };
      const line = { user: ALICE, channel: CHANNEL };
      await does('say', { ...line, text: '', files: [app, trace] });
      const [message] = world.slack.messages(CHANNEL);
      assert.deepEqual(
        message?.files?.map(({ name, size }) => [name, size]),
        [
          ['app.log', 5],
          ['trace.txt', 5],
        ],
      );
      const { fileId = '' } = await does('upload', { user: ALICE, file: app });
      assert.equal(Buffer.from(world.slack.file(fileId)?.data ?? []).toString(), 'hello');
      const eleven = Array.from({ length: 11 }, () => app);
      assert.match(await refused('say', { ...line, text: 'x', files: eleven }), /Slack takes 10 files/);
      const empty = { fileName: 'empty.log', data: '' };
      assert.match(await refused('upload', { user: ALICE, file: empty }), /Slack takes no empty file/);
    });

    it('is a command, answered to the person', async () => {
      const { displayId } = await openCase();
      await does('command', { user: ALICE, channel: CHANNEL, text: '  /support list ' });
      await world.until(
        () => toldTo(world.slack, ALICE).some((text) => text.includes(displayId)),
        'the list',
      );
    });

    it('is no command that the workspace does not know, and none in a thread', async () => {
      const line = { user: ALICE, channel: CHANNEL };
      for (const text of ['/suport list', '/', '/supportlist']) {
        const told = await refused('command', { ...line, text });
        assert.ok(told.startsWith(`${text.split(' ')[0]} is not a command here.`), told);
      }
      await refused('command', { ...line, text: 'support list' });
      await refused('command', { ...line, text: '' });
      const { threadTs } = await openCase();
      const told = await refused('command', { ...line, text: '/support list', threadTs });
      assert.match(told, /^\/support is not supported in threads\. Sorry! .*mention the bot here\.$/);
      assert.deepEqual(toldTo(world.slack, ALICE), []);
    });

    it('is neither empty nor longer than Slack takes', async () => {
      const line = { user: ALICE, channel: CHANNEL };
      assert.equal(await refused('say', { ...line, text: ' \n' }), 'There is nothing to send yet.');
      await does('say', { ...line, text: 'x'.repeat(12_000) });
      assert.match(await refused('say', { ...line, text: 'x'.repeat(12_001) }), /Slack takes 12000/);
      assert.equal(world.slack.messages(CHANNEL).length, 1);
    });

    it('is told when the bot does not answer', async () => {
      await world.stopBot();
      const told = await refused('command', { user: ALICE, channel: CHANNEL, text: '/support list' });
      assert.equal(told, '/support failed because the app did not respond. Is the bot running?');
      // A message does not depend on the bot.
      await does('say', { user: ALICE, channel: CHANNEL, text: '@casethread help' });
    });

    it('is impossible while Slack is down, until it is up again', async () => {
      await does('switch', { name: 'slack-down', on: true });
      const line = { user: ALICE, channel: CHANNEL };
      const on = { message: { channel: CHANNEL, ts: '1.1' } };
      for (const [name, input] of [
        ['say', { ...line, text: 'Hello' }],
        ['command', { ...line, text: '/support list' }],
        ['act', { user: ALICE, on, actionId: 'a' }],
        ['submit', { user: ALICE, view: 'V1', values: {} }],
        ['suggest', { user: ALICE, on: { view: 'V1' }, actionId: 'a', value: '' }],
        ['shortcut', { user: ALICE, callbackId: 'c', channel: CHANNEL, ts: '1.1' }],
        ['home', { user: ALICE }],
      ] as const) {
        assert.match(await refused(name, input), /^Slack is down: you switched that on\. Switch it off/);
      }
      assert.deepEqual(world.slack.messages(CHANNEL), []);
      // AWS is not Slack.
      await does('open-case', OPENING);
      await does('switch', { name: 'slack-down', on: false });
      await does('say', { ...line, text: 'Hello' });
      await world.until(() => world.slack.threads(CHANNEL).length === 2, 'the thread of the case');
    });
  });

  it('makes trouble, and tells the page', async () => {
    await does('switch', { name: 'deliver-three-times', on: true });
    assert.equal(trouble.switches['deliver-three-times'], true);
    assert.equal(changes, 1);
    await refused('switch', { name: 'sun-down', on: true });
    await refused('switch', { name: 'slack-down', on: 'yes' });
    await does('kill-bot', {});
    assert.equal(kills, 1);
  });
});
