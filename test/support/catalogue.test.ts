import assert from 'node:assert/strict';
import { Catalogue, type CatalogueDeps, nameOf } from '../../src/support/catalogue.js';
import type { Accounts } from '../../src/support/support-api.js';
import { SupportError } from '../../src/support/support-error.js';
import { type AccountsRoom, HUB, listed, NORTH, roleOf, SOUTH, startAccountsRoom } from './accounts-room.js';
import { ACCOUNT, type Room, startRoom } from './support-room.js';

const LAMBDA = 'aws-lambda';
const HOUR = 3_600_000;

/** Notes of a store, which outlive a catalogue. */
function notes() {
  const kept = new Map<string, string>();
  return {
    note: async (name: string) => kept.get(name) ?? null,
    saveNote: async (name: string, value: string | null) => {
      if (value !== null) kept.set(name, value);
    },
  };
}

function catalogueOf(
  ask: () => Promise<readonly { code: string; name: string; categories: [] }[]>,
  more: Partial<Pick<CatalogueDeps, 'shared' | 'now' | 'waitMs' | 'later'>> = {},
) {
  const known: string[] = [];
  let asked = 0;
  const services = () => {
    asked += 1;
    return ask();
  };
  const api = { services, severities: async () => [] };
  const catalogue = new Catalogue({
    accounts: { for: () => api } as unknown as Accounts,
    shared: notes(),
    now: () => 0,
    onKnown: (accounts) => known.push(...accounts),
    ...more,
  });
  return { catalogue, known, asked: () => asked };
}

const LIST = [{ code: LAMBDA, name: 'Lambda', categories: [] as [] }];
const denied = () =>
  Promise.reject(new SupportError('no-permission', 'AccessDenied', 'Allow it in the role.', 'no'));

describe('the catalogue', () => {
  it('has the names that AWS gives, with one call a day, for restarts and replicas too', async () => {
    const room: Room = await startRoom();
    try {
      let now = 0;
      const shared = notes();
      const one = () => new Catalogue({ accounts: { for: () => room.api }, shared, now: () => now });
      const first = one();
      const services = await first.services(ACCOUNT);
      assert.deepEqual(nameOf(services, LAMBDA, 'invocation'), { service: 'Lambda', category: 'Invocation' });
      await Promise.all([first.services(ACCOUNT), first.services(ACCOUNT)]);
      assert.deepEqual(await one().services(ACCOUNT), services);
      assert.deepEqual(room.counted, ['DescribeServices ok']);

      const { severities } = await first.choices(ACCOUNT);
      assert.deepEqual(
        severities.map(({ code }) => code),
        ['low', 'normal', 'high', 'urgent', 'critical'],
      );
      now = 25 * HOUR;
      assert.deepEqual(await first.services(ACCOUNT), services);
      const calls = () => room.counted.filter((call) => call === 'DescribeServices ok').length;
      // Nobody waits for the new list while there is an old one.
      while (calls() < 2) await new Promise((resolve) => setImmediate(resolve));
      await first.services(ACCOUNT);
      assert.equal(calls(), 2);
    } finally {
      await room.stop();
    }
  });

  it('shows codes that it does not know as they are', () => {
    assert.deepEqual(nameOf([], 'new-service', 'odd'), { service: 'new-service', category: 'odd' });
    assert.deepEqual(nameOf(LIST, LAMBDA, 'odd'), { service: 'Lambda', category: 'odd' });
  });

  it('does without where AWS refuses, asks again after ten minutes, and says when it has what was missed', async () => {
    let now = 0;
    let answer: () => Promise<typeof LIST> = denied;
    const { catalogue, known, asked } = catalogueOf(() => answer(), { now: () => now });
    assert.deepEqual(await catalogue.services(ACCOUNT), []);
    now = 599_000;
    assert.deepEqual(await catalogue.services(ACCOUNT), []);
    assert.equal(asked(), 1);
    answer = async () => LIST;
    now = 600_000;
    assert.deepEqual(await catalogue.services(ACCOUNT), LIST);
    assert.deepEqual([asked(), known], [2, [ACCOUNT]]);
  });

  it('asks again by itself, soon at first, where AWS throttled the call or was not reached', async () => {
    for (const kind of ['throttled', 'unreachable'] as const) {
      let now = 0;
      const rests: number[] = [];
      let wake: () => void = () => undefined;
      let answer: () => Promise<typeof LIST> = () =>
        Promise.reject(new SupportError(kind, 'Code', 'It passes.', 'no'));
      const { catalogue, known, asked } = catalogueOf(() => answer(), {
        now: () => now,
        later(ms, work) {
          rests.push(ms);
          wake = work;
        },
      });
      assert.deepEqual(await catalogue.services(ACCOUNT), []);
      for (let failures = 1; failures <= 9; failures += 1) {
        assert.deepEqual([asked(), rests.length], [failures, failures]);
        now += (rests.at(-1) ?? 0) - 1;
        assert.deepEqual(await catalogue.services(ACCOUNT), []);
        assert.equal(asked(), failures, 'not before its time');
        now += 1;
        if (failures === 9) answer = async () => LIST;
        wake();
        await new Promise((resolve) => setImmediate(resolve));
      }
      assert.deepEqual(
        rests,
        [5, 10, 20, 40, 80, 160, 320, 600, 600].map((seconds) => seconds * 1_000),
      );
      assert.deepEqual(known, [ACCOUNT]);
      assert.deepEqual(await catalogue.services(ACCOUNT), LIST);
      assert.equal(asked(), 10);
    }
  });

  it('asks again by itself only for what was missed', async () => {
    let now = 0;
    let answer: () => Promise<typeof LIST> = denied;
    const { catalogue, asked } = catalogueOf(() => answer(), { now: () => now });
    catalogue.retry();
    assert.equal(asked(), 0);
    await catalogue.services(ACCOUNT);
    answer = async () => LIST;
    catalogue.retry();
    assert.equal(asked(), 1);
    now = 600_000;
    catalogue.retry();
    assert.deepEqual(await catalogue.services(ACCOUNT), LIST);
    now += 25 * HOUR;
    catalogue.retry();
    assert.equal(asked(), 2);
  });

  it('holds nobody up: neither who asks first, nor who comes later', async () => {
    let give: (list: typeof LIST) => void = () => undefined;
    let now = 0;
    const { catalogue, known } = catalogueOf(() => new Promise<typeof LIST>((resolve) => (give = resolve)), {
      now: () => now,
      waitMs: 5,
    });
    assert.deepEqual(await catalogue.services(ACCOUNT), []);
    now = 5;
    assert.deepEqual(await catalogue.services(ACCOUNT), []);
    const chosen = catalogue.choices(ACCOUNT);
    give(LIST);
    assert.deepEqual((await chosen).services, LIST);
    assert.deepEqual(known, [ACCOUNT]);
  });

  it('serves the list of yesterday while AWS is asked, and where it refuses', async () => {
    let now = 0;
    const shared = notes();
    await catalogueOf(async () => LIST, { shared, now: () => now }).catalogue.services(ACCOUNT);
    now = 25 * HOUR;
    const { catalogue, known } = catalogueOf(denied, { shared, now: () => now });
    assert.deepEqual(await catalogue.services(ACCOUNT), LIST);
    assert.deepEqual(known, []);
  });

  it('tells a person who has to choose why it cannot', async () => {
    let answer: () => Promise<typeof LIST> = denied;
    const { catalogue } = catalogueOf(() => answer());
    await assert.rejects(catalogue.choices(ACCOUNT), { sentence: 'Allow it in the role.' });
    answer = async () => LIST;
    assert.deepEqual((await catalogue.choices(ACCOUNT)).services, LIST);
  });
});

