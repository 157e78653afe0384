import assert from 'node:assert/strict';
import fc from 'fast-check';
import { CALL_KINDS, KINDS_BY_DEFAULT } from '../../src/case/calls/call-kind.js';
import { NO_FILE } from '../../src/config/config-file.js';
import { readConfigFile } from '../../src/config/read-config-file.js';
import { fileOf, linesOf, NOTHING_SAID, problemsIn } from './reading.js';

describe('CONFIG_FILE', () => {
  it('is read as a whole', () => {
    const file = fileOf(`
accounts:
  - id: "111122223333"
    alias: " production "
    plan: enterprise
    partition: aws-us-gov
    endpoints: [https://support.us-west-2.amazonaws.com, "http://127.0.0.1:4566/"]
  - id: 444455556666
    role: arn:aws-us-gov:iam::444455556666:role/teams/support/casethread
    external_id: a+b=c,d.e@f:g/h-_1
  - {id: "012345678901", plan: basic, partition: aws-cn}
unlisted_accounts: follow
failover: false
routes:
  - accounts: [Production, "111122223333", 444455556666]
    severities: [urgent, critical, urgent]
    services: [amazon-rds]
    categories: [instance-issue]
    channel: C0123456789
    mention: [S0123456789, U0123456789, W0123456789]
    broadcast: [opened, resolved]
  - channel: G0123456789
    broadcast: []
permissions:
  administer: [U0123456789, W0123456789, U0123456789]
audit:
  channel: C0123456780
  kinds: [root-case-calls, plan-changes, plan-changes]
`);
    assert.deepEqual(file, {
      accounts: [
        {
          id: '111122223333',
          alias: 'production',
          role: null,
          externalId: null,
          plan: 'enterprise',
          partition: 'aws-us-gov',
          endpoints: ['https://support.us-west-2.amazonaws.com', 'http://127.0.0.1:4566/'],
        },
        {
          id: '444455556666',
          alias: null,
          role: 'arn:aws-us-gov:iam::444455556666:role/teams/support/casethread',
          externalId: 'a+b=c,d.e@f:g/h-_1',
          plan: null,
          partition: 'aws-us-gov',
          endpoints: [],
        },
        {
          id: '012345678901',
          alias: null,
          role: null,
          externalId: null,
          plan: 'basic',
          partition: 'aws-cn',
          endpoints: [],
        },
      ],
      unlisted: 'follow',
      failover: false,
      routes: [
        {
          accounts: ['111122223333', '444455556666'],
          severities: ['urgent', 'critical'],
          services: ['amazon-rds'],
          categories: ['instance-issue'],
          channel: 'C0123456789',
          mention: ['S0123456789', 'U0123456789', 'W0123456789'],
          broadcast: new Set(['opened', 'resolved']),
        },
        {
          accounts: [],
          severities: [],
          services: [],
          categories: [],
          channel: 'G0123456789',
          mention: [],
          broadcast: new Set(),
        },
      ],
      administrators: ['U0123456789', 'W0123456789'],
      rules: [],
      audit: { channel: 'C0123456780', kinds: ['plan-changes', 'root-case-calls'] },
    });
  });

  it('says as little as none does when all is left out', () => {
    assert.deepEqual(fileOf('failover: true'), NO_FILE);
  });

  it('shows calls that change something, where it names a channel and no kinds, or all', () => {
    assert.deepEqual(fileOf('audit: {channel: C0123456780}').audit?.kinds, KINDS_BY_DEFAULT);
    assert.deepEqual(fileOf('audit: {channel: C0123456780, kinds: [all]}').audit?.kinds, CALL_KINDS);
    const read = readConfigFile('casethread.example.yml', NOTHING_SAID);
    assert.deepEqual('file' in read && read.file.audit?.kinds, KINDS_BY_DEFAULT);
  });

  it('is the example, as it stands', () => {
    const read = readConfigFile('casethread.example.yml', NOTHING_SAID);
    assert.ok('file' in read, 'problems' in read ? linesOf(read.problems).join('\n') : '');
    assert.equal(read.file.accounts.length, 3);
    assert.equal(read.file.routes.length, 3);
  });

  it('may use anchors for what it says several times', () => {
    const { routes } = fileOf(
      'routes:\n  - {severities: [urgent], channel: C0123456789, mention: &oncall [S0123456789]}\n  - {channel: C0123456789, mention: *oncall}\n',
    );
    assert.deepEqual(routes[1]?.mention, ['S0123456789']);
    const wrong = 'routes:\n  - &same\n    channel: nowhere\n  - *same\n';
    assert.deepEqual(
      problemsIn(wrong).map(({ place }) => [place?.line, place?.path]),
      [
        [3, 'routes[0].channel'],
        [3, 'routes[1].channel'],
      ],
    );
  });

  it('may name in routes what the environment calls an account, and unlisted ones where they are followed', () => {
    const environment = { awsAccounts: [], awsAccountAliases: new Map([['111122223333', 'Live']]) };
    const accountsOf = (yaml: string) => fileOf(yaml, environment).routes.map(({ accounts }) => accounts);
    const route = 'routes: [{accounts: [live, "444455556666"], channel: C0123456789}]\n';
    const both = [['111122223333', '444455556666']];
    assert.deepEqual(accountsOf(route), both);
    assert.deepEqual(
      accountsOf(`accounts: [{id: "777788889999"}]\nunlisted_accounts: follow\n${route}`),
      both,
    );
    assert.equal(problemsIn(`accounts: [{id: "777788889999"}]\n${route}`, environment).length, 2);
  });

  it('may list as many accounts without API and role as there are', () => {
    const { accounts } = fileOf(
      'accounts:\n  - {id: "111122223333"}\n  - {id: "444455556666", plan: basic}\n  - {id: "777788889999", plan: developer}\n',
    );
    assert.equal(accounts.length, 3);
  });

  it('cannot be changed once it is read', () => {
    const file = fileOf(
      'accounts: [{id: "111122223333"}]\nroutes: [{channel: C0123456789, services: [amazon-rds]}]\n',
    );
    for (const part of [file, file.accounts, file.accounts[0], file.routes, file.routes[0]?.services])
      assert.ok(Object.isFrozen(part));
  });

  it('never has an external id in what is said of it, however wrong it is', () => {
    const MARK = 'hunter2';
    const around = fc.string({ unit: 'grapheme', maxLength: 12 });
    const secret = fc.tuple(around, around).map(([before, after]) => `${before}${MARK}${after}`);
    const written = fc.oneof(
      secret.map((text) => JSON.stringify(text)),
      secret.map((text) => `'${text.replaceAll("'", "''")}'`),
      secret,
    );
    const colon = fc.constantFrom(': ', ':', ' ', ': [', ': {x: ', ':\n      ', ': |\n      ', ': *', ': !');
    fc.assert(
      fc.property(written, colon, fc.boolean(), (text, between, withRole) => {
        const role = withRole ? '    role: arn:aws:iam::444455556666:role/casethread\n' : '';
        const yaml = `accounts:\n  - id: "444455556666"\n${role}    external_id${between}${text}\n    plan: gold\n`;
        const lines = linesOf(problemsIn(yaml));
        assert.ok(lines.length > 0);
        assert.ok(!lines.join('\n').includes(MARK), lines.join('\n'));
      }),
      { numRuns: 200 },
    );
  });

  it('is refused in sentences, whatever stands in it', () => {
    const piece = fc.constantFrom(
      ...[
        'accounts',
        'routes',
        'id',
        'channel',
        'permissions',
        ':',
        ' ',
        '\n',
        '  ',
        '- ',
        '[',
        ']',
        '{',
        '}',
        '"',
        "'",
      ],
      ...[
        '*a',
        '&a ',
        '!',
        '#',
        '|',
        '>',
        '?',
        '%',
        '\t',
        '---\n',
        '0',
        '111122223333',
        'null',
        '~',
        '\u0000',
        'é',
      ],
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        for (const { says } of problemsIn(pieces.join(''))) assert.match(says, /^\S.*[.?]$/);
      }),
      { numRuns: 200 },
    );
  });
});
