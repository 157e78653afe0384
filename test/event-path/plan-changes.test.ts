import assert from 'node:assert/strict';
import { desired, fingerprintIn, keyFingerprint } from '../../src/event-path/desired.js';
import { NO_CALLS, type WholeEventPath } from '../../src/event-path/event-path.js';
import { eventPathNames } from '../../src/event-path/names.js';
import { planChanges } from '../../src/event-path/plan-changes.js';
import { planRemoval } from '../../src/event-path/plan-removal.js';
import { saySame } from '../../src/event-path/same-policy.js';
import { strangers } from '../../src/event-path/strangers.js';

const PLACE = { account: '111122223333', partition: 'aws', region: 'us-east-1', base: 'casethread' };
const WANTED = desired(PLACE, {
  publicUrl: 'https://casethread.example.com',
  key: 'the-key-0123456789',
  organization: null,
  calls: 'none',
});
const NOTHING: WholeEventPath = {
  connection: null,
  destination: null,
  queue: null,
  rule: null,
  targets: [],
  role: null,
  rolePolicy: null,
  ...NO_CALLS,
  busPolicy: null,
};
const ARN = 'arn:aws:events:us-east-1:111122223333';
const TAGGED = { tagged: true, stack: null };

/** All as it was asked for, as AWS gives it back: other orders, one value in place of a list of one. */
const DONE: WholeEventPath = {
  connection: {
    arn: `${ARN}:connection/casethread/1`,
    state: 'AUTHORIZED',
    stateReason: null,
    authorization: 'API_KEY',
    header: 'X-Api-Key',
    description: WANTED.connection.description,
  },
  destination: {
    arn: `${ARN}:api-destination/casethread/2`,
    state: 'ACTIVE',
    endpoint: 'https://casethread.example.com/aws/events',
    method: 'POST',
    connectionArn: `${ARN}:connection/casethread/1`,
    description: 'Casethread',
  },
  queue: {
    url: 'https://sqs.us-east-1.amazonaws.com/111122223333/casethread-undelivered',
    arn: WANTED.queue.arn,
    retentionSeconds: 1_209_600,
    messages: 0,
    policy: WANTED.queue.policy.Statement,
    ...TAGGED,
  },
  rule: {
    arn: WANTED.rule.arn,
    on: true,
    state: 'ENABLED',
    pattern: {
      'detail-type': ['Casethread Test', 'Support Case Update'],
      source: ['casethread.test', 'aws.support'],
    },
    schedule: null,
    description: null,
    managedBy: null,
    ...TAGGED,
  },
  targets: [
    {
      id: 'casethread',
      arn: `${ARN}:api-destination/casethread/2`,
      roleArn: WANTED.role.arn,
      deadLetterArn: WANTED.queue.arn,
      retry: { attempts: 185, ageSeconds: 86_400 },
      transformed: false,
      adds: false,
    },
  ],
  role: {
    arn: WANTED.role.arn,
    trust: { ...WANTED.role.trust, Statement: WANTED.role.trust.Statement[0] },
    ...TAGGED,
  },
  rolePolicy: { document: WANTED.rolePolicy },
  ...NO_CALLS,
  busPolicy: null,
};

type Parts = { [Part in keyof WholeEventPath]?: Partial<NonNullable<WholeEventPath[Part]>> | null };
function but(parts: Parts): WholeEventPath {
  const changed = Object.entries(parts).map(([part, as]) => {
    const there = DONE[part as keyof WholeEventPath];
    return [part, as === null || Array.isArray(as) ? as : { ...there, ...as }];
  });
  return { ...DONE, ...Object.fromEntries(changed) } as WholeEventPath;
}

const [TARGET] = DONE.targets;
assert.ok(TARGET !== undefined);

