import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EnvironmentAccounts } from '../../src/config/check-accounts.js';
import { readConfigFile } from '../../src/config/read-config-file.js';
import { temporaryFolder } from '../temporary-folder.js';
import { fileOf, linesOf, NOTHING_SAID, problemsIn } from './reading.js';

/** What is wrong with a file, in the order of its lines: where, and how the sentence begins or what it says. */
type Wrong = [what: string, yaml: string, ...problems: RegExp[]];

function check(all: readonly Wrong[], environment?: EnvironmentAccounts): void {
  for (const [what, yaml, ...says] of all) {
    it(`refuses ${what}`, () => {
      const lines = linesOf(problemsIn(yaml, environment));
      assert.equal(lines.length, says.length, lines.join('\n'));
      for (const [index, pattern] of says.entries()) assert.match(lines[index] ?? '', pattern);
    });
  }
}

const ONE = 'accounts:\n  - id: "111122223333"\n    alias: production\n';
const ROLE = 'arn:aws:iam::444455556666:role/casethread';

describe('CONFIG_FILE that is wrong: the file', () => {
  let folder: ReturnType<typeof temporaryFolder>;
  beforeEach(() => {
    folder = temporaryFolder();
  });
  afterEach(() => folder.remove());
  const says = (path: string) =>
    linesOf(((read) => ('problems' in read ? read.problems : []))(readConfigFile(path, NOTHING_SAID)));

  it('says that it is missing, and from where paths count', () => {
    const path = join(folder.path, 'casethread.yml');
    assert.deepEqual(says(path), [
      `${path}: There is no such file. Paths count from the folder in which the bot is started.`,
    ]);
    writeFileSync(path, '');
    assert.match(says(join(path, 'deeper.yml'))[0] ?? '', /a part of its path is not a folder/);
  });

  it('says that it is a folder, a pipe of sorts, or a link to itself', () => {
    const inside = join(folder.path, 'config');
    mkdirSync(inside);
    assert.match(says(inside)[0] ?? '', /This is a folder/);
    assert.match(says('/dev/null')[0] ?? '', /This is not a file/);
    const link = join(folder.path, 'link.yml');
    symlinkSync(link, link);
    assert.match(says(link)[0] ?? '', /leads to itself/);
  });

  it('says that it may not be read', () => {
    const path = join(folder.path, 'casethread.yml');
    writeFileSync(path, ONE);
    chmodSync(path, 0o000);
    const isRoot = process.geteuid?.() === 0;
    // Root may read everything, so somebody else tries.
    if (isRoot) chmodSync(folder.path, 0o755);
    if (isRoot) process.seteuid?.(65_534);
    try {
      assert.match(says(path)[0] ?? '', /may not be read\. Make it readable for the user/);
    } finally {
      if (isRoot) process.seteuid?.(0);
    }
  });

  it('says that it is too large, or not in UTF-8', () => {
    assert.match(linesOf(problemsIn(`#${'x'.repeat(1_048_576)}`))[0] ?? '', /larger than 1 MB/);
    assert.match(
      linesOf(problemsIn(Buffer.from('accounts: []', 'utf16le').subarray(0, 0)))[0] ?? '',
      /Nothing stands/,
    );
    assert.match(linesOf(problemsIn(Buffer.from([0x61, 0x3a, 0x20, 0xe4])))[0] ?? '', /not in UTF-8/);
  });

  it('takes one with a byte order mark, and with Windows line ends', () => {
    assert.equal(fileOf(`\uFEFF${ONE.replaceAll('\n', '\r\n')}`).accounts[0]?.alias, 'production');
  });
});

