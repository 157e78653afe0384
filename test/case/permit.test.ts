import assert from 'node:assert/strict';
import {
  type CaseRight,
  type Permissions,
  type PermitCase,
  type PermitPerson,
  type PersonKind,
  permit,
  permitAdminister,
  type Rule,
} from '../../src/case/permit.js';
import { type KnownOfPerson, permitInDoubt } from '../../src/case/permit-in-doubt.js';
import { RIGHTS } from '../../src/case/right.js';

const ONCALL = 'S0ONCALL001';
const LEADS = 'S0LEADS0001';
const ALICE = 'U0ALICE0001';

function person(kind: PersonKind, inChannel: boolean, groups: string[] = [], user = 'U0SOMEBODY1') {
  return { user, kind, inChannel, groups: new Set(groups) } satisfies PermitPerson;
}

const PEOPLE = {
  member: person('member', true),
  outsider: person('member', false),
  guest: person('guest', true),
  'guest outside': person('guest', false),
  stranger: person('stranger', true),
  'stranger outside': person('stranger', false),
  'on call': person('member', true, [ONCALL]),
  'on call outside': person('member', false, [ONCALL]),
  'lead outside': person('member', false, [LEADS]),
  Alice: person('guest', true, [], ALICE),
};
type Who = keyof typeof PEOPLE;

const CASES = {
  usual: { channel: 'C0CASES0001', account: '111122223333', severity: 'low' },
  critical: { channel: 'C0CASES0001', account: '111122223333', severity: 'critical' },
  sandbox: { channel: 'C0SANDBOX01', account: '444455556666', severity: 'low' },
  'of unknown severity': { channel: 'C0CASES0001', account: '111122223333', severity: null },
} satisfies Record<string, PermitCase>;
type Which = keyof typeof CASES;

const ACTS = RIGHTS.filter((right) => right !== 'administer');

function rule(may: CaseRight[], who: string[], about: Partial<Rule> = {}): Rule {
  return { may, who, channels: [], accounts: [], severities: [], ...about };
}

/** For each case, in the order of the rights (read, reply, resolve, create, attach): `x` for whoever may. */
type Table = Readonly<Record<Who, Readonly<Record<Which, string>>>>;

function same(row: string): Readonly<Record<Which, string>> {
  return { usual: row, critical: row, sandbox: row, 'of unknown severity': row };
}

const NONE = same('-----');
const ALL = same('xxxxx');
const READS = same('x----');

const TABLES: Readonly<Record<string, readonly [rules: readonly Rule[], table: Table]>> = {
  'without rules': [
    [],
    {
      member: ALL,
      outsider: NONE,
      guest: READS,
      'guest outside': NONE,
      stranger: READS,
      'stranger outside': NONE,
      'on call': ALL,
      'on call outside': NONE,
      'lead outside': NONE,
      Alice: READS,
    },
  ],
  'with rules for the critical ones, and for those in a sandbox': [
    [
      rule(['reply', 'resolve'], [ONCALL], { severities: ['critical'] }),
      rule(['reply', 'attach'], ['everybody', 'guests', 'strangers'], { accounts: ['444455556666'] }),
      rule(['create'], ['nobody'], { channels: ['C0SANDBOX01'] }),
      rule(['reply'], ['everybody', ALICE]),
      rule(['read'], ['everybody', 'guests', LEADS]),
    ],
    {
      member: { ...ALL, critical: 'x--xx', sandbox: 'xxx-x', 'of unknown severity': 'x--xx' },
      outsider: NONE,
      guest: { ...READS, sandbox: 'xx--x' },
      'guest outside': NONE,
      // Whoever may not read may do nothing else.
      stranger: NONE,
      'stranger outside': NONE,
      'on call': { ...ALL, sandbox: 'xxx-x' },
      'on call outside': NONE,
      'lead outside': READS,
      Alice: { ...same('xx---'), critical: 'x----', sandbox: 'xx--x', 'of unknown severity': 'x----' },
    },
  ],
  'with rules that take everything': [
    [rule([...ACTS], ['nobody'])],
    Object.fromEntries(Object.keys(PEOPLE).map((who) => [who, NONE])) as Table,
  ],
  'with rules that give everything to a group, wherever they are': [
    [rule([...ACTS], [ONCALL])],
    {
      ...(Object.fromEntries(Object.keys(PEOPLE).map((who) => [who, NONE])) as Table),
      'on call': ALL,
      'on call outside': ALL,
    },
  ],
};