describe('plan of the way of the events', () => {
  it('creates all in the order in which one needs the other', () => {
    const changes = planChanges(WANTED, NOTHING);
    assert.deepEqual(
      changes.map(({ part, verb }) => `${verb} ${part}`),
      [
        'create connection',
        'create API destination',
        'create queue',
        'create queue policy',
        'create rule',
        'create role',
        'create role policy',
        'create target',
      ],
    );
    assert.ok(!JSON.stringify([WANTED, changes]).includes('the-key-0123456789'));
  });

  it('finds nothing to do where all is as it was asked for', () => {
    assert.deepEqual(planChanges(WANTED, DONE), []);
  });

  const differences: [parts: Parts, part: string, verb: string, because: RegExp][] = [
    [
      { connection: { header: 'Authorization' } },
      'connection',
      'change',
      /sends the key in Authorization, will in X-Api-Key/,
    ],
    [
      { connection: { authorization: 'BASIC' } },
      'connection',
      'change',
      /authorizes by BASIC, will do by API_KEY/,
    ],
    [
      { connection: { description: 'The key of Casethread.' } },
      'connection',
      'change',
      /which key it holds cannot be told/,
    ],
    [{ connection: { state: 'UPDATING' } }, 'connection', 'wait', /it is UPDATING/],
    [{ connection: { state: 'FAILED_CONNECTIVITY' } }, 'connection', 'change', /it is FAILED_CONNECTIVITY/],
    [
      { destination: { connectionArn: 'other' } },
      'API destination',
      'change',
      /its connection is other, will be arn/,
    ],
    [{ destination: { state: 'INACTIVE' } }, 'API destination', 'change', /it is INACTIVE, will be active/],
    [
      { destination: { description: null } },
      'API destination',
      'change',
      /its description will say Casethread/,
    ],
    [{ queue: { tagged: false } }, 'queue', 'change', /the tag casethread=event-path is missing/],
    [{ rule: { schedule: 'rate(1 day)' } }, 'rule', 'change', /it also runs by rate\(1 day\), will not/],
    [{ rule: { pattern: null } }, 'rule', 'change', /pattern is none, will be \{/],
    [{ rolePolicy: { document: {} } }, 'role policy', 'change', /allows something else/],
    [{ targets: [{ ...TARGET, roleArn: null }] }, 'target', 'change', /its role is missing, will be arn/],
    [{ targets: [{ ...TARGET, transformed: true }] }, 'target', 'change', /will send them as they are/],
    [{ targets: [{ ...TARGET, adds: true }] }, 'target', 'change', /it adds headers or a query of its own/],
    [{ targets: [{ ...TARGET, arn: 'elsewhere' }] }, 'target', 'change', /it sends to elsewhere/],
    [{ targets: [{ ...TARGET, id: 'other' }] }, 'target', 'create', /the rule sends to the API destination/],
    [
      { targets: [{ ...TARGET, retry: { attempts: 0, ageSeconds: 60 } }] },
      'target',
      'change',
      /0 times within 60 s/,
    ],
  ];
  for (const [parts, part, verb, because] of differences) {
    it(`says what differs: ${JSON.stringify(parts).slice(0, 80)}`, () => {
      const [change, ...more] = planChanges(WANTED, but(parts));
      assert.deepEqual(more, []);
      assert.equal(change?.part, part);
      assert.equal(change?.verb, verb);
      assert.match(change?.because.join('; ') ?? '', because);
    });
  }

  it('takes no retry policy for the longest, which is what AWS does, and unread tags for right', () => {
    const path = but({
      targets: [{ ...TARGET, retry: null }],
      rule: { tagged: null },
      queue: { tagged: null },
    });
    assert.deepEqual(planChanges(WANTED, path), []);
  });

  it('leaves a longer header spelling and a usable private connection alone', () => {
    assert.deepEqual(planChanges(WANTED, but({ connection: { header: 'x-api-key', state: 'ACTIVE' } })), []);
  });

  it('knows documents that say the same from those that do not', () => {
    assert.ok(saySame({ Action: ['a'], Resource: ['x', 'y'] }, { Resource: ['y', 'x'], Action: 'a' }));
    assert.ok(!saySame({ Action: ['a', 'b'] }, { Action: 'a' }));
    assert.ok(!saySame(null, {}));
  });

  it('tells keys apart by a fingerprint that differs between accounts', () => {
    const one = keyFingerprint('the-key-0123456789', PLACE);
    assert.match(one, /^[0-9a-f]{12}$/);
    assert.notEqual(one, keyFingerprint('the-key-0123456788', PLACE));
    assert.notEqual(one, keyFingerprint('the-key-0123456789', { ...PLACE, account: '444455556666' }));
    assert.equal(fingerprintIn(`Casethread ${one}`), one);
    assert.equal(fingerprintIn('The key of Casethread.'), null);
  });

  it('keeps, of what is taken away, the connection that a foreign API destination uses', () => {
    const names = eventPathNames('casethread');
    const actual = but({ destination: { endpoint: 'https://other.example.com/hook', description: null } });
    const foreign = strangers({ names, region: 'us-east-1', endpoint: null, fingerprint: null }, actual);
    assert.deepEqual(
      foreign.map(({ part }) => part),
      ['API destination'],
    );
    const kept = planRemoval(names, actual, { foreign, force: true }).filter(({ verb }) => verb === 'keep');
    assert.deepEqual(
      kept.map(({ part }) => part),
      ['API destination', 'connection'],
    );
  });
});