describe('CONFIG_FILE that is wrong: YAML', () => {
  check([
    ['nothing', '', /^casethread\.yml:1: Nothing stands in it\. casethread\.example\.yml shows/],
    ['comments alone', '# accounts:\n#  - id: x\n', /^casethread\.yml:\d: Nothing stands in it/],
    ['a list at the top', '- id: "111122223333"\n', /^casethread\.yml:1: A list stands where keys belong/],
    ['a text at the top', 'accounts\n', /^casethread\.yml:1: One text stands where keys belong/],
    ['tabs', 'accounts:\n\t- id: "111122223333"\n', /^casethread\.yml:2:1: A tab .* indented with spaces/],
    [
      'bad indentation',
      'accounts:\n  - id: "111122223333"\n   alias: a\n',
      /^casethread\.yml:3:1: Something is missing here/,
    ],
    [
      'a key in a value',
      'failover: true\n  routes: []\n',
      /^casethread\.yml:1:11: Two keys stand in one value\. The indentation/,
    ],
    [
      'an open quote',
      'accounts:\n  - id: "1111\n',
      /^casethread\.yml:\d:\d+: Something is missing here: a closing quote/,
    ],
    ['an open bracket', 'accounts: [\nroutes: []\n', /^casethread\.yml:2:1: The indentation is wrong/],
    [
      'a key without a colon',
      'accounts:\n  - id: "111122223333"\n    alias\n',
      /:3:5: .*A key needs a colon/,
    ],
    ['a key without a blank', 'failover:true\nroutes: []\n', /:1:1: A key needs a colon and a space/],
    ['several documents', `${ONE}---\nroutes: []\n`, /^casethread\.yml:4:1: A second document begins here/],
    [
      'a key that is there twice',
      'failover: true\nroutes: []\nfailover: false\n',
      /:3:1: This key is there twice/,
    ],
    ['a tag', 'accounts: !vault x\n', /:1:11: Tags \(what begins with !\) are not used/],
    [
      'a character that YAML keeps for itself',
      'accounts:\n  - id: "111122223333"\n    alias: @prod\n',
      /:3:12: .*between quotes/,
    ],
    ['an alias that stands for nothing', 'accounts: *all\n', /An alias \(\*\) has no anchor/],
    ['far too deep nesting', '['.repeat(5_000), /nested too deeply/],
  ]);

  it('refuses aliases that grow into gigabytes, at once', () => {
    const letters = 'abcdefghij';
    const lines = [...letters].map((letter, index) => {
      const before = letters[index - 1];
      const parts = before === undefined ? 'x' : Array(10).fill(`*${before}`).join(', ');
      return `${letter}: &${letter} [${parts}]`;
    });
    const from = performance.now();
    assert.match(linesOf(problemsIn(lines.join('\n')))[0] ?? '', /Too many aliases/);
    assert.ok(performance.now() - from < 2_000);
  });

  it('points at a line for each slip, and not at all that follows from one', () => {
    const lines = linesOf(problemsIn(`a: "x\n${'b: [\n'.repeat(50)}`));
    assert.ok(lines.length >= 1 && lines.length <= 5, lines.join('\n'));
  });
});

describe('CONFIG_FILE that is wrong: keys', () => {
  check([
    [
      'an unknown key, with the one that was meant',
      'acounts: []\n',
      /^casethread\.yml:1 {2}acounts: This key is not known\. Did you mean accounts\?$/,
    ],
    [
      'a key that somebody spelt in another way',
      'unlistedAccounts: follow\n',
      /Did you mean unlisted_accounts\?/,
    ],
    [
      'an unknown key that is like none',
      'colour: red\n',
      /not known\. Known are accounts, unlisted_accounts, failover, routes, permissions\./,
    ],
    [
      'unknown keys of accounts and routes, each in its line',
      `${ONE}    extrenal_id: x\n    role_arn: y\nroutes:\n  - chanel: C0123456789\n    channel: C0123456789\n`,
      /:4 {2}accounts\[0\]\.extrenal_id: .*Did you mean external_id\?/,
      /:5 {2}accounts\[0\]\.role_arn: This key is not known\. Known are id, alias, role,/,
      /:7 {2}routes\[0\]\.chanel: .*Did you mean channel\?/,
    ],
    [
      'an unknown key of permissions',
      'permissions:\n  administrate: [U0123456789]\n',
      /:2 {2}permissions\.administrate: .*Did you mean administer\?/,
    ],
    ['__proto__', '__proto__: {}\nfailover: true\n', /:1 {2}…: This key is not known/],
    ['a merge', '<<: {failover: true}\n', /:1 {2}…: This key is not known/],
    [
      'sections of another kind',
      'accounts: all\nroutes: {channel: C0123456789}\npermissions: [U0123456789]\n',
      /:1 {2}accounts: This has to be a list/,
      /:2 {2}routes: This has to be a list/,
      /:3 {2}permissions: permissions is written as lines of key: value/,
    ],
    [
      'entries of another kind',
      'accounts: ["111122223333"]\nroutes:\n  - C0123456789\n',
      /:1 {2}accounts\[0\]: An account is written as lines/,
      /:3 {2}routes\[0\]: A route is written as lines/,
    ],
    ['failover that is neither', 'failover: "yes"\n', /:1 {2}failover: Write true or false/],
    [
      'what becomes of unlisted accounts',
      `${ONE}unlisted_accounts: folow\n`,
      /:4 {2}unlisted_accounts: “folow” is not one of refuse, follow\. Did you mean follow\?/,
    ],
    [
      'unlisted accounts where none is listed',
      'unlisted_accounts: follow\n',
      /:1 {2}unlisted_accounts: No accounts are listed/,
    ],
    [
      'unlisted accounts where the list is empty',
      'accounts:\nunlisted_accounts: refuse\n',
      /:2 {2}unlisted_accounts: No accounts/,
    ],
    [
      'administrators who are none',
      'permissions:\n  administer: [U0123456789, alice, S0123456789]\n',
      /:2 {2}permissions\.administer\[1\]: This is not the ID of a Slack user/,
      /:2 {2}permissions\.administer\[2\]: This is not/,
    ],
    [
      'one administrator who is no list',
      'permissions:\n  administer: U0123456789\n',
      /administer: This has to be a list\. Write it as \[U0123456789\]/,
    ],
  ]);

  it('says a hundred problems at most', () => {
    const routes = Array.from({ length: 500 }, () => '  - channel: "#cases"').join('\n');
    assert.equal(problemsIn(`routes:\n${routes}\n`).length, 100);
  });
});

