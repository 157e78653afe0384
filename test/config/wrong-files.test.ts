import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readConfigFile } from '../../src/config/read-config-file.js';
import { cpuTimeOf } from '../cpu-time.js';
import { temporaryFolder } from '../temporary-folder.js';
import { fileOf, linesOf, NOTHING_SAID, problemsIn } from './reading.js';
import { ONE, refuses } from './refuses.js';

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
    const says = (text: string | Uint8Array) => linesOf(problemsIn(text))[0] ?? '';
    assert.match(says(`#${'x'.repeat(262_144)}`), /larger than 256 kB/);
    assert.match(says(Buffer.from('\uFEFFaccounts: []', 'utf16le')), /not in UTF-8/);
    assert.match(says(Buffer.from([0x61, 0x3a, 0x20, 0xe4])), /not in UTF-8/);
  });

  it('takes one with a byte order mark, and with Windows line ends', () => {
    assert.equal(fileOf(`\uFEFF${ONE.replaceAll('\n', '\r\n')}`).accounts[0]?.alias, 'production');
  });
});

describe('CONFIG_FILE that is wrong: YAML', () => {
  refuses([
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
    ['far too deep nesting', `routes:\n${'['.repeat(250_000)}`, /:2:1: This is nested too deeply/],
    ['far too deep nesting of lists', '- '.repeat(125_000), /:1:1: This is nested too deeply/],
    ['far too deep nesting of keys', '? '.repeat(125_000), /nested too deeply/],
    [
      'far too deep indentation',
      Array.from({ length: 700 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n'),
      /nested too deeply/,
    ],
  ]);

  it('refuses aliases that grow into gigabytes, at once', () => {
    const letters = 'abcdefghij';
    const lines = [...letters].map((letter, index) => {
      const before = letters[index - 1];
      const parts = before === undefined ? 'x' : Array(10).fill(`*${before}`).join(', ');
      return `${letter}: &${letter} [${parts}]`;
    });
    const took = cpuTimeOf(() => {
      assert.match(linesOf(problemsIn(lines.join('\n')))[0] ?? '', /Too many aliases/);
    });
    assert.ok(took < 2_000, `${took} ms`);
  });

  it('points at a line for each slip, and not at all that follows from one', () => {
    const lines = linesOf(problemsIn(`a: "x\n${'b: [\n'.repeat(50)}`));
    assert.ok(lines.length >= 1 && lines.length <= 5, lines.join('\n'));
  });
});

describe('CONFIG_FILE that is wrong: keys', () => {
  refuses([
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
      /not known\. Known are accounts, unlisted_accounts, failover, routes, permissions, audit\./,
    ],
    [
      'unknown keys of accounts and routes, each in its line',
      `${ONE}    extrenal_id: x\n    role_arn: y\nroutes:\n  - chanel: C0123456789\n    channel: C0123456789\n`,
      /:4 {2}accounts\[0\]\.extrenal_id: .*Did you mean external_id\?/,
      /:5 {2}accounts\[0\]: This key is not known\. Known are id, alias, role,/,
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
      'accounts with nothing below them',
      'accounts:\nunlisted_accounts: refuse\n',
      /:1 {2}accounts: Nothing stands in it\. Left out, it means: the account of the credentials, with events of any/,
    ],
    [
      'sections that are empty',
      'accounts: []\nroutes: []\npermissions: {}\naudit: {}\n',
      /:1 {2}accounts: Nothing stands in it/,
      /:2 {2}routes: Nothing stands in it\. Left out, it means: every case goes to SLACK_CHANNEL/,
      /:3 {2}permissions: Nothing stands in it\. Left out, it means: members who are in the channel of a case may do everything/,
      /:4 {2}audit: Nothing stands in it\. Left out, it means: no channel shows the calls/,
      /:4 {2}audit\.channel: It is missing/,
    ],
    [
      'administrators who are none',
      'permissions:\n  administer: [U0123456789, alice, C0123456789, S0123456789]\n',
      /:2 {2}permissions\.administer\[1\]: This is not the ID of a Slack user/,
      /:2 {2}permissions\.administer\[2\]: This is not/,
    ],
    [
      'an empty list of administrators',
      'permissions:\n  administer: []\n',
      /:2 {2}permissions\.administer: Nobody is named\. Name somebody, or leave it out for all members who are in a channel with cases\./,
    ],
    [
      'one administrator who is no list',
      'permissions:\n  administer: U0123456789\n',
      /administer: This has to be a list\. Write it as \[U0123456789, S0123456789\]/,
    ],
  ]);

  it('says a hundred problems at most', () => {
    const routes = Array.from({ length: 500 }, () => '  - channel: "#cases"').join('\n');
    assert.equal(problemsIn(`routes:\n${routes}\n`).length, 100);
  });
});
