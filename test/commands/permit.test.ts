import assert from 'node:assert/strict';
import type { Rule } from '../../src/case/permit.js';
import type { HomePicture } from '../../src/commands/home/read-home.js';
import { pictureFor } from '../../src/commands/home/read-home.js';
import {
  type PermitDeps,
  type Refused,
  refusal,
  refusalToAdminister,
  refusalToOpen,
} from '../../src/commands/permit.js';
import { mayRead, readable } from '../../src/commands/readable.js';
import { readableOnly } from '../../src/commands/readable-only.js';
import { whoInWords } from '../../src/commands/who-in-words.js';
import type { CaseRecord } from '../../src/store/store.js';

const HERE = 'C0CASES0001';
const PROD = 'C0PROD00001';
const USER = 'U0ALICE0001';

function record(n: number, channel: string | null, severity: string | null = 'low'): CaseRecord {
  const key = { account: '111122223333', caseId: `case-${n}` };
  const card = severity === null ? null : { details: { severity, service: 's', category: 'c' } };
  return { key, displayId: `${n}`, channel, card } as unknown as CaseRecord;
}

describe('the gate', () => {
  let asked: string[];
  let refused: Refused[];
  let members: Record<string, readonly string[] | null>;
  let rules: Rule[];
  let seen: string[];
  /** Since they were asked about. */
  let joined: Record<string, readonly string[] | null>;
  let because: string | null;
  beforeEach(() => {
    seen = [];
    joined = {};
    because = null;
    asked = [];
    refused = [];
    rules = [];
    members = { [HERE]: [USER], [PROD]: [] };
  });
  const deps: PermitDeps = {
    permissions: () => ({ administrators: [], rules }),
    people: {
      kindOf: async (user) => {
        asked.push(`kind of ${user}`);
        return 'person';
      },
      inGroup: async (group) => {
        asked.push(group);
        return new Set();
      },
      inChannel: async (channel) => {
        asked.push(channel);
        const all = members[channel];
        return all === null ? null : new Set(all);
      },
      inChannelNow: async (channel) => {
        asked.push(`${channel} anew`);
        const all = channel in joined ? joined[channel] : members[channel];
        return all === null ? null : new Set(all);
      },
      seenIn: (channel, user) => void seen.push(`${user} in ${channel}`),
      whyNot: () => because,
    },
    threadChannelOf: (_, details) => (details?.severity === 'critical' ? PROD : HERE),
    caseChannels: () => [HERE, PROD],
    refused: async (each) => void refused.push(each),
  };
  const all = Array.from({ length: 450 }, (_, n) =>
    record(n, n % 3 === 0 ? PROD : n % 3 === 1 ? HERE : null),
  );

  it('asks about each channel once, however many cases there are', async () => {
    const seen = await readable(deps, { user: USER, channel: '' }, all);
    assert.deepEqual([seen.cases.length, seen.isUnsure], [300, false]);
    assert.deepEqual(asked.sort(), [HERE, PROD]);
    asked = [];
    assert.equal((await readable(deps, { user: USER, channel: PROD }, all)).cases.length, 450);
    assert.deepEqual(asked, [HERE]);
    asked = [];
    const inHere = all.filter(({ channel }) => channel !== PROD);
    assert.equal((await readable(deps, { user: USER, channel: HERE }, inHere)).cases.length, 300);
    assert.deepEqual(asked, []);
  });

  it('turns pages without holes over what somebody may read, each case once', async () => {
    const places = all.map(({ key, channel }) => ({ key, channel, severity: 'low' }));
    const store = {
      getCases: async (keys: readonly unknown[]) => all.filter(({ key }) => keys.includes(key)),
    };
    let reads = 0;
    const read = readableOnly({ ...deps, store }, { user: USER, channel: '' }, async () => {
      reads += 1;
      return places;
    });
    const pages = await Promise.all([0, 100, 200, 300].map((offset) => read({ offset, limit: 100 })));
    assert.deepEqual(
      pages.map(({ cases, total }) => [cases.length, total]),
      [
        [100, 300],
        [100, 300],
        [100, 300],
        [0, 300],
      ],
    );
    assert.equal(new Set(pages.flatMap(({ cases }) => cases)).size, 300);
    assert.equal(reads, 1);
  });

  it('shows at home what lies behind the newest of all, where somebody may not read those', async () => {
    const old = record(900, HERE);
    const prod = Array.from({ length: 300 }, (_, n) => record(n, PROD));
    const picture = {
      cases: prod.map((each) => ({ record: each, owner: null })),
      total: 301,
      parked: [],
    } as unknown as HomePicture;
    const store = {
      casePlaces: async () => [...prod, old].map(({ key, channel }) => ({ key, channel, severity: null })),
      getCases: async (keys: readonly unknown[]) => [...prod, old].filter(({ key }) => keys.includes(key)),
      ownersOf: async (keys: readonly unknown[]) => keys.map(() => null),
    };
    const { cases, total } = await pictureFor({ ...deps, store } as never, picture, USER);
    assert.deepEqual([cases.map((each) => each.record), total], [[old], 1]);
  });

  it('says of a case in which channel its thread would be, while there is none', async () => {
    assert.equal(await mayRead(deps, { user: USER, channel: '' }, record(1, null)), true);
    assert.equal(await mayRead(deps, { user: USER, channel: '' }, record(1, null, 'critical')), false);
    assert.equal(await mayRead(deps, { user: USER, channel: '' }, record(1, HERE, 'critical')), true);
    joined[PROD] = [USER];
    assert.equal(await mayRead(deps, { user: USER, channel: '' }, record(1, PROD)), true);
    members[HERE] = null;
    assert.equal(await mayRead(deps, { user: USER, channel: '' }, record(1, null)), null);
  });

  it('tells of each refusal who wanted what, where, and with which words', async () => {
    const found = { key: all[0]?.key ?? { account: '', caseId: '' }, displayId: '0', record: all[0] ?? null };
    assert.equal(await refusal(deps, { user: USER, channel: PROD }, ['reply'], found, { text: 'x' }), null);
    assert.match(
      (await refusal(deps, { user: USER, channel: HERE }, ['reply', 'attach'], found, {
        text: 'my words',
      })) ?? '',
      /may not read Case 0, so nothing was done\. Those who may: whoever is in <#C0PROD00001>\./,
    );
    members[PROD] = null;
    assert.match(
      (await refusal(deps, { user: USER, channel: '' }, ['resolve'], found)) ?? '',
      /cannot be checked now/,
    );
    rules = [{ may: ['create'], who: ['nobody'], channels: [], accounts: [], severities: [] }];
    const details = { severity: 'low', service: '', category: '' };
    const asking = { account: '111122223333', details };
    assert.match(
      (await refusalToOpen(deps, { user: USER, channel: HERE }, ['create'], asking)) ?? '',
      /Nobody may open a new case from Slack/,
    );
    assert.deepEqual(
      refused.map(({ channel, key, right, deed, why, text }) => [
        channel,
        key?.caseId,
        right,
        deed,
        why,
        text,
      ]),
      [
        [HERE, 'case-0', 'read', 'reply', 'not-permitted', 'my words'],
        [null, 'case-0', 'resolve', 'resolve', 'cannot-be-checked', null],
        [HERE, undefined, 'create', 'create', 'not-permitted', null],
      ],
    );
  });

  it('leaves the doctor to members in a channel with cases, where nobody is named', async () => {
    assert.equal(await refusalToAdminister(deps, { user: USER, channel: HERE }), null);
    assert.deepEqual(await refusalToAdminister(deps, { user: USER, channel: 'C0RANDOM001' }), {
      is: 'not-here',
    });
    const guest = { ...deps, people: { ...deps.people, kindOf: async () => 'guest' as const } };
    const lacking = await refusalToAdminister(guest, { user: USER, channel: HERE });
    assert.equal(lacking?.is, 'refused');
    const nobodyKnows = { ...deps, people: { ...deps.people, kindOf: async () => null } };
    assert.equal(await refusalToAdminister(nobodyKnows, { user: USER, channel: HERE }), null);
    assert.equal(
      (await refusalToAdminister(nobodyKnows, { user: USER, channel: HERE, isStranger: true }))?.is,
      'refused',
    );
    because = 'the app lacks users:read in Slack';
    const named = { ...nobodyKnows, permissions: () => ({ administrators: ['S0TEAM'], rules }) };
    const unknown = { ...named, people: { ...named.people, inGroup: async () => null } };
    assert.deepEqual(await refusalToAdminister(unknown, { user: USER, channel: HERE }), {
      ...{ is: 'unsure', right: 'administer', because },
    });
  });

  describe('while Slack does not say what somebody is', () => {
    const nobodyKnows = { ...deps, people: { ...deps.people, kindOf: async () => null } };
    const found = {
      key: { account: '111122223333', caseId: 'case-1' },
      displayId: '1',
      record: record(1, HERE),
    };
    const ask = (more: object = {}) =>
      refusal(nobodyKnows, { user: USER, channel: HERE, ...more }, ['reply'], found);

    it('takes them for a member where no rule decides, unless the request says otherwise', async () => {
      assert.equal(await ask(), null);
      assert.match((await ask({ isStranger: true })) ?? '', /Only people of the workspace/);
      rules = [{ may: ['reply'], who: ['nobody'], channels: [PROD], accounts: [], severities: [] }];
      assert.equal(await ask(), null);
    });

    it('refuses where a rule decides, with the reason where that does not pass', async () => {
      rules = [{ may: ['reply'], who: ['everybody'], channels: [], accounts: [], severities: [] }];
      assert.match((await ask()) ?? '', /cannot be checked now, because Slack does not answer/);
      because = 'the app lacks users:read in Slack';
      assert.match(
        (await ask()) ?? '',
        /cannot be checked, because the app lacks users:read in Slack, so nothing was done\. Tell whoever/,
      );
      rules = [
        {
          may: ['reply'],
          who: ['everybody', 'guests', 'strangers'],
          channels: [],
          accounts: [],
          severities: [],
        },
      ];
      assert.equal(await ask(), null);
    });
  });

  it('asks anew before it turns somebody away who may have joined a moment ago', async () => {
    const found = {
      key: { account: '111122223333', caseId: 'case-1' },
      displayId: '1',
      record: record(1, PROD),
    };
    const ask = (more: object = {}) => refusal(deps, { user: USER, channel: '', ...more }, ['reply'], found);
    assert.match((await ask()) ?? '', /may not read/);
    assert.deepEqual(asked.sort(), [PROD, `${PROD} anew`, `kind of ${USER}`]);
    joined[PROD] = [USER];
    assert.equal(await ask(), null);
    // What the form remembers counts while Slack does not answer, and no longer.
    joined[PROD] = null;
    assert.equal(await ask({ began: PROD }), null);
    assert.match((await ask({ began: HERE })) ?? '', /may not read/);
    joined[PROD] = [];
    assert.match((await ask({ began: PROD })) ?? '', /may not read/);
    members[PROD] = null;
    assert.equal(await ask({ began: PROD }), null);
    rules = [{ may: ['read'], who: ['nobody'], channels: [], accounts: [], severities: [] }];
    asked = [];
    await ask();
    assert.deepEqual(asked.sort(), [PROD, `kind of ${USER}`]);
    await ask({ channel: PROD });
    assert.deepEqual(seen, [`${USER} in ${PROD}`]);
  });

  it('asks for no user group that has nothing to do with the case', async () => {
    rules = [
      { may: ['reply'], who: ['S0HERE'], channels: [HERE], accounts: [], severities: [] },
      { may: ['read'], who: ['S0READ', 'everybody'], channels: [], accounts: [], severities: [] },
      { may: ['resolve'], who: ['S0RESOLVE'], channels: [], accounts: [], severities: [] },
      { may: ['reply'], who: ['S0PROD'], channels: [], accounts: [], severities: ['low'] },
      { may: ['reply'], who: ['S0REST'], channels: [], accounts: [], severities: [] },
    ];
    const groupsFor = async (severity: string | null) => {
      asked = [];
      const found = {
        ...{ key: { account: '111122223333', caseId: 'case-1' }, displayId: '1' },
        record: record(1, PROD, severity),
      };
      await refusal(deps, { user: USER, channel: PROD }, ['reply'], found);
      return asked.filter((each) => each.startsWith('S')).sort();
    };
    assert.deepEqual(await groupsFor('low'), ['S0PROD', 'S0READ']);
    assert.deepEqual(await groupsFor('high'), ['S0READ', 'S0REST']);
    assert.deepEqual(await groupsFor(null), ['S0PROD', 'S0READ', 'S0REST']);
  });

  it('names ten, and how many more', () => {
    const who = Array.from({ length: 13 }, (_, n) => `U0PERSON${n}`);
    const [named, more] = whoInWords(['S0TEAM', 'guests', ...who], '<#C1>');
    assert.deepEqual(named.slice(0, 3), ['<!subteam^S0TEAM>', 'guests who are in <#C1>', '<@U0PERSON0>']);
    assert.deepEqual([named.length, more], [10, 5]);
  });
});