describe('who may do what', () => {
  for (const [name, [rules, table]] of Object.entries(TABLES)) {
    const permissions: Permissions = { administrators: [], rules };
    for (const who of Object.keys(PEOPLE) as Who[]) {
      it(`${name}: ${who}`, () => {
        const found = Object.fromEntries(
          (Object.keys(CASES) as Which[]).map((which) => [
            which,
            ACTS.map((right) => (permit(permissions, PEOPLE[who], right, CASES[which]).may ? 'x' : '-')).join(
              '',
            ),
          ]),
        );
        assert.deepEqual(found, table[who]);
      });
    }
  }

  it('names the right that is lacking, and those who have it', () => {
    const rules = [rule(['reply'], [ONCALL, ALICE])];
    const verdict = (who: Who) => permit({ administrators: [], rules }, PEOPLE[who], 'reply', CASES.usual);
    assert.deepEqual(verdict('member'), { may: false, right: 'reply', who: [ONCALL, ALICE] });
    // Named alone, somebody outside may not even read it.
    assert.deepEqual(verdict('on call outside'), {
      may: false,
      right: 'read',
      who: ['everybody', 'guests', 'strangers'],
    });
  });

  it('asks nobody to read a case that is still to be opened', () => {
    const rules = [rule(['read'], ['nobody']), rule(['create'], [ONCALL], { severities: ['critical'] })];
    const may = (who: Who, severity: string | null, account: string | null = '111122223333') =>
      permit({ administrators: [], rules }, PEOPLE[who], 'create', {
        ...{ channel: 'C0CASES0001', account, severity, isNew: true },
      }).may;
    assert.deepEqual(
      [may('member', 'low'), may('member', 'critical'), may('member', null), may('on call', null)],
      [true, false, false, true],
    );
    const elsewhere = [rule(['create'], [ONCALL], { accounts: ['444455556666'] })];
    const unknown = { channel: 'C0CASES0001', account: null, severity: 'low', isNew: true } as const;
    assert.equal(
      permit({ administrators: [], rules: elsewhere }, PEOPLE.member, 'create', unknown).may,
      false,
    );
  });

  it('leaves what is for administrators to those who are named, else to members in a channel with cases', () => {
    const named = { administrators: [ALICE, LEADS], rules: [] };
    const open = { administrators: [], rules: [] };
    const may = (permissions: Permissions) =>
      (Object.keys(PEOPLE) as Who[]).filter((who) => permitAdminister(permissions, PEOPLE[who]).may);
    assert.deepEqual(may(named), ['lead outside', 'Alice']);
    assert.deepEqual(may(open), ['member', 'on call']);
  });
});

describe('who may do what, in doubt', () => {
  const permissions: Permissions = {
    administrators: [],
    rules: [rule(['reply'], [ONCALL, ALICE]), rule(['create'], ['everybody'])],
  };
  const known = (what: Partial<KnownOfPerson>): KnownOfPerson => ({
    ...{ user: 'U0SOMEBODY1', kind: 'member', inChannel: true, groups: new Map([[ONCALL, false]]) },
    ...what,
  });
  const to = (right: CaseRight, what: Partial<KnownOfPerson>) => {
    const verdict = permitInDoubt(known(what), (one) => permit(permissions, one, right, CASES.usual));
    return verdict === 'unsure' ? verdict : verdict.may;
  };

  it('goes by what is known where that decides', () => {
    assert.equal(to('reply', { groups: new Map([[ONCALL, true]]), kind: null }), true);
    assert.equal(to('reply', { user: ALICE, groups: new Map([[ONCALL, null]]) }), true);
    assert.equal(to('reply', { inChannel: false, groups: new Map([[ONCALL, null]]) }), false);
    assert.equal(to('read', { kind: null }), true);
    assert.equal(to('reply', { kind: null }), false);
  });

  it('lets nobody in on a guess', () => {
    assert.equal(to('reply', { groups: new Map([[ONCALL, null]]) }), 'unsure');
    assert.equal(to('create', { kind: null }), 'unsure');
    assert.equal(to('resolve', { inChannel: null }), 'unsure');
    assert.equal(to('read', { inChannel: null }), 'unsure');
    assert.equal(to('resolve', { inChannel: null, kind: 'guest' }), false);
  });

  it('takes somebody for a member where no rule decides and nobody says what they are', () => {
    assert.equal(to('resolve', { kind: null }), true);
    assert.equal(to('resolve', { kind: null, inChannel: false }), false);
    assert.equal(to('resolve', { kind: null, inChannel: null }), 'unsure');
    const administers = (administrators: readonly string[]) =>
      permitInDoubt(known({ kind: null }), (one) => permitAdminister({ administrators, rules: [] }, one));
    assert.deepEqual(administers([]), { may: true });
  });
});
