import assert from 'node:assert/strict';
import { Rounds } from '../../src/outbox/rounds.js';
import { createLog } from '../../src/telemetry/log.js';
import { key } from '../contract/store/samples.js';
import { until } from '../until.js';

describe('Rounds: what nobody has marked is found', () => {
  let rounds: Rounds;
  let marked: [key: string, after: number][];
  let log: string[];
  afterEach(() => rounds.stop());

  const start = (unfinished: () => Promise<readonly ReturnType<typeof key>[]>, everyMs = 10) => {
    marked = [];
    log = [];
    rounds = new Rounds({
      unfinished,
      mark: async (...mark) => {
        marked.push(mark);
      },
      everyMs,
      log: createLog('warn', (line) => log.push(line)),
    });
    return rounds.start();
  };
  const ONE = '111122223333/case-1';

  it('marks at the start, at once, what an earlier process left', async () => {
    await start(async () => [key('case-1'), key('case-2')], 60_000);
    assert.deepEqual(marked, [
      [ONE, 0],
      ['111122223333/case-2', 0],
    ]);
  });

  it('marks later what was kept since, without cutting short the wait of what is marked', async () => {
    const left: ReturnType<typeof key>[] = [];
    await start(async () => left);
    assert.equal(marked.length, 0);
    left.push(key('case-1'));
    await until(() => marked.length > 1, 'two rounds');
    assert.deepEqual(new Set(marked.map(([, after]) => after)), new Set([10]));
    assert.equal(marked[0]?.[0], ONE);
  });

  it('goes on when the store is away, and says so once', async () => {
    let asked = 0;
    await start(async () => {
      asked += 1;
      if (asked < 4) throw new Error('away');
      return [key('case-1')];
    });
    await until(() => marked.length > 0, 'the mark');
    assert.equal(log.length, 1);
    assert.match(log[0] ?? '', /could not be looked through/);
  });

  it('rests when it is stopped', async () => {
    let asked = 0;
    await start(async () => {
      asked += 1;
      return [];
    }, 5);
    await rounds.stop();
    const before = asked;
    await new Promise((resolve) => setTimeout(resolve, 30));
    assert.equal(asked, before);
  });
});
