import assert from 'node:assert/strict';
import type { CommandDeps } from '../../src/commands/command-deps.js';
import { createSeal } from '../../src/commands/form-parts/seal.js';
import type { FormAnswer, ViewValues } from '../../src/commands/interaction.js';
import { recall, remember } from '../../src/commands/reply-form/memory.js';
import { sendReplyForm } from '../../src/commands/reply-form/send.js';
import type { Intent, Submitted } from '../../src/outbox/outbox.js';
import type { SlackFile } from '../../src/store/outbox-message.js';
import { createLog } from '../../src/telemetry/log.js';
import { EVERYBODY_MAY } from '../world/everybody-may.js';

const ALICE = 'U0ALICE0001';
const log = (id: string): SlackFile => ({ id, name: `${id}.log`, size: 7 });

describe('a reply form that is sent', () => {
  let submitted: Intent[];
  let fate: Submitted;
  let isStoreAway: boolean;
  beforeEach(() => {
    submitted = [];
    fate = 'taken';
    isStoreAway = false;
  });

  const deps = {
    ...EVERYBODY_MAY,
    seal: createSeal('xoxb-secret'),
    store: {
      canonical: async (key: unknown) => key,
      async getCase() {
        if (isStoreAway) throw new Error('the store is away');
        return null;
      },
      async check() {
        if (isStoreAway) throw new Error('the store is away');
      },
    },
    markCase: async () => undefined,
    accountToName: () => null,
    slack: { personName: async () => 'Alice Example', linkTo: () => null },
    outbox: {
      async submit(intent: Intent) {
        submitted.push(intent);
        return fate;
      },
    },
    log: createLog('error', () => undefined),
  } as unknown as CommandDeps;
  const memory = {
    key: '111122223333/case-1',
    user: ALICE,
    channel: 'C0CASES0001',
    threadTs: '1700000000.000100',
    reopens: false,
    files: [log('F0ONE'), log('F0TWO')],
  };
  const send = (values: ViewValues): Promise<FormAnswer> =>
    sendReplyForm(deps, {
      user: ALICE,
      userName: 'alice',
      trigger: '1.2.3',
      view: {
        id: 'V0FORM',
        callbackId: 'reply_form',
        metadata: remember(deps, memory),
        isOver: false,
        blocks: [],
        values,
      },
    });
  const text = (value: string): ViewValues => ({ 'text-1': { text: { value } } });
  const given = (...ids: string[]): ViewValues => ({
    'given-files': { 'given-files': { selected_options: ids.map((value) => ({ value })) } },
  });

  it('hands over the text, the files that are on, those that were added, and the copies', async () => {
    const answer = await send({
      ...text('See the logs.'),
      ...given('F0TWO', 'F0STRANGE'),
      files: { files: { files: [log('F0ADDED'), log('F0TWO')] } },
      cc: { cc: { value: 'ops@example.com, lead@example.com' } },
    });
    assert.equal(answer.do, 'close');
    const [intent] = submitted;
    assert.deepEqual(intent?.files, [log('F0TWO'), log('F0ADDED')]);
    assert.deepEqual(intent?.cc, ['ops@example.com', 'lead@example.com']);
    assert.equal(intent?.text, 'See the logs.');
    assert.equal(intent?.request, 'form V0FORM');
    assert.deepEqual([intent?.channel, intent?.threadTs], [memory.channel, memory.threadTs]);
    assert.equal(intent?.mayReopen, false);
  });

  it('names the files where there is no text', async () => {
    await send(given('F0ONE'));
    assert.equal(submitted[0]?.text, 'Attached: F0ONE.log');
  });

  it('takes ten files and no more', async () => {
    const files = Array.from({ length: 9 }, (_, index) => log(`F0X${index}`));
    const answer = await send({
      ...text('Many.'),
      ...given('F0ONE', 'F0TWO'),
      files: { files: { files } },
    });
    assert.ok(answer.do === 'errors');
    assert.match(answer.errors.files ?? '', /11 files, and AWS takes 10/);
    assert.equal(submitted.length, 0);
  });

  it('stays open with its words when nobody knows whether it is kept, or when the store is away', async () => {
    fate = 'unclear';
    const unclear = await send(text('Perhaps.'));
    assert.ok(unclear.do === 'errors');
    assert.match(unclear.errors['text-1'] ?? '', /Press the button once more.*not sent twice/);
    isStoreAway = true;
    const away = await send(text('Not now.'));
    assert.ok(away.do === 'errors');
    assert.match(away.errors['text-1'] ?? '', /cannot reach its store/);
    // What was perhaps kept, and nothing else.
    assert.equal(submitted.length, 1);
  });

  it('remembers ten files with the longest names within what Slack takes', () => {
    const files = Array.from({ length: 10 }, (_, index) => ({
      id: `F0123456789${index}`,
      name: `${'"'.repeat(10)}${'n'.repeat(240)}.tar`,
      size: 150_000_000,
    }));
    const metadata = remember(deps, { ...memory, files });
    assert.ok(metadata.length <= 3_000, `${metadata.length}`);
    assert.equal(recall(deps, metadata, ALICE)?.files.length, 10);
    assert.match(recall(deps, metadata, ALICE)?.files[9]?.name ?? '', /\.tar$/);
    assert.equal(recall(deps, metadata, 'U0BOB000001'), null);
  });

  for (const [what, begin] of [
    ['quotes', '"'.repeat(200)],
    ['backslashes', '\\'.repeat(250)],
    ['control characters', '\u0001'.repeat(100)],
  ]) {
    it(`remembers ten files whose names are ${what}`, () => {
      const files = Array.from({ length: 10 }, (_, n) => ({
        ...log(`F0123456789${n}`),
        name: `${begin}${n}.tar`,
      }));
      const metadata = remember(deps, { ...memory, files });
      assert.ok(metadata.length <= 3_000, `${metadata.length}`);
      const recalled = recall(deps, metadata, ALICE)?.files ?? [];
      assert.deepEqual(
        recalled.map(({ id }) => id),
        files.map(({ id }) => id),
      );
      for (const { name } of recalled) assert.match(name, /^.+\.tar$/s);
    });
  }

  it('calls files by their ids where their names do not fit at all', () => {
    const files = Array.from({ length: 10 }, (_, n) => log(`F${String(n).repeat(50)}`));
    const key = `111122223333/${'k'.repeat(1_700)}`;
    const metadata = remember(deps, { ...memory, key, files });
    assert.ok(metadata.length <= 3_000, `${metadata.length}`);
    assert.deepEqual(
      recall(deps, metadata, ALICE)?.files.map(({ name }) => name),
      files.map(({ id }) => id),
    );
  });
});