describe('CONFIG_FILE that is wrong: accounts', () => {
  const account = (lines: string) => `accounts:\n  - ${lines.replaceAll('\n', '\n    ')}\n`;
  check([
    ['no id', account('alias: production'), /:2 {2}accounts\[0\]\.id: It is missing\. An AWS account id/],
    [
      'an id with nothing behind it',
      account('id:\nalias: a'),
      /:2 {2}accounts\[0\]\.id: Nothing stands behind it/,
    ],
    [
      'an id that has lost its leading zeros',
      account('id: 012345678901'),
      /:2 {2}accounts\[0\]\.id: Put the id between quotes: .*leading zeros are lost/,
    ],
    [
      'an id of 13 digits that would have 12 without its zero',
      account('id: 0111122223333'),
      /Put the id between quotes/,
    ],
    ['an id that is a shorter number', account('id: 12345678901'), /Put the id between quotes/],
    [
      'an id with dashes',
      account('id: 1111-2222-3333'),
      /“1111-2222-3333” is not an AWS account id: those have 12 digits/,
    ],
    ['an id of 11 digits', account('id: "11112222333"'), /not an AWS account id/],
    [
      'an account that is there twice',
      `${ONE}  - id: "111122223333"\n    role: arn:aws:iam::111122223333:role/a\n`,
      /:4 {2}accounts\[1\]\.id: accounts\[0\] is listed already/,
    ],
    [
      'an alias that is there twice',
      `${ONE}  - id: "444455556666"\n    alias: Production\n    role: ${ROLE}\n`,
      /:5 {2}accounts\[1\]\.alias: accounts\[0\] is called so already/,
    ],
    [
      'an alias that is too long',
      account(`id: "111122223333"\nalias: ${'x'.repeat(61)}`),
      /longer than 60 characters/,
    ],
    [
      'an alias that looks like an id',
      account('id: "111122223333"\nalias: 4444-5555-6666'),
      /looks like an account id/,
    ],
    [
      'an alias that is a number',
      account('id: "111122223333"\nalias: 2024'),
      /:3 {2}accounts\[0\]\.alias: Put it between quotes/,
    ],
    ['an alias of two lines', account('id: "111122223333"\nalias: "a\\nb"'), /a text on one line/],
    ['an alias of nothing', account('id: "111122223333"\nalias: "  "'), /a text on one line/],
    [
      'a role that is a user',
      account('id: "111122223333"\nrole: arn:aws:iam::111122223333:user/casethread'),
      /:3 {2}accounts\[0\]\.role: This is not the ARN of an IAM role, such as/,
    ],
    [
      'a role that is a session',
      account('id: "111122223333"\nrole: arn:aws:sts::111122223333:assumed-role/casethread/bot'),
      /not the ARN of an IAM role/,
    ],
    ['a role by its name', account('id: "111122223333"\nrole: casethread'), /not the ARN of an IAM role/],
    [
      'a role with a name that is too long',
      account(`id: "111122223333"\nrole: arn:aws:iam::111122223333:role/${'x'.repeat(65)}`),
      /not the ARN/,
    ],
    [
      'a role of another account',
      account(`id: "111122223333"\nrole: ${ROLE}`),
      /:3 {2}accounts\[0\]\.role: This role belongs to account 444455556666, not to 111122223333/,
    ],
    [
      'a role of another partition',
      account(`id: "444455556666"\npartition: aws-us-gov\nrole: ${ROLE}`),
      /:3 {2}accounts\[0\]\.partition: The role is in the partition aws\./,
    ],
    [
      'an external id without a role',
      account('id: "111122223333"\nexternal_id: hunter2'),
      /:3 {2}accounts\[0\]\.external_id: An external id is sent when a role is assumed/,
    ],
    [
      'an external id of one character',
      account(`id: "444455556666"\nrole: ${ROLE}\nexternal_id: x`),
      /2 to 1224 letters/,
    ],
    [
      'an external id with a blank',
      account(`id: "444455556666"\nrole: ${ROLE}\nexternal_id: hunter 2`),
      /2 to 1224 letters/,
    ],
    [
      'an external id that is too long',
      account(`id: "444455556666"\nrole: ${ROLE}\nexternal_id: ${'x'.repeat(1225)}`),
      /2 to 1224 letters/,
    ],
    [
      'an external id that is a number',
      account(`id: "444455556666"\nrole: ${ROLE}\nexternal_id: 1234`),
      /external_id: Put it between quotes/,
    ],
    [
      'an unknown plan',
      account('id: "111122223333"\nplan: enterprise-onramp'),
      /“enterprise-onramp” is not one of basic, .*Did you mean enterprise-on-ramp\?/,
    ],
    [
      'an unknown partition',
      account('id: "111122223333"\npartition: aws-iso'),
      /“aws-iso” is not one of aws, aws-us-gov, aws-cn/,
    ],
    [
      'endpoints without http',
      account('id: "111122223333"\nendpoints: [support.us-east-1.amazonaws.com, "ftp://x"]'),
      /:3 {2}accounts\[0\]\.endpoints\[0\]: This is not an http or https address/,
      /endpoints\[1\]: This is not/,
    ],
    [
      'an endpoint with a password',
      account('id: "111122223333"\nendpoints: ["https://me:hunter2@example.com"]'),
      /without user and password/,
    ],
    [
      'one endpoint that is no list',
      account('id: "111122223333"\nendpoints: https://example.com'),
      /endpoints: This has to be a list/,
    ],
    [
      'two accounts without a role',
      `${ONE}  - id: "444455556666"\n  - id: "777788889999"\n`,
      /:4 {2}accounts\[1\]\.role: It is missing, and accounts\[0\] has none either\. The bot's own credentials belong to one account/,
      /:5 {2}accounts\[2\]\.role: It is missing/,
    ],
    [
      'all that is wrong at once, also where one thing hides another',
      account(`id: "111122223333"\nplan: gold\nrole: ${ROLE}\nalais: x`),
      /:3 {2}accounts\[0\]\.plan: “gold”/,
      /:4 {2}accounts\[0\]\.role: This role belongs to account 4444/,
      /:5 {2}accounts\[0\]\.alais: .*Did you mean alias\?/,
    ],
  ]);

  describe('beside what the environment says', () => {
    check(
      [
        [
          'an account that is not in AWS_ACCOUNTS',
          `${ONE}  - id: "444455556666"\n    role: ${ROLE}\n`,
          /:4 {2}accounts\[1\]\.id: 444455556666 is not in AWS_ACCOUNTS/,
        ],
        [
          'another name than in AWS_ACCOUNT_ALIASES',
          account('id: "111122223333"\nalias: live'),
          /:3 {2}accounts\[0\]\.alias: AWS_ACCOUNT_ALIASES calls this account “production”\. Leave one/,
        ],
        [
          'a name that another account has there',
          account('id: "111122223333"\nalias: Sandbox'),
          /AWS_ACCOUNT_ALIASES calls this account “production”/,
          /AWS_ACCOUNT_ALIASES calls account 777788889999 so/,
        ],
        [
          'a route for an account that is not in AWS_ACCOUNTS',
          'routes:\n  - accounts: ["444455556666"]\n    channel: C0123456789\n',
          /routes\[0\]\.accounts\[0\]: 444455556666 is not in AWS_ACCOUNTS/,
        ],
      ],
      {
        awsAccounts: ['111122223333', '777788889999'],
        awsAccountAliases: new Map([
          ['111122223333', 'production'],
          ['777788889999', 'sandbox'],
        ]),
      },
    );
  });
});

