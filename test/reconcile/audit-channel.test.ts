import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { ApiCall } from '../../src/case/calls/api-call.js';
import { CALL_KINDS, type CallKind } from '../../src/case/calls/call-kind.js';
import type { Doubt } from '../../src/case/doubt.js';
import { STANDING_LEASE } from '../../src/lease/lease.js';
import { foundBefore } from '../../src/reconcile/audit-channel/found-before.js';
import { keepKinds } from '../../src/reconcile/audit-channel/kinds-since.js';
import { endShowing, type ShowCallsDeps, showCalls } from '../../src/reconcile/audit-channel/show-calls.js';
import type { EntryTag, Message } from '../../src/slack/message.js';
import { SlackError } from '../../src/slack/slack-error.js';
import { createLog } from '../../src/telemetry/log.js';
import { call } from '../contract/store/samples.js';

const CHANNEL = 'C1';
const MINUTE = 60_000;

/** The process dies, or Slack does not answer as it should, at some step. */
type Trouble = 'none' | 'dies before' | 'dies after' | 'refused' | 'lost before' | 'lost after';

class Death extends Error {}

interface Shown {
  readonly ts: string;
  readonly channel: string;
  tag: EntryTag;
  text: string;
  deleted: boolean;
}

/** A store and a Slack that keep what they are given, while process after process dies between any two steps. */
class Room {
  readonly calls: { place: number; call: ApiCall }[] = [];
  notes = new Map<string, string>();
  doubts: Doubt[] = [];
  readonly shown: Shown[] = [];
  readonly log: string[] = [];
  /** AWS's ids of the bot's requests. */
  trail: { awsRequestId: string; user: string }[] = [];
  /** Characters that were written into the store. */
  written = 0;
  now = 10_000_000_000;
  channel = CHANNEL;
  kinds: readonly CallKind[] = CALL_KINDS;
  kindsSince = 0;
  since = 0;
  troubles: Trouble[] = [];
  /** What happens once, right before calls are read. */
  meanwhile: (() => Promise<void>) | null = null;
  #deps: ShowCallsDeps;

  constructor() {
    this.#deps = this.#start();
  }

  get slack(): { post: ShowCallsDeps['slack']['post'] } {
    return this.#deps.slack;
  }

  take(...calls: ApiCall[]): void {
    for (const each of calls) this.calls.push({ place: this.calls.length + 1, call: each });
  }

