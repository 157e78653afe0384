import assert from 'node:assert/strict';
import { startController } from '../../src/inbox/controller.js';
import type { Handler, Inbox, Run } from '../../src/inbox/inbox.js';
import { again, done, type Outcome, park } from '../../src/inbox/outcome.js';
import { STANDING_LEASE } from '../../src/lease/lease.js';
import { createLog } from '../../src/telemetry/log.js';

const run: Run = { key: 'case-1', attempt: 3, since: 0, lease: STANDING_LEASE };

/** Starts a controller on an inbox that does nothing by itself, and gives it one key. */
async function oneRun(work: (run: Run) => Promise<Outcome>, times = 1) {
  const lines: Record<string, unknown>[] = [];
  const counted: string[] = [];
  let changes = 0;
  let handler: Handler | undefined;
  let concurrency = 0;
  const inbox: Pick<Inbox, 'run'> = {
    run(given, options) {
      handler = given;
      concurrency = options.concurrency;
    },
  };
  startController({
    name: 'reconcile',
    inbox: {
      ...inbox,
      mark: async () => undefined,
      stats: async () => ({ waiting: 0, working: 0, parked: 0 }),
      parked: async () => [],
      marked: async () => new Set(),
      stop: async () => undefined,
    },
    work,
    concurrency: 7,
    backoff: { firstMs: 100, longestMs: 1_000 },
    log: createLog('debug', (line) => lines.push(JSON.parse(line) as Record<string, unknown>)),
    count: (outcome) => counted.push(outcome),
    onParkedChange: () => {
      changes += 1;
    },
  });
  assert.ok(handler !== undefined);
  let outcome = await handler(run);
  for (let time = 1; time < times; time++) outcome = await handler(run);
  return { outcome, lines, counted, concurrency, changes };
}

describe('controller', () => {
  it('gives the work its key, and says in log and numbers that it is done', async () => {
    const seen: Run[] = [];
    const { outcome, lines, counted, concurrency } = await oneRun(async (given) => {
      seen.push(given);
      return done;
    });
    assert.deepEqual(seen, [run]);
    assert.deepEqual(outcome, done);
    assert.deepEqual(counted, ['done']);
    assert.deepEqual(
      lines.map(({ level, event, key, attempt }) => ({ level, event, key, attempt })),
      [{ level: 'debug', event: 'reconcile done', key: 'case-1', attempt: 3 }],
    );
    assert.equal(concurrency, 7);
  });

  for (const after of [0, 42]) {
    it(`keeps a delay of ${after} that the work asks for`, async () => {
      const { outcome, counted } = await oneRun(async () => again('AWS is behind', after));
      assert.deepEqual(outcome, { outcome: 'again', reason: 'AWS is behind', after });
      assert.deepEqual(counted, ['again']);
    });
  }

  it('backs off by the number of tries when the work asks for no delay', async () => {
    const { outcome, lines } = await oneRun(async () => again('AWS is behind'));
    assert.ok(outcome.outcome === 'again' && outcome.after !== undefined);
    // 100 doubled three times, and at least half of it.
    assert.ok(outcome.after >= 400 && outcome.after <= 800, String(outcome.after));
    assert.equal(lines[0]?.reason, 'AWS is behind');
    assert.equal(lines[0]?.after, outcome.after);
  });

  it('parks with the reason, and warns', async () => {
    const { outcome, lines, counted } = await oneRun(async () => park('Invite the bot.'));
    assert.deepEqual(outcome, park('Invite the bot.'));
    assert.deepEqual(counted, ['park']);
    assert.deepEqual(
      lines.map(({ level, event, reason }) => ({ level, event, reason })),
      [{ level: 'warn', event: 'reconcile parked', reason: 'Invite the bot.' }],
    );
  });

  it('warns again for another reason only, and after the key was done', async () => {
    const ends = [park('A.'), park('A.'), again('busy', 0), park('A.'), park('B.'), done, done, park('B.')];
    const { lines, changes } = await oneRun(async () => ends.shift() ?? done, ends.length);
    assert.deepEqual(
      lines.filter(({ level }) => level === 'warn').map(({ reason }) => reason),
      ['A.', 'B.', 'B.'],
    );
    // Five times parked, and once done after that.
    assert.equal(changes, 6);
  });

  const bugs: [string, () => Promise<Outcome>][] = [
    ['rejects', async () => Promise.reject(new TypeError('the text of a case'))],
    [
      'throws at once',
      () => {
        throw new TypeError('the text of a case');
      },
    ],
  ];
  for (const [how, work] of bugs) {
    it(`tries work again that ${how}, with back-off, and logs the error without its message`, async () => {
      const { outcome, lines, counted } = await oneRun(work);
      assert.ok(outcome.outcome === 'again' && outcome.after !== undefined);
      assert.ok(outcome.after >= 400 && outcome.after <= 800, String(outcome.after));
      assert.ok(counted.includes('error'));
      const [first] = lines;
      assert.deepEqual(
        [first?.level, first?.event, first?.error],
        ['error', 'reconcile failed', 'TypeError'],
      );
      assert.ok(!JSON.stringify(lines).includes('the text of a case'));
    });
  }
});
