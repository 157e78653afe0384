import assert from 'node:assert/strict';
import fc from 'fast-check';
import { fates } from './chaos/fate.js';
import { readOptions } from './chaos/options.js';
import { planOf, type Settings } from './chaos/plan.js';
import { keepsEveryPromise, SHORT } from './chaos/short-run.js';

describe('chaos', () => {
  it('keeps every promise with one replica on SQLite', async function () {
    this.timeout(100_000);
    await keepsEveryPromise({ ...SHORT, seed: 2339, replicas: 1, store: 'sqlite' });
  });

  describe('the plan', () => {
    const fateOf = (seed: number) => {
      const next = fates(seed, false);
      return () => next('AddCommunicationToCase');
    };
    const settings: fc.Arbitrary<Settings> = fc
      .record({
        seed: fc.nat(),
        seconds: fc.integer({ min: 1, max: 600 }),
        replicas: fc.integer({ min: 1, max: 5 }),
        onRedis: fc.boolean(),
        latestShowMs: fc.integer({ min: 0, max: 60_000 }),
        hurried: fc.boolean(),
      })
      .map(({ onRedis, ...rest }) => ({
        ...rest,
        store: onRedis || rest.replicas > 1 ? ('redis' as const) : ('sqlite' as const),
      }));
    const check = (holds: (settings: Settings) => void) =>
      fc.assert(fc.property(settings, holds), { numRuns: 60 });

    it('is the same for the same settings', () => {
      check((each) => assert.deepEqual(planOf(each), planOf({ ...each })));
      const [one, other] = [1, 1].map((seed) => Array.from({ length: 500 }, fateOf(seed)));
      assert.deepEqual(one, other);
    });

    it('is another for another seed', () => {
      check((each) =>
        assert.notDeepEqual(planOf(each).steps, planOf({ ...each, seed: each.seed + 1 }).steps),
      );
    });

    it('goes by time, begins with cases, and ends in time', () => {
      check((each) => {
        const { steps } = planOf(each);
        assert.deepEqual(
          steps.map(({ at }) => at),
          steps.map(({ at }) => at).sort((a, b) => a - b),
        );
        assert.ok((steps.at(-1)?.at ?? 0) < each.seconds * 1000);
        assert.equal(steps[0]?.do, 'open-case');
      });
    });

    it('breaks only what there is', () => {
      check((each) => {
        const { steps, skewsMs } = planOf(each);
        assert.equal(skewsMs.length, each.replicas);
        for (const step of steps) {
          if ('replicas' in step) {
            assert.ok(step.replicas.length > 0 && step.replicas.every((index) => index < each.replicas));
          }
          if (step.do === 'pause') assert.ok(each.replicas > 1);
          if (step.do === 'kill-redis' || step.do === 'pause-redis') assert.equal(each.store, 'redis');
          if (step.do === 'aws-shows-late') assert.ok(step.lateMs <= each.latestShowMs);
        }
      });
    });

    it('gives every reply of a person words that nothing else has', () => {
      check((each) => {
        const { steps } = planOf(each);
        const tokens = steps.flatMap((step) => {
          const text = 'text' in step ? step.text : 'body' in step ? step.body : '';
          return /word\w+x\w+/.exec(text)?.[0] ?? [];
        });
        assert.equal(new Set(tokens).size, tokens.length);
        for (const step of steps) if ('text' in step) assert.match(step.text, /word\w+x\w+/);
      });
    });

    it('holds everything that can break, in ten minutes', () => {
      const { steps } = planOf({
        ...SHORT,
        seed: 1,
        seconds: 600,
        replicas: 3,
        store: 'redis',
        hurried: false,
      });
      const done = new Set(steps.map((step) => step.do));
      for (const each of ['kill', 'pause', 'restart', 'slack-down', 'aws-down', 'remove-bot'] as const) {
        assert.ok(done.has(each), each);
      }
      assert.ok(done.has('kill-redis') && done.has('pause-redis') && done.has('aws-shows-late'));
      assert.ok(steps.some((step) => step.do === 'pause' && step.forMs > 10_000));
      assert.ok(steps.some((step) => step.do === 'kill' && step.replicas.length > 1));
    });

    it('loses, repeats and delays events', () => {
      const all = Array.from({ length: 500 }, fateOf(1));
      assert.ok(all.some((fate) => fate.length === 0));
      assert.ok(all.some((fate) => fate.length > 1));
      assert.ok(all.some((fate) => fate.some((ms) => ms > 0)));
    });
  });

  describe('the command line', () => {
    const read = (...args: string[]) => readOptions(args, () => 5);
    it('has a default for everything', () => {
      assert.deepEqual(read(), {
        settings: {
          seed: 5,
          seconds: 120,
          replicas: 1,
          store: 'sqlite',
          latestShowMs: 15_000,
          hurried: false,
        },
      });
    });
    it('gives help to whoever asks for it', () => {
      assert.deepEqual([read('--help'), read('-h')], [{ help: true }, { help: true }]);
    });
    it('takes Redis for several replicas', () => {
      const options = read('--replicas', '3', '--minutes', '0.5', '--seed', '9');
      assert.ok('settings' in options);
      const { store, replicas, seconds, seed } = options.settings;
      assert.deepEqual([store, replicas, seconds, seed], ['redis', 3, 30, 9]);
    });
    for (const [args, says] of [
      [['--replicas', 'two'], /--replicas has to be a whole number from 1 to 9, not “two”/],
      [['--minutes', '0'], /--minutes has to be a number from 0\.1/],
      [['--seed', '-1'], /^--seed has to be a whole number from 0 to \d+, not “-1”\.$/],
      [['--minutes', '-1'], /^--minutes has to be a number from 0\.1 to 600, not “-1”\.$/],
      [['--store', 'postgres'], /--store has to be sqlite or redis/],
      [['--store', 'sqlite', '--replicas', '2'], /one replica only/],
      [['--hours', '1'], /^[^\n]*--hours[^\n]*\.$/],
    ] as const) {
      it(`says what is wrong with ${args.join(' ')}`, () => {
        const options = read(...args);
        assert.ok('problems' in options);
        assert.match(options.problems.join('\n'), says);
      });
    }
  });
});
