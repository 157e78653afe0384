import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { NO_FILE } from '../../src/config/config-file.js';
import { lookAtCredentials } from '../../src/doctor/look-at-accounts.js';
import { lookAtEventPath } from '../../src/doctor/look-at-event-path.js';
import { OwnIdentity } from '../../src/doctor/own-identity.js';
import { awsTime } from '../../src/event-path/aws-time.js';
import { eventPathClients } from '../../src/event-path/clients.js';
import { EventPathError } from '../../src/event-path/errors.js';
import { EVENT_PATTERN } from '../../src/event-path/names.js';
import { ACCOUNT, type ConnectStage, connectStage, KEY, URL_OF_BOT } from '../connect/run-connect.js';
import { listed } from '../support/accounts-room.js';
import { putMessage } from '../world/aws-control/sqs/queue.js';

const READING = /^(Describe|Get|List)/;

describe('the doctor on the way of the events', () => {
  let stage: ConnectStage;
  beforeEach(async () => {
    stage = await connectStage();
  });
  afterEach(() => stage.stop());

  const clientsFor = (region = 'us-east-1') => {
    const [credentials] = stage.aws.credentials;
    if (credentials === undefined) throw new Error('the stand-in has credentials');
    return eventPathClients({ region, endpoint: stage.aws.url, credentials, maxAttempts: 1 });
  };
  const look = async ({
    publicUrl = URL_OF_BOT as string | null,
    eventApiKeys = [KEY] as readonly string[],
    eventsName = 'casethread',
    region = 'us-east-1',
    sweepIntervalSeconds = 300,
    file = NO_FILE,
  } = {}) => {
    const clients = clientsFor(region);
    const before = stage.aws.calls.length;
    try {
      const own = new OwnIdentity(clients);
      const findings = await lookAtEventPath(
        { publicUrl, eventApiKeys, eventsName, sweepIntervalSeconds, file },
        clients,
        own,
      );
      const calls = stage.aws.calls.slice(before).map(({ operation }) => operation);
      assert.deepEqual(
        calls.filter((operation) => !READING.test(operation)),
        [],
      );
      return findings;
    } finally {
      clients.close();
    }
  };
  const trouble = async (of = look()) => {
    const [finding, ...more] = (await of).filter(({ state }) => state !== 'ok');
    assert.ok(finding !== undefined, 'all is well');
    assert.deepEqual(more, []);
    assert.ok(finding.remedy !== null, finding.says);
    return finding;
  };
  const part = <T>(parts: ReadonlyMap<string, T>, name = 'casethread'): T => {
    const found = parts.get(name);
    assert.ok(found !== undefined, name);
    return found;
  };

  it('says once that nothing is there, and what creates it', async () => {
    const finding = await trouble();
    assert.equal(finding.state, 'fail');
    assert.match(finding.says, /Nothing named casethread is there in us-east-1 of account 111122223333/);
    assert.match(finding.remedy ?? '', /npm run connect/);
  });

  it('uses the permissions that the README lists for it, and no others', async () => {
    await stage.run();
    const before = stage.aws.calls.length;
    await look({ file: { ...NO_FILE, accounts: [listed('444455556666')] } });
    const used = new Set(stage.aws.calls.slice(before).flatMap(({ actions }) => actions));
    // This one needs none.
    used.delete('sts:GetCallerIdentity');
    const readme = readFileSync('README.md', 'utf8');
    const named = /"CasethreadDoctorReadsEventPath"[\s\S]*?"Action": (\[[\s\S]*?\])/.exec(readme)?.[1];
    assert.deepEqual([...used].sort(), (JSON.parse(named ?? '[]') as string[]).sort());
  });

  it('finds what connect has made well, part by part', async () => {
    await stage.run();
    const findings = await look();
    assert.deepEqual(
      findings.map(({ check, state }) => `${check} ${state}`),
      [
        'connection ok',
        'API destination ok',
        'rule ok',
        'target ok',
        'role ok',
        'role policy ok',
        'queue ok',
      ],
    );
    assert.match(findings[0]?.says ?? '', /AUTHORIZED; it holds the key in EVENT_API_KEY/);
  });

  it('takes either key while it is being changed, and knows a third', async () => {
    await stage.run();
    assert.ok(
      (await look({ eventApiKeys: ['another-key-0123456789', KEY] })).every(({ state }) => state === 'ok'),
    );
    const finding = await trouble(look({ eventApiKeys: ['another-key-0123456789'] }));
    assert.deepEqual([finding.check, finding.state], ['connection', 'fail']);
    assert.match(finding.says, /Its key is another one/);
    assert.doesNotMatch(finding.says, /another-key/);
  });

  const allowInvoke = (resource: string) =>
    part(stage.aws.account(ACCOUNT).roles, 'casethread-events').policies.set(
      'invoke',
      JSON.stringify({
        Version: '2012-10-17',
        Statement: { Effect: 'Allow', Action: 'events:Invoke*', Resource: resource },
      }),
    );
  /** Whatever EventBridge allows, beyond what the stand-in knows. */
  const takes = (pattern: unknown) => {
    part(stage.region.rules).pattern = JSON.stringify(pattern);
  };

  const drifts: [what: string, change: () => void, check: string, state: string, says: RegExp][] = [
    [
      'a connection that AWS does not authorize',
      () => {
        stage.aws.behaviour.stateReason = 'The secret is gone.';
        part(stage.region.connections).state = 'DEAUTHORIZED';
      },
      'connection',
      'fail',
      /It is DEAUTHORIZED, should be authorized anew\. AWS says: The secret is gone\.$/,
    ],
    [
      'a destination that leads elsewhere',
      () => {
        part(stage.region.destinations).endpoint = 'https://old.example.com/aws/events';
      },
      'API destination',
      'fail',
      /Endpoint is https:\/\/old\.example\.com\/aws\/events, should be https:\/\/casethread\.example\.com\/aws\/events/,
    ],
    [
      'a rule that is off',
      () => {
        part(stage.region.rules).state = 'DISABLED';
      },
      'rule',
      'fail',
      /It is off, should be on/,
    ],
    [
      'a rule that takes other events',
      () => {
        part(stage.region.rules).pattern = JSON.stringify({ source: ['aws.ec2'] });
      },
      'rule',
      'fail',
      /Pattern is .*aws\.ec2/,
    ],
    [
      'a rule without a target',
      () => part(stage.region.rules).targets.clear(),
      'target',
      'fail',
      /It is missing/,
    ],
    [
      'a target without a queue',
      () => {
        const { targets } = part(stage.region.rules);
        const { DeadLetterConfig: _, ...target } = part(targets);
        targets.set('casethread', target);
      },
      'target',
      'warn',
      /Its dead-letter queue is missing/,
    ],
    [
      'a queue into which the rule may not put',
      () => {
        part(stage.region.queues, 'casethread-undelivered').attributes.set('Policy', '');
      },
      'queue policy',
      'warn',
      /It is missing/,
    ],
    [
      'a role that others may take, and EventBridge may not',
      () => {
        const role = part(stage.aws.account(ACCOUNT).roles, 'casethread-events');
        role.trust = role.trust.replace('events.amazonaws.com', 'ec2.amazonaws.com');
      },
      'role',
      'fail',
      /It does not let EventBridge \(events\.amazonaws\.com\) take it/,
    ],
    [
      'a role for a rule of another account',
      () => {
        const role = part(stage.aws.account(ACCOUNT).roles, 'casethread-events');
        role.trust = role.trust.replaceAll(ACCOUNT, '999999999999');
      },
      'role',
      'fail',
      /does not let EventBridge/,
    ],
    [
      'a role for any rule',
      () => {
        const role = part(stage.aws.account(ACCOUNT).roles, 'casethread-events');
        const { Condition: _, ...statement } = JSON.parse(role.trust).Statement[0];
        role.trust = JSON.stringify({ Version: '2012-10-17', Statement: statement });
      },
      'role',
      'warn',
      /EventBridge may take it, and so may others/,
    ],
    [
      'a role without its policy',
      () => part(stage.aws.account(ACCOUNT).roles, 'casethread-events').policies.clear(),
      'role policy',
      'fail',
      /does not allow events:InvokeApiDestination/,
    ],
    [
      'a role for another destination',
      () => allowInvoke('arn:aws:events:us-east-1:111122223333:api-destination/another/*'),
      'role policy',
      'fail',
      /does not allow events:InvokeApiDestination/,
    ],
    [
      'a role that allows more than is needed',
      () => allowInvoke('*'),
      'role policy',
      'warn',
      /^A matter of security: it allows to use the API destination, and something else/,
    ],
    [
      'a rule for another kind of event',
      () => takes({ source: ['aws.support', 'casethread.test'], 'detail-type': ['Something'] }),
      'rule',
      'fail',
      /It takes none of AWS Support's events of 111122223333\. Pattern is/,
    ],
    [
      'a rule for another account',
      () => takes({ ...EVENT_PATTERN, account: ['999999999999'] }),
      'rule',
      'fail',
      /It takes none of AWS Support's events/,
    ],
    [
      'a rule that takes more',
      () => takes({ ...EVENT_PATTERN, 'detail-type': [{ prefix: '' }] }),
      'rule',
      'warn',
      /^Pattern is .*prefix/,
    ],
    [
      'a rule without our test events',
      () => takes({ source: ['aws.support'], 'detail-type': ['Support Case Update'] }),
      'rule',
      'warn',
      /takes AWS Support's events, but no test events: npm run connect -- --test will not work/,
    ],
    [
      'an event that could not be delivered',
      () => {
        const queue = part(stage.region.queues, 'casethread-undelivered');
        putMessage(stage.aws.desk(), queue, '{}', new Map() as never);
      },
      'queue',
      'warn',
      /One event lies in it/,
    ],
  ];
  for (const [what, change, check, state, says] of drifts) {
    it(`finds ${what}`, async () => {
      await stage.run();
      change();
      const finding = await trouble();
      assert.deepEqual([finding.check, finding.state], [check, state]);
      assert.match(finding.says, says);
      assert.match(finding.remedy ?? '', check === 'queue' ? /npm run redrive/ : /npm run connect/);
    });
  }

  describe('of what was made by hand', () => {
    const ROLE = 'Amazon_EventBridge_Invoke_Api_Destination_1234567890';
    const POLICY = `arn:aws:iam::${ACCOUNT}:policy/service-role/${ROLE}`;

    /** As the console makes it. */
    beforeEach(async () => {
      await stage.run();
      const { roles } = stage.aws.account(ACCOUNT);
      const ours = part(roles, 'casethread-events');
      const arn = `arn:aws:iam::${ACCOUNT}:role/service-role/${ROLE}`;
      roles.delete(ours.name);
      const statement = {
        Effect: 'Allow',
        Principal: { Service: 'events.amazonaws.com' },
        Action: 'sts:AssumeRole',
      };
      const trust = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
      const [[, destination] = ['', null]] = stage.region.destinations;
      const invoke = {
        Effect: 'Allow',
        Action: ['events:InvokeApiDestination'],
        Resource: [destination?.arn],
      };
      const policy = JSON.stringify({ Version: '2012-10-17', Statement: [invoke] });
      const attached = new Map([[POLICY, policy]]);
      roles.set(ROLE, {
        ...ours,
        name: ROLE,
        arn,
        trust,
        path: '/service-role/',
        policies: new Map(),
        attached,
      });
      const rule = part(stage.region.rules);
      const queue = part(stage.region.queues, 'casethread-undelivered');
      const formerArn = `arn:aws:sqs:us-east-1:${ACCOUNT}:${queue.name}`;
      const queueArn = formerArn.replace(queue.name, 'by-hand');
      queue.attributes.set('Policy', (queue.attributes.get('Policy') ?? '').replaceAll(formerArn, queueArn));
      stage.region.queues.clear();
      stage.region.queues.set('by-hand', { ...queue, name: 'by-hand' });
      const target = {
        ...part(rule.targets),
        Id: 'Id1a2b',
        RoleArn: arn,
        DeadLetterConfig: { Arn: queueArn },
      };
      rule.targets.clear();
      rule.targets.set(target.Id, target);
    });

    it('finds it well', async () => {
      const findings = await look();
      assert.deepEqual(
        findings.filter(({ state }) => state !== 'ok'),
        [],
      );
      assert.match(findings.find(({ check }) => check === 'role')?.says ?? '', new RegExp(ROLE));
    });

    it('warns of a pattern without test events alone', async () => {
      takes({ source: ['aws.support'], 'detail-type': ['Support Case Update'] });
      const finding = await trouble();
      assert.deepEqual([finding.check, finding.state], ['rule', 'warn']);
    });

    it('finds a policy that allows nothing of use', async () => {
      part(stage.aws.account(ACCOUNT).roles, ROLE).attached.clear();
      const finding = await trouble();
      assert.deepEqual([finding.check, finding.state], ['role policy', 'fail']);
    });

    it('finds that its role is gone', async () => {
      stage.aws.account(ACCOUNT).roles.clear();
      const finding = await trouble();
      assert.deepEqual([finding.check, finding.state], ['role', 'fail']);
    });

    it('says what it may not look at', async () => {
      stage.aws.deny('iam:ListAttachedRolePolicies');
      const finding = await trouble();
      assert.equal(finding.state, 'warn');
      assert.match(finding.says, /may not call iam:ListAttachedRolePolicies/);
    });
  });

  it('says what it may not look at in one line, and looks at the rest', async () => {
    await stage.run();
    part(stage.region.rules).state = 'DISABLED';
    stage.aws.deny('events:DescribeConnection', 'events:DescribeApiDestination', 'iam:*', 'sqs:*');
    const findings = await look();
    assert.deepEqual(
      findings.filter(({ state }) => state !== 'ok').map(({ check, state }) => [check, state]),
      [
        ['rule', 'fail'],
        ['EventBridge', 'warn'],
      ],
    );
    const [warning] = findings.filter(({ state }) => state === 'warn');
    for (const action of [
      'events:DescribeConnection',
      'events:DescribeApiDestination',
      'iam:GetRole',
      'sqs:GetQueueUrl',
    ])
      assert.ok(warning?.says.includes(action), `${action} in ${warning?.says}`);
    stage.aws.deny('events:*', 'iam:*', 'sqs:*');
    assert.equal((await trouble()).state, 'warn');
  });

  it('does not ask for an address where PUBLIC_URL is not set', async () => {
    await stage.run();
    const findings = await look({ publicUrl: null });
    assert.ok(findings.every(({ state }) => state === 'ok'));
    assert.match(
      findings.find(({ check }) => check === 'API destination')?.says ?? '',
      /not known without PUBLIC_URL/,
    );
  });

  it('does not say that the sweep has found what it does not look for', async () => {
    await stage.run();
    const queue = part(stage.region.queues, 'casethread-undelivered');
    putMessage(stage.aws.desk(), queue, '{}', new Map() as never);
    assert.match((await trouble()).says, /Where AWS Support answers, the sweep has found/);
    assert.match((await trouble(look({ sweepIntervalSeconds: 0 }))).says, /makes no sweep/);
  });

  it('names the right address where the destination has another path', async () => {
    await stage.run();
    part(stage.region.destinations).endpoint = 'https://other.example.com/';
    assert.match(
      (await trouble(look({ publicUrl: null }))).says,
      /Endpoint is https:\/\/other\.example\.com\/, should be https:\/\/other\.example\.com\/aws\/events/,
    );
  });

  it('knows Regions without such events', async () => {
    assert.equal((await trouble(look({ region: 'eu-central-1' }))).state, 'fail');
    const [china, ...more] = await look({ region: 'cn-north-1' });
    assert.deepEqual(more, []);
    assert.equal(china?.state, 'ok');
  });

  it('says that AWS limits calls, and that it does not answer', async () => {
    await stage.run();
    stage.aws.fault('DescribeRule', { kind: 'throttle' });
    assert.match((await trouble()).says, /limits calls/);
    stage.aws.fault('DescribeConnection', { kind: 'hangup-before' });
    assert.match((await trouble()).says, /no answer/);
  });

  it('says of expired credentials once, and asks nothing more', async () => {
    for (const credentials of stage.aws.credentials) credentials.expired = true;
    const own = new OwnIdentity(clientsFor());
    const [finding, ...more] = await lookAtCredentials(own);
    assert.deepEqual(more, []);
    assert.equal(finding?.state, 'fail');
    assert.match(finding?.says ?? '', /have expired/);
    assert.deepEqual(await lookAtEventPath({}, clientsFor(), own), []);
    assert.equal(stage.aws.calls.length, 1);
  });

  it('says once that AWS does not answer, and what has to be let through', async () => {
    const silent = createServer(() => undefined);
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const endpoint = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
    const [credentials] = stage.aws.credentials;
    const clients = eventPathClients({
      region: 'us-east-1',
      endpoint,
      ...(credentials === undefined ? {} : { credentials }),
      maxAttempts: 1,
      answerMs: 50,
    });
    try {
      const own = new OwnIdentity(clients);
      const [finding, ...more] = await lookAtCredentials(own);
      assert.deepEqual([finding?.state, more.length], ['fail', 0]);
      assert.match(finding?.says ?? '', /^AWS gave no answer/);
      assert.match(finding?.remedy ?? '', /Check whether this machine reaches 127\.0\.0\.1 by HTTPS/);
      assert.deepEqual(await lookAtEventPath({}, clients, own), []);
    } finally {
      clients.close();
      silent.closeAllConnections();
      silent.close();
    }
  });

  it('says to the bot itself how it gets credentials', async () => {
    const none = {
      trouble: async () => new EventPathError('no-credentials', 'x', 'There are none.', 'Sign in.'),
    };
    const [finding] = await lookAtCredentials(none as unknown as OwnIdentity, true);
    assert.match(finding?.remedy ?? '', /^Run the bot with a role.* restart it/);
  });

  it('takes it for a warning that AWS limits the first call', async () => {
    stage.aws.fault('GetCallerIdentity', { kind: 'throttle' });
    assert.equal((await trouble()).state, 'warn');
  });

  it('is told the time by AWS, also by an answer that refuses', async () => {
    const clients = clientsFor();
    for (const refuse of [false, true]) {
      for (const credentials of stage.aws.credentials) credentials.expired = refuse;
      const time = await awsTime(clients);
      assert.ok(time !== null && Math.abs(time - Date.now()) < 5_000, String(time));
    }
    clients.close();
  });
});