  /** One turn of work, which may end anywhere. */
  async turn(attempt = 0): Promise<void> {
    const run = { key: 'audit-channel', attempt, since: 0, lease: STANDING_LEASE };
    await showCalls(this.#deps, run).catch((error: unknown) => {
      if (!(error instanceof Death)) throw error;
      this.#deps = this.#start();
    });
  }

  /** Turns without trouble, until nothing is left to do. */
  async rest(): Promise<void> {
    this.troubles = [];
    for (let before = ''; before !== this.picture(); ) {
      before = this.picture();
      for (let turns = 0; turns < 5; turns += 1) {
        this.now += MINUTE;
        await this.turn();
      }
    }
  }

  /** All that the store knew, and that of a loss it always knows. */
  lose(): void {
    this.calls.length = 0;
    this.notes.clear();
    this.doubts = [{ from: 0, until: this.now }];
    this.#deps = this.#start();
  }

  /** Other kinds, at the start or after a SIGHUP: before another call comes. */
  async takeUp(kinds: readonly CallKind[]): Promise<void> {
    this.now += 2;
    this.kinds = kinds;
    this.kindsSince = this.now;
    this.now += 2;
    await keepKinds(this.#deps.store, { kinds, since: this.kindsSince }).catch((error: unknown) => {
      if (!(error instanceof Death)) throw error;
      this.#deps = this.#start();
      return this.takeUp(kinds);
    });
  }

  /** It is switched off. */
  async end(): Promise<void> {
    const run = { key: 'audit-channel-off', attempt: 0, since: 0, lease: STANDING_LEASE };
    await endShowing({ ...this.#deps, audit: () => null }, run);
  }

  picture(): string {
    return JSON.stringify([this.shown, [...this.notes]]);
  }

  async #step<T>(deed: () => T): Promise<T> {
    const trouble = this.troubles.shift() ?? 'none';
    if (trouble === 'dies before') throw new Death();
    if (trouble === 'refused') throw new SlackError('rate-limited', 'ratelimited', '', 'no', 1);
    if (trouble === 'lost before') throw new SlackError('unreachable', 'reset', '', 'maybe');
    const result = deed();
    if (trouble === 'dies after') throw new Death();
    if (trouble === 'lost after') throw new SlackError('unreachable', 'reset', '', 'maybe');
    return result;
  }

  #start(): ShowCallsDeps {
    const store = {
      under: () => store,
      callsSince: async (place: number, limit: number) => {
        const { meanwhile } = this;
        this.meanwhile = null;
        await meanwhile?.();
        return this.calls.filter((each) => each.place > place).slice(0, limit);
      },
      note: async (name: string) => this.notes.get(name) ?? null,
      saveNote: async (name: string, value: string | null) => {
        const trouble = this.troubles.shift() ?? 'none';
        if (trouble === 'dies before') throw new Death();
        this.notes.set(name, value ?? '');
        this.written += value?.length ?? 0;
        if (trouble === 'dies after') throw new Death();
      },
      doubts: async () => this.doubts,
      readAudit: async () => this.trail,
      canonical: async (key: unknown) => key,
      getCase: async () => null,
    } as unknown as ShowCallsDeps['store'];
    const slack: ShowCallsDeps['slack'] = {
      post: async ({ channel }, message: Message, tag, _, atTurn) => {
        await atTurn();
        return this.#step(() => {
          const ts = `${this.shown.length + 1}.0`;
          this.shown.push({ ts, channel, tag, text: message.text, deleted: false });
          return ts;
        });
      },
      update: async (channel, ts, message, _, tag) =>
        this.#step(() => {
          const found = this.shown.find((each) => each.ts === ts && each.channel === channel);
          if (found === undefined || found.deleted)
            throw new SlackError('gone', 'message_not_found', 'gone', 'no');
          found.text = message.text;
          found.tag = tag ?? found.tag;
        }),
      personName: async () => null,
      findEntries: async ({ channel }) =>
        this.shown.filter((each) => each.channel === channel && !each.deleted),
    };
    return {
      store,
      slack,
      audit: () => ({
        channel: this.channel,
        kinds: this.kinds,
        since: this.since,
        kindsSince: this.kindsSince,
      }),
      render: ({ count, calls, before }) => ({
        text: JSON.stringify({ count, ids: calls.map(({ id }) => id), before }),
        blocks: [],
      }),
      foundBefore: foundBefore({ store, slack, now: () => this.now }),
      updateEveryMs: 10_000,
      lookEveryMs: MINUTE,
      settlesWithinMs: 0,
      log: createLog('warn', (line) => this.log.push(line)),
      now: () => this.now,
    };
  }
}

interface Told {
  readonly count: number;
  readonly ids: readonly string[];
  readonly before: unknown;
}

const told = (room: Room) => room.shown.map(({ text }) => JSON.parse(text) as Told);

const made = (id: string, at: number, change: Partial<ApiCall> = {}): ApiCall =>
  call({
    id,
    name: 'RefreshTrustedAdvisorCheck',
    caseId: '',
    at,
    receivedAt: at,
    ...change,
  });

const someCalls = fc
  .array(
    fc.record({
      at: fc.integer({ min: 0, max: 60 }).map((minutes) => minutes * MINUTE),
      name: fc.constantFrom('RefreshTrustedAdvisorCheck', 'DescribeTrustedAdvisorChecks'),
      error: fc.constantFrom(null, 'AccessDenied'),
    }),
    { minLength: 1, maxLength: 25 },
  )
  .map((all) => all.map(({ at, ...change }, index) => made(`call ${index}`, at, change)));