describe('the catalogue of many accounts', () => {
  let room: AccountsRoom;
  afterEach(() => room.stop());
  const create = (known: string[] = []) =>
    new Catalogue({
      accounts: room.accounts,
      shared: notes(),
      now: () => 0,
      onKnown: (accounts) => known.push(...accounts),
    });

  it('asks for services once in a partition, and for severities in each account', async () => {
    room = await startAccountsRoom([
      listed(HUB),
      listed(NORTH),
      listed(SOUTH, { partition: 'aws-cn', role: null, endpoints: [] }),
    ]);
    room.aws.account(NORTH).plan = 'old-business';
    const catalogue = create();
    const [ofHub, ofNorth] = await Promise.all([catalogue.choices(HUB), catalogue.choices(NORTH)]);
    assert.deepEqual(ofHub.services, ofNorth.services);
    assert.deepEqual([ofHub.severities.length, ofNorth.severities.length], [5, 4]);
    assert.equal(room.aws.callsOf('DescribeServices').length, 1);
    await catalogue.services(SOUTH);
    assert.equal(room.aws.callsOf('DescribeServices').length, 2);
  });

  it('asks another account where one refuses, also for one that cannot be asked', async () => {
    room = await startAccountsRoom([
      listed(HUB, { plan: 'basic' }),
      listed(NORTH),
      listed(SOUTH, { role: roleOf(SOUTH) }),
    ]);
    room.aws.account(NORTH).deny = ['DescribeServices'];
    const catalogue = create();
    assert.ok((await catalogue.services(HUB)).some(({ code }) => code === LAMBDA));
    assert.deepEqual(
      room.aws.callsOf('DescribeServices').map(({ account, result }) => [account, result]),
      [
        [NORTH, 'AccessDeniedException'],
        [SOUTH, 'ok'],
      ],
    );
  });

  it('says what was wrong with the account that was meant where all refuse, and tells all of them later', async () => {
    room = await startAccountsRoom([listed(HUB), listed(NORTH)]);
    for (const id of [HUB, NORTH]) room.aws.account(id).deny = ['DescribeServices'];
    const known: string[] = [];
    const catalogue = create(known);
    await assert.rejects(catalogue.choices(NORTH), ({ sentence }: SupportError) => sentence.includes(NORTH));
    assert.deepEqual(await catalogue.services(HUB), []);
    room.aws.account(HUB).deny = [];
    await catalogue.choices(NORTH);
    assert.deepEqual(known.sort(), [HUB, NORTH]);
  });
});