describe('CONFIG_FILE that is wrong: routes', () => {
  const route = (lines: string) => `routes:\n  - ${lines.replaceAll('\n', '\n    ')}\n`;
  const TO = 'channel: C0123456789';
  check([
    [
      'no channel',
      route('severities: [urgent]'),
      /:2 {2}routes\[0\]\.channel: It is missing\. The ID of a channel/,
    ],
    [
      'a channel by its name',
      route('channel: "#cases"'),
      /:2 {2}routes\[0\]\.channel: The ID of a channel belongs here/,
    ],
    ['a channel that a comment has eaten', route('channel: #cases'), /Nothing stands behind it/],
    ['a person in place of a channel', route('channel: U0123456789'), /The ID of a channel belongs here/],
    [
      'an unknown severity',
      route(`severities: [critcal, Urgent]\n${TO}`),
      /:2 {2}routes\[0\]\.severities\[0\]: “critcal” is not one of low, normal, high, urgent, critical\. Did you mean critical\?/,
      /severities\[1\]: “Urgent” is not .*Did you mean urgent\?/,
    ],
    [
      'a severity that is no list',
      route(`severities: urgent\n${TO}`),
      /severities: This has to be a list\. Write it as \[urgent, critical\]/,
    ],
    [
      'a list with nothing behind it',
      route(`severities:\n${TO}`),
      /severities: Nothing stands behind it\. Write it as/,
    ],
    [
      'the name of a service',
      route(`services: [Amazon RDS]\n${TO}`),
      /services\[0\]: This is not the code of a service, such as amazon-rds/,
    ],
    [
      'the name of a category',
      route(`categories: ["Instance issue"]\n${TO}`),
      /categories\[0\]: This is not the code of a category/,
    ],
    [
      'an unknown milestone',
      route(`${TO}\nbroadcast: [open]`),
      /:3 {2}routes\[0\]\.broadcast\[0\]: “open” is not one of opened, first-answer, resolved, reopened\. Did you mean opened\?/,
    ],
    [
      'a mention by name',
      route(`${TO}\nmention: ["@oncall", C0123456789]`),
      /mention\[0\]: This is not the ID of a Slack user .* or user group/,
      /mention\[1\]/,
    ],
    [
      'too many mentions',
      route(`${TO}\nmention: [${Array.from({ length: 21 }, (_, index) => `U${1000 + index}`).join(', ')}]`),
      /more than 20\. Make a user group/,
    ],
    [
      'an account that is not listed',
      `${ONE}${route(`accounts: [prodution, "444455556666"]\n${TO}`)}`,
      /:5 {2}routes\[0\]\.accounts\[0\]: No account called “prodution” is listed under accounts\. Did you mean production\?/,
      /accounts\[1\]: “444455556666” is not listed under accounts/,
    ],
    [
      'an alias where none is known',
      route(`accounts: [production]\n${TO}`),
      /No account called “production” is in AWS_ACCOUNT_ALIASES/,
    ],
    [
      'an account id that lost its zeros',
      route(`accounts: [012345678901]\n${TO}`),
      /routes\[0\]\.accounts\[0\]: Put the id between quotes/,
    ],
    [
      'a route that is never reached',
      `routes:\n  - ${TO}\n  - severities: [urgent]\n    channel: C0123456790\n`,
      /:3 {2}routes\[1\]: No case gets to this route: routes\[0\] takes all that it would\. Put it before/,
    ],
    [
      'a narrower route below a wider one, by alias and id',
      `${ONE}routes:\n  - accounts: [production]\n    severities: [urgent, critical]\n    ${TO}\n  - accounts: ["111122223333"]\n    severities: [critical]\n    services: [amazon-rds]\n    channel: C0123456790\n`,
      /:8 {2}routes\[1\]: No case gets/,
    ],
  ]);

  it('does not say of a route what is the fault of an account', () => {
    const yaml = `accounts:\n  - id: 012345678901\n    alias: old\n${route(`accounts: [old, "012345678901"]\n${TO}`)}`;
    assert.deepEqual(
      problemsIn(yaml).map(({ place }) => place?.path),
      ['accounts[0].id'],
    );
  });

  it('takes routes that only look alike', () => {
    const { routes } = fileOf(
      [
        'routes:',
        '  - {severities: [urgent], services: [amazon-rds], channel: C0123456789}',
        '  - {severities: [urgent], channel: C0123456789}',
        '  - {services: [amazon-rds], channel: C0123456789}',
        '  - {severities: [urgent, critical], channel: C0123456789}',
        '  - {channel: C0123456789}',
      ].join('\n'),
    );
    assert.equal(routes.length, 5);
  });
});