const anyTrouble = fc.constantFrom<Trouble>(
  ...(['none', 'none', 'dies before', 'dies after', 'refused', 'lost before', 'lost after'] as const),
);

/** Every call is counted once, and named once: of so few, each is named by the message that counts it. */
function countsEachOnce(room: Room): void {
  const ids = room.calls.map((each) => each.call.id).sort();
  const messages = told(room);
  assert.deepEqual(messages.flatMap((each) => each.ids).sort(), ids);
  for (const { count, ids: named } of messages) assert.equal(count, named.length);
  const tags = room.shown.map(({ tag }) => tag.entry);
  assert.equal(new Set(tags).size, tags.length, 'nothing is posted twice');
}

describe('the audit channel', () => {
  it('counts each call once, in whatever batches they come and wherever the process dies', () =>
    fc.assert(
      fc.asyncProperty(
        someCalls,
        fc.array(fc.record({ calls: fc.nat(6), troubles: fc.array(anyTrouble, { maxLength: 6 }) }), {
          maxLength: 10,
        }),
        async (calls, turns) => {
          const room = new Room();
          let left = calls;
          for (const turn of turns) {
            room.take(...left.slice(0, turn.calls));
            left = left.slice(turn.calls);
            room.troubles = [...turn.troubles];
            room.now += 7_000;
            await room.turn();
          }
          room.take(...left);
          await room.rest();
          countsEachOnce(room);
        },
      ),
    ));

  it('counts each call once when the store forgets what it did last', () =>
    fc.assert(
      fc.asyncProperty(
        someCalls,
        fc.array(fc.nat(5), { maxLength: 6 }),
        fc.nat(6),
        async (calls, cuts, kept) => {
          const room = new Room();
          const notes = [new Map(room.notes)];
          let left = calls;
          for (const cut of cuts) {
            room.take(...left.slice(0, cut));
            left = left.slice(cut);
            await room.rest();
            notes.push(new Map(room.notes));
          }
          room.notes = new Map(notes[kept % notes.length]);
          room.doubts = [{ from: 0, until: room.now }];
          room.take(...left);
          room.troubles = ['dies before'];
          await room.turn();
          await room.rest();
          countsEachOnce(room);
        },
      ),
    ));

  it('shows each call once when the store is lost and records come again', () =>
    fc.assert(
      fc.asyncProperty(someCalls, fc.nat(25), fc.infiniteStream(fc.nat(3)), async (calls, before, sizes) => {
        const room = new Room();
        const hand = async (all: readonly ApiCall[]) => {
          for (let left = all; left.length > 0; ) {
            const size = 1 + Number(sizes.next().value);
            room.take(...left.slice(0, size));
            left = left.slice(size);
            await room.rest();
          }
        };
        await hand(calls.slice(0, before));
        room.lose();
        // In another order, as copies of a file come.
        await hand([...calls].sort((a, b) => b.id.localeCompare(a.id)));
        countsEachOnce(room);
      }),
      { numRuns: 60 },
    ));

  it('shows of each call what was to be shown when it came, however often that changes, and wherever it dies', () => {
    const REFRESHES: readonly CallKind[] = ['trusted-advisor-refreshes'];
    const READS: readonly CallKind[] = ['trusted-advisor-reads'];
    const someKinds = fc.constantFrom(REFRESHES, READS, [...REFRESHES, ...READS], ['plan-reads'] as const);
    const steps = fc.array(
      fc.record({
        kinds: fc.option(someKinds),
        calls: fc.nat(3),
        troubles: fc.array(anyTrouble, { maxLength: 4 }),
        // One that has not heard of the other kinds.
        worker: fc.constantFrom('none', 'this', 'another'),
      }),
      { maxLength: 12 },
    );
    return fc.assert(
      fc.asyncProperty(someCalls, steps, async (calls, all) => {
        const room = new Room();
        await room.takeUp(CALL_KINDS);
        const [kinds, kindsSince] = [room.kinds, room.kindsSince];
        const expected: string[] = [];
        let left = calls;
        for (const step of all) {
          if (step.kinds !== null) await room.takeUp(step.kinds);
          for (const each of left.slice(0, step.calls)) {
            room.take({ ...each, receivedAt: room.now });
            const kind = each.name.startsWith('Refresh')
              ? 'trusted-advisor-refreshes'
              : 'trusted-advisor-reads';
            if (room.kinds.includes(kind)) expected.push(each.id);
          }
          left = left.slice(step.calls);
          room.troubles = [...step.troubles];
          const current = { kinds: room.kinds, kindsSince: room.kindsSince };
          if (step.worker === 'another') Object.assign(room, { kinds, kindsSince });
          if (step.worker !== 'none') await room.turn();
          Object.assign(room, current);
        }
        await room.rest();
        const shown = told(room).flatMap(({ ids }) => ids);
        assert.deepEqual(shown.sort(), expected.sort());
      }),
    );
  });

  it('goes by other kinds also when they are taken up, and a call comes, while a turn is under way', async () => {
    const room = new Room();
    await room.takeUp(['plan-reads']);
    await room.turn();
    room.meanwhile = async () => {
      await room.takeUp(CALL_KINDS);
      room.take(made('a', 0, { receivedAt: room.now }));
    };
    await room.rest();
    countsEachOnce(room);
  });

  it('goes by other kinds also when the clock was set back', async () => {
    const room = new Room();
    await room.takeUp(['plan-reads']);
    room.now -= 3_600_000;
    await room.takeUp(CALL_KINDS);
    room.take(made('a', 0, { receivedAt: room.now }));
    await room.rest();
    countsEachOnce(room);
  });

  it('changes no message of which less is known than it shows', async () => {
    const room = new Room();
    const [a, b, c, d] = [made('a', 0), made('b', 1), made('c', 2), made('d', 3)];
    room.take(a, b, c);
    await room.rest();
    room.lose();
    room.take(a, b);
    await room.rest();
    room.take(d, c);
    await room.rest();
    assert.deepEqual(
      told(room).map(({ ids }) => ids),
      [['a', 'b', 'c'], ['d']],
    );
  });

  it('shows an alarm before hundreds of other calls that came earlier, and each of them once', async () => {
    const room = new Room();
    const by = (kind: 'iam-user' | 'root', name: string) => ({
      principal: { ...call().principal, kind, arn: name, name },
    });
    room.take(...Array.from({ length: 450 }, (_, index) => made(`${index}`, 0, by('iam-user', `${index}`))));
    await room.turn();
    room.take(made('alarm', 0, by('root', 'root')));
    room.take(
      ...Array.from({ length: 300 }, (_, index) => made(`late ${index}`, 0, by('iam-user', `${index}`))),
    );
    await room.turn();
    await room.turn();
    assert.ok(
      told(room)
        .slice(0, 6)
        .some(({ ids }) => ids.includes('alarm')),
    );
    room.take(made('alarm 2', 1, by('root', 'root')));
    await room.rest();
    const all = told(room).flatMap(({ count, ids }) => (count === ids.length ? ids : assert.fail('a count')));
    assert.deepEqual(all.sort(), room.calls.map((each) => each.call.id).sort());
  });

  it('shows what happens now before what is replayed, and both before it changes a message', async () => {
    const room = new Room();
    const by = (name: string) => ({ principal: { ...call().principal, arn: name, name } });
    room.take(made('first', room.now, by('first')));
    await room.rest();
    room.take(made('second', room.now, by('first')));
    room.take(...Array.from({ length: 5 }, (_, index) => made(`old ${index}`, 0, by(`${index}`))));
    room.take(made('now', room.now, by('now')));
    await room.turn();
    assert.deepEqual(
      told(room).map(({ ids }) => ids[0]),
      ['first', 'now', 'old 0', 'old 1', 'old 2', 'old 3'],
    );
    assert.equal(told(room)[0]?.count, 1);
    await room.rest();
    assert.equal(told(room)[0]?.count, 2);
  });

  it('writes little for each message, and reads little', async () => {
    const room = new Room();
    const by = (index: number) => ({
      principal: { ...call().principal, arn: `${index % 200}`, name: `${index % 200}` },
    });
    room.take(...Array.from({ length: 4_000 }, (_, index) => made(`${index}`, index * 20, by(index))));
    await room.rest();
    assert.equal(
      told(room).reduce((sum, { count }) => sum + count, 0),
      4_000,
    );
    assert.ok(room.written < 12_000_000, `${room.written} bytes`);
  });

  it('says how many calls it leaves out when it is switched off', async () => {
    const room = new Room();
    room.take(made('a', 0), made('b', 1));
    room.troubles = ['none', 'none', 'none', 'none', 'refused'];
    await room.turn();
    await room.end();
    assert.match(room.log.join(''), /"calls":2/);
  });

  it('tells of what came after somebody deleted a message, and of nothing else', async () => {
    const room = new Room();
    room.take(made('a', 0), made('b', 1));
    await room.rest();
    const [first] = room.shown;
    assert.ok(first);
    first.deleted = true;
    await room.rest();
    assert.equal(room.shown.length, 1);
    room.take(made('c', 2), made('d', 3));
    await room.rest();
    assert.deepEqual(
      told(room).map(({ ids }) => ids),
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    );
  });

  it('leaves open bursts where they are when the channel is another, and goes on without one that is closed', async () => {
    const room = new Room();
    room.take(made('a', 0));
    await room.rest();
    room.channel = 'C2';
    room.take(made('b', 1), made('c', 0, { error: 'AccessDenied' }));
    await room.rest();
    assert.deepEqual(
      room.shown.map(({ channel }, index) => [channel, ...(told(room)[index]?.ids ?? [])]),
      [
        [CHANNEL, 'a', 'b'],
        ['C2', 'c'],
      ],
    );
  });

  it('joins what is at most ten minutes from it, and begins anew after an hour', async () => {
    const room = new Room();
    const each = (minutes: number) => made(`at ${minutes}`, minutes * MINUTE);
    room.take(...[30, 20, 31, 40, 51].map(each));
    await room.rest();
    assert.deepEqual(
      told(room).map(({ count }) => count),
      [4, 1],
    );
    const long = new Room();
    long.take(...Array.from({ length: 70 }, (_, minute) => each(minute)));
    await long.rest();
    assert.deepEqual(
      told(long).map(({ count }) => count),
      [61, 9],
    );
  });

  describe('keeps apart', () => {
    const FROM_ELSEWHERE = { address: '203.0.113.66', region: 'eu-west-1' };
    const DIFFERENCES: readonly [string, Partial<ApiCall>, Partial<ApiCall>][] = [
      ['addresses', {}, FROM_ELSEWHERE],
      ['ways', {}, { way: 'cli' }],
      ['Regions', {}, { region: 'eu-west-1' }],
      ['with and without MFA', { mfa: true }, { mfa: false }],
      ['errors', { error: 'ThrottlingException' }, { error: 'AccessDenied' }],
    ];
    for (const [what, one, other] of DIFFERENCES)
      it(`${what}, of however many calls`, async () => {
        const room = new Room();
        const many = Array.from({ length: 30 }, (_, index) =>
          made(`${index}`, index * 1_000, index >= 3 && index < 8 ? other : one),
        );
        room.take(...many);
        await room.rest();
        assert.deepEqual(
          told(room).map(({ count }) => count),
          [25, 5],
        );
      });

    const PLANS = { source: 'supportplans.amazonaws.com', name: 'StartSupportPlanUpdate' };
    const APP = { source: 'supportapp.amazonaws.com', name: 'UpdateSlackChannelConfiguration' };
    const toPlan = (supportLevel: string) => ({ ...PLANS, told: { supportLevel } });
    const toRole = (channelRoleArn: string, channelId = 'C1') => ({
      ...APP,
      told: { teamId: 'T1', channelId, channelRoleArn },
    });
    const CHANGES: readonly [string, Partial<ApiCall>[], number[]][] = [
      ['plans', [toPlan('ENTERPRISE'), toPlan('BASIC')], [1, 1]],
      [
        'plans that were refused',
        ['BUSINESS', 'BASIC'].map((each) => ({ ...toPlan(each), error: 'X' })),
        [1, 1],
      ],
      ['a change that was put back', ['App', 'Evil', 'App'].map((role) => toRole(role)), [1, 1, 1]],
      [
        'a change that was put back by another',
        [toRole('App'), { ...toRole('Evil'), way: 'cli' }, toRole('App')],
        [1, 1, 1],
      ],
      ['what was set in several channels', [toRole('Evil', 'C1'), toRole('Evil', 'C2')], [1, 1]],
      [
        'agreements of which something else is told',
        [
          { ...PLANS, name: 'AcceptSupportAgreement', told: { status: 'a' } },
          { ...PLANS, name: 'AcceptSupportAgreement', told: { status: 'b' } },
        ],
        [1, 1],
      ],
      ['no changes that are the same', [toRole('Evil'), toRole('Evil'), toRole('Evil')], [3]],
      [
        'nor those that were repeated once another had come',
        [toPlan('BASIC'), toPlan('BUSINESS'), toPlan('BASIC'), toPlan('BASIC')],
        [1, 1, 2],
      ],
      ['nor attempts at the same', ['BASIC', 'BASIC'].map((each) => ({ ...toPlan(each), error: 'X' })), [2]],
      [
        'nor plans that AWS answers with other ids',
        ['a', 'b'].map((id) => ({ ...PLANS, told: { supportLevel: 'BASIC', supportPlanUpdateArn: id } })),
        [2],
      ],
    ];
    for (const [what, calls, counts] of CHANGES)
      it(what, async () => {
        const room = new Room();
        room.take(...calls.map((change, index) => made(`${index}`, index * 200_000, change)));
        await room.rest();
        assert.deepEqual(
          told(room).map(({ count }) => count),
          counts,
        );
      });
  });

  it('names the first and the newest of many', async () => {
    const room = new Room();
    room.take(...Array.from({ length: 300 }, (_, second) => made(`${second}`, second * 1_000)));
    await room.rest();
    const [{ count, ids } = { count: 0, ids: [] }, ...more] = told(room);
    assert.deepEqual([count, more.length], [300, 0]);
    assert.deepEqual(ids, ['0', ...Array.from({ length: 19 }, (_, index) => `${281 + index}`)]);
    assert.ok((room.notes.get('audit-channel')?.length ?? 0) < 3_000);
  });

  it('keeps little, however many make calls, and loses none of them', async () => {
    const room = new Room();
    const by = (name: string) => ({ principal: { ...call().principal, arn: name, name } });
    room.take(...Array.from({ length: 250 }, (_, index) => made(`${index}`, 0, by(`user ${index}`))));
    await room.rest();
    assert.equal(room.shown.length, 250);
    countsEachOnce(room);
    assert.ok(JSON.parse(room.notes.get('audit-channel') ?? '').bursts.length <= 200);
  });

  describe('what was before', () => {
    const plan = (id: string, at: number, supportLevel: string) =>
      made(id, at, {
        source: 'supportplans.amazonaws.com',
        name: 'StartSupportPlanUpdate',
        told: { supportLevel },
        principal: { ...call().principal, arn: id },
      });
    /** By the ids of the calls: which of two messages is posted first does not matter. */
    const levels = (room: Room) =>
      told(room)
        .sort((a, b) => (a.ids[0] ?? '').localeCompare(b.ids[0] ?? ''))
        .map((each) => (each.before as null | ApiCall['told'])?.supportLevel ?? null);

    it('is said by the own time of the calls, and no replay overwrites it', async () => {
      const room = new Room();
      room.take(plan('a', 0, 'BASIC'), plan('c', 20 * MINUTE, 'ENTERPRISE'));
      await room.rest();
      room.take(plan('b', 10 * MINUTE, 'BUSINESS'));
      await room.rest();
      room.take(plan('d', 30 * MINUTE, 'DEVELOPER'));
      await room.rest();
      assert.deepEqual(levels(room), [null, 'BASIC', 'BUSINESS', 'ENTERPRISE']);
    });

    it('is put right in what was posted before the record of what came between', async () => {
      const room = new Room();
      room.take(plan('a', 0, 'ENTERPRISE'));
      await room.rest();
      room.take(plan('c', 20 * MINUTE, 'BASIC'));
      await room.rest();
      assert.deepEqual(levels(room), [null, 'ENTERPRISE']);
      room.take(plan('b', 18 * MINUTE, 'DEVELOPER'));
      await room.rest();
      assert.deepEqual(levels(room), [null, 'ENTERPRISE', 'DEVELOPER']);
      // One that was older than all that is known has none, and is what stood before the first.
      room.take(plan('0', -MINUTE, 'BUSINESS'));
      await room.rest();
      assert.deepEqual(levels(room), [null, 'BUSINESS', 'ENTERPRISE', 'DEVELOPER']);
    });

    it('is put right past dozens of later changes, as a replay of old files has them', async () => {
      const room = new Room();
      const ids = Array.from({ length: 50 }, (_, index) => `${index}`.padStart(2, '0'));
      const late = '02';
      for (const [index, id] of ids.entries()) {
        if (id === late) continue;
        room.take(plan(id, index * MINUTE, `PLAN ${id}`));
        await room.turn();
      }
      await room.rest();
      room.take(plan(late, 2 * MINUTE, `PLAN ${late}`));
      await room.rest();
      assert.deepEqual(levels(room), [null, ...ids.slice(0, -1).map((id) => `PLAN ${id}`)]);
    });

    it('is known of hundreds of accounts, however often it is changed in some of them, and takes little space', async () => {
      const room = new Room();
      const inAccount = (index: number, at: number, level: string) => ({
        ...plan(`${index} ${level}`, at, level),
        account: `${100_000_000_000 + index}`,
      });
      // Of what came before it was switched on, it only learns.
      for (let index = 0; index < 300; index += 1) room.take(inAccount(index, index, 'BASIC'));
      for (let change = 1; change <= 60; change += 1)
        for (let index = 300; index < 345; index += 1)
          room.take(inAccount(index, change * MINUTE, `PLAN ${change}`));
      room.since = 100 * MINUTE;
      room.take(inAccount(0, room.since, 'BUSINESS'), inAccount(344, room.since, 'BUSINESS'));
      await room.rest();
      assert.deepEqual(levels(room), ['BASIC', 'PLAN 60']);
      const bytes = room.notes.get('audit-channel-known')?.length ?? 0;
      assert.ok(bytes < 300_000, `${bytes} bytes`);
      // Older than what is left of it: what stood between these and before them is forgotten, so nothing is said.
      for (const [minute, level] of [
        [10, 'DEVELOPER'],
        [20, 'ENTERPRISE'],
      ] as const) {
        room.take({ ...inAccount(344, minute * MINUTE, level), receivedAt: room.since });
        await room.rest();
      }
      assert.deepEqual(levels(room), ['BASIC', 'PLAN 60', null, null]);
    });

    it('stays out of a message that somebody deleted', async () => {
      const room = new Room();
      room.take(plan('b', MINUTE, 'BASIC'));
      await room.rest();
      for (const each of room.shown) each.deleted = true;
      room.take(plan('a', 0, 'ENTERPRISE'));
      await room.rest();
      assert.deepEqual(
        told(room).map(({ ids }) => ids),
        [['b'], ['a']],
      );
    });

    it('is not taken from a copy of the record that came again after it was forgotten', async () => {
      const room = new Room();
      room.take(plan('a', 0, 'ENTERPRISE'), plan('b', MINUTE, 'BASIC'));
      await room.rest();
      room.take(plan('b again', MINUTE, 'BASIC'));
      await room.rest();
      assert.deepEqual(levels(room), [null, 'ENTERPRISE', 'ENTERPRISE']);
    });

    it('keeps what an update of some fields does not name, in whatever order records come', async () => {
      const app = (id: string, name: string, at: number, fields: ApiCall['told']) =>
        made(id, at, {
          source: 'supportapp.amazonaws.com',
          name,
          told: { teamId: 'T1', channelId: 'C1', ...fields },
          principal: { ...call().principal, arn: id },
        });
      const created = app('a', 'CreateSlackChannelConfiguration', 0, {
        channelRoleArn: 'R1',
        notifyOnCaseSeverity: 'all',
      });
      const updates = Array.from({ length: 7 }, (_, index) =>
        app(`b${index}`, 'UpdateSlackChannelConfiguration', (index + 1) * MINUTE, {
          notifyOnCaseSeverity: index % 2 === 0 ? 'none' : 'high',
        }),
      );
      const last = app('c', 'DeleteSlackChannelConfiguration', 20 * MINUTE, {});
      for (const order of [
        [created, ...updates, last],
        [...updates.slice(1, 3), created, ...updates.slice(0, 1), ...updates.slice(3), last],
      ]) {
        const room = new Room();
        for (const each of order) {
          room.take(each);
          await room.rest();
        }
        const removed = told(room).find(({ ids }) => ids.includes('c'));
        assert.deepEqual(removed?.before, { channelRoleArn: 'R1', notifyOnCaseSeverity: 'none' });
      }
    });

    it('is the same wherever the process dies', async () => {
      for (let steps = 0; steps < 12; steps += 1) {
        const room = new Room();
        room.take(plan('a', 0, 'BASIC'));
        await room.rest();
        room.take(plan('b', MINUTE, 'BUSINESS'), plan('c', 2 * MINUTE, 'ENTERPRISE'));
        room.troubles = [...Array<Trouble>(steps).fill('none'), 'dies after'];
        for (let turns = 0; turns < 5; turns += 1) await room.turn();
        await room.rest();
        assert.deepEqual(levels(room), [null, 'BASIC', 'BUSINESS']);
      }
    });
  });

  it('shows of the bot’s own calls, by whatever credentials, those that failed and do not pass by themselves', async () => {
    const room = new Room();
    room.trail = [{ awsRequestId: 'ours', user: 'U1' }];
    const reply = (id: string, change: Partial<ApiCall>) =>
      made(id, 0, { name: 'AddCommunicationToCase', caseId: 'case-1', requestId: 'ours', ...change });
    room.take(
      reply('theirs', { requestId: 'theirs' }),
      reply('sent', {}),
      reply('refused', { error: 'AccessDenied' }),
      reply('throttled', { error: 'Client.ThrottlingException' }),
      reply('in trouble', { error: 'InternalServerError' }),
      reply('theirs in trouble', { requestId: 'theirs', error: 'InternalServerError' }),
    );
    await room.rest();
    assert.deepEqual(
      told(room).map(({ ids }) => ids),
      [['theirs'], ['refused'], ['theirs in trouble']],
    );
  });

  it('lets nothing wait for a message that Slack refuses', async () => {
    const room = new Room();
    room.take(made('a', 0), made('b', 0, { error: 'AccessDenied' }));
    const refused = new SlackError('rejected', 'invalid_blocks', 'no', 'no');
    const { post } = room.slack;
    room.slack.post = async (place, message, ...rest) => {
      if (message.text.includes('"a"')) throw refused;
      return post(place, message, ...rest);
    };
    await room.turn(0);
    assert.deepEqual(told(room), []);
    await room.turn(3);
    await room.rest();
    assert.deepEqual(
      told(room).map(({ ids }) => ids),
      [['b']],
    );
  });
});
