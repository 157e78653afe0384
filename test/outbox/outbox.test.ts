import assert from 'node:assert/strict';
import { join } from 'node:path';
import { caseKeyText } from '../../src/case/case-key.js';
import { answer } from '../../src/commands/answer.js';
import type { Command, CommandDeps } from '../../src/commands/command-deps.js';
import { replyTo } from '../../src/commands/reply.js';
import { resolveCase } from '../../src/commands/resolve.js';
import { createOutbox, type Outbox } from '../../src/outbox/outbox.js';
import { StoreUnclear } from '../../src/outbox/store-unclear.js';
import { shownText } from '../../src/sandbox/slack/start-slack.js';
import { Database } from '../../src/sqlite/database.js';
import type { OutboxMessage } from '../../src/store/outbox-message.js';
import { sqliteStore } from '../../src/store/sqlite-store.js';
import type { Store } from '../../src/store/store.js';
import { createLog } from '../../src/telemetry/log.js';
import { key, message } from '../contract/store/samples.js';
import { temporaryFolder } from '../temporary-folder.js';
import { EVERYBODY_MAY } from '../world/everybody-may.js';

/** What becomes of a call of the store: carried out, not carried out, or carried out and its answer lost. */
type Fate = 'done' | 'lost before' | 'lost after';

describe('outbox: the store does not answer', () => {
  let folder: ReturnType<typeof temporaryFolder>;
  let store: Store;
  let outbox: Outbox;
  let marked: string[];
  let isInboxAway: boolean;
  /** Of the next calls that write; afterwards all goes well. */
  let fates: Fate[];
  let references: number;
  beforeEach(async () => {
    folder = temporaryFolder();
    const db = await Database.open(join(folder.path, 'casethread.db'));
    store = sqliteStore({ db, mark: () => undefined, now: Date.now });
    marked = [];
    isInboxAway = false;
    fates = [];
    references = 0;
    const meet = async <T>(work: () => Promise<T>): Promise<T> => {
      const fate = fates.shift() ?? 'done';
      if (fate === 'lost before') throw new Error('the store is away');
      const value = await work();
      if (fate === 'lost after') throw new Error('the answer was lost');
      return value;
    };
    outbox = createOutbox({
      store: {
        addToOutbox: (each) => meet(() => store.addToOutbox(each)),
        getFromOutbox: (reference) => store.getFromOutbox(reference),
        getRequested: (request) => store.getRequested(request),
        changeOutbox: (...values) => meet(() => store.changeOutbox(...values)),
      },
      mark: async (marks) => {
        if (isInboxAway) throw new Error('the inbox is away');
        marked.push(marks);
      },
      newReference: () => `reference${references++}`,
      now: () => 1_000,
      log: createLog('error', () => undefined),
      patience: { forMs: 30, pauseMs: 5 },
    });
  });
  afterEach(async () => {
    await store.close();
    folder.remove();
  });

  const kept = async () => (await store.caseFile(key())).outbox;
  const LONG = 50;
  const away = (fate: Fate) => Array.from({ length: LONG }, () => fate);

  describe('when somebody replies', () => {
    const command: Command = {
      name: '/support',
      rest: '',
      user: 'U0ALICE0001',
      userName: 'alice',
      channel: 'C0CASES0001',
      threadTs: null,
      responseUrl: null,
      request: 'one request',
    };
    const found = { found: true as const, key: key(), displayId: '1234563851', record: null };
    const deps = () =>
      ({
        ...EVERYBODY_MAY,
        outbox,
        store,
        slack: { personName: async () => 'Alice Example', linkTo: () => null },
        accounts: { whyNotAsked: () => null },
        accountToName: () => null,
        log: createLog('error', () => undefined),
      }) as unknown as CommandDeps;
    /** What the person reads. */
    const reply = async (find: () => Promise<typeof found> = async () => found) =>
      (await replyTo(deps(), command, { text: 'My words.', typed: '', missing: answer('Missing.'), find }))
        .map((said) => shownText(said as never))
        .join('\n');

    for (const [how, before] of [
      ['fails once before it keeps it', ['lost before']],
      ['keeps it and its answer is lost', ['lost after']],
      ['fails twice, each in its own way', ['lost before', 'lost after']],
    ] satisfies [string, Fate[]][]) {
      it(`keeps one, and says that it is on its way, when the store ${how}`, async () => {
        fates = [...before];
        assert.match(await reply(), /Sending your reply/);
        assert.deepEqual(
          (await kept()).map(({ text }) => text),
          ['My words.'],
        );
        assert.deepEqual(marked, [caseKeyText(key())]);
      });
    }

    it('knows a request of Slack that comes again', async () => {
      assert.match(await reply(), /Sending your reply/);
      assert.match(await reply(), /It goes to AWS once/);
      assert.equal((await kept()).length, 1);
    });

    for (const fate of ['lost before', 'lost after'] as const) {
      it(`says honestly that it does not know, with the words, when all answers are ${fate} it is kept`, async () => {
        fates = away(fate);
        const said = await reply();
        assert.match(said, /I do not know whether your reply on .* was taken/);
        assert.match(said, /send it again if it is not there/);
        assert.match(said, /My words\./);
        assert.doesNotMatch(said, /nothing was done/);
        assert.equal((await kept()).length, fate === 'lost after' ? 1 : 0);
      });
    }

    it('gives the words back, too, when the case could not even be looked for', async () => {
      const said = await reply(() => Promise.reject(new Error('the store is away')));
      assert.match(said, /nothing was done/);
      assert.match(said, /My words\./);
    });

    it('is taken when it is kept and its case cannot be marked', async () => {
      isInboxAway = true;
      assert.match(await reply(), /Sending your reply/);
      assert.equal((await kept()).length, 1);
    });

    it('says of a resolve to look at the case before it is repeated', async () => {
      fates = away('lost before');
      const said = shownText((await resolveCase(deps(), command, found)) as never);
      assert.match(said, /I do not know whether .* is being resolved/);
      assert.match(said, /look at the case, and resolve it again if it is still open/);
    });
  });

  describe('when somebody presses a button', () => {
    const press = async (how: 'sendAgain' | 'cancel' | 'agree', state: OutboxMessage['state']) => {
      const reply = message({ state, attemptedAt: 5, told: true });
      await store.addToOutbox(reply);
      const click = { reference: reply.reference, user: reply.user, responseUrl: null };
      return { press: () => outbox[how](click), now: () => store.getFromOutbox(reply.reference) };
    };

    it('counts once, and the case is marked, when the first answer is lost', async () => {
      const { press: click, now } = await press('sendAgain', 'failed');
      fates = ['lost after'];
      // What the person reads comes from how the message stands: on its way.
      const result = await click();
      assert.equal(result.result, 'late');
      assert.equal('message' in result ? result.message.state : '', 'in-doubt');
      assert.equal((await now())?.state, 'in-doubt');
      assert.deepEqual(marked, [caseKeyText(key())]);
    });

    it('counts when the store comes back', async () => {
      const { press: click, now } = await press('agree', 'asking');
      fates = ['lost before'];
      assert.equal((await click()).result, 'done');
      assert.equal((await now())?.state, 'queued');
    });

    it('counts also when the case cannot be marked', async () => {
      const { press: click, now } = await press('sendAgain', 'failed');
      isInboxAway = true;
      assert.equal((await click()).result, 'done');
      assert.equal((await now())?.told, false);
    });

    it('is not known to have counted when no answer comes', async () => {
      const { press: click } = await press('cancel', 'failed');
      fates = away('lost before');
      await assert.rejects(click(), StoreUnclear);
    });
  });
});
