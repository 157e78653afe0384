import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from '../../scripts/audit/run.js';
import { SqliteInbox } from '../../src/inbox/sqlite-inbox.js';
import { openAuditSocket } from '../../src/ingress/audit-socket.js';
import { Database } from '../../src/sqlite/database.js';
import type { AuditEntry } from '../../src/store/audit-entry.js';
import { type ExportedLine, TEAM_NOTE } from '../../src/store/export-audit.js';
import { sqliteStore } from '../../src/store/sqlite-store.js';
import { entry } from '../contract/store/audit.js';
import { ACCOUNT, key, OTHER_ACCOUNT, record } from '../contract/store/samples.js';
import { temporaryFolder } from '../temporary-folder.js';
import { runAudit } from './read-trail.js';

const MAIN = fileURLToPath(new URL('../../scripts/audit/main.js', import.meta.url));
const CASE = '1234563851';

describe('npm run audit', () => {
  let folder: ReturnType<typeof temporaryFolder>;
  let path: string;
  beforeEach(() => {
    folder = temporaryFolder();
    path = join(folder.path, 'casethread.db');
  });
  afterEach(() => folder.remove());

  /** Lines by moments of the store's clock, in a file that no bot has. */
  const keep = async (lines: readonly (readonly [at: string, entry: Partial<AuditEntry>])[]) => {
    let now = 0;
    const db = await Database.open(path);
    const inbox = new SqliteInbox({ db, queue: 'cases', now: () => now, parkedMs: 1_000 });
    const store = sqliteStore({ db, mark: (marked) => inbox.markNow(marked), now: () => now });
    await store.saveNote(TEAM_NOTE, 'https://acme.slack.com/');
    await store.saveCase(record());
    for (const [at, change] of lines) {
      now = Date.parse(at);
      await store.appendAudit([entry(change)]);
    }
    await store.close();
  };
  const audit = (...args: string[]) => runAudit(args, { DATABASE_PATH: path }, folder.path);
  const jsonOf = (out: string) =>
    out
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line) as ExportedLine);
  const deeds = async (...args: string[]) => {
    const { code, out, err } = await audit(...args);
    assert.equal(`${code} ${err}`, '0 ');
    return jsonOf(out).map(({ deed }) => deed);
  };

  it('writes lines of a day, a moment, a case, a person', async () => {
    await keep([
      ['2026-01-01T00:00:00Z', { deed: '1' }],
      ['2026-01-02T12:00:00Z', { deed: '2', key: key('case-other'), displayId: '999' }],
      ['2026-01-02T23:59:59.999Z', { deed: '3', user: 'U0BOB000001', name: 'Bob' }],
      ['2026-01-03T00:00:00Z', { deed: '4', key: null, displayId: null, user: 'system', name: 'Casethread' }],
    ]);
    const since = ['--since', '2026-01-01'];
    assert.deepEqual(await deeds(...since), ['1', '2', '3', '4']);
    assert.deepEqual(await deeds(...since, '--until', '2026-01-02'), ['1', '2', '3']);
    assert.deepEqual(await deeds('--since', '2026-01-02T13:00:00+01:00', '--until', '2026-01-03T00:00:00Z'), [
      '2',
      '3',
    ]);
    assert.deepEqual(await deeds(...since, '--case', CASE), ['1', '3']);
    assert.deepEqual(await deeds(...since, '--case', 'case-other'), ['2']);
    assert.deepEqual(await deeds(...since, '--user', 'U0BOB000001'), ['3']);
    assert.deepEqual(await deeds(...since, '--user', 'system'), ['4']);
    // Nothing of SQLite's is left behind, and nothing was changed.
    assert.deepEqual(readdirSync(folder.path), ['casethread.db']);
  });

  it('writes lines of the case in the account that is named with it, and of all accounts where none is', async () => {
    const other = key('case-444455556666-muen-2022-2', OTHER_ACCOUNT);
    await keep([
      ['2026-01-01T00:00:00Z', { deed: 'ours' }],
      ['2026-01-01T00:00:01Z', { deed: 'theirs', key: other }],
    ]);
    const file = join(folder.path, 'casethread.yml');
    const roles = [ACCOUNT, OTHER_ACCOUNT].map(
      (id) => `  - { id: "${id}", role: arn:aws:iam::${id}:role/casethread`,
    );
    writeFileSync(file, `accounts:\n${roles[0]} }\n${roles[1]}, alias: data team }\n`);
    const environment = {
      DATABASE_PATH: path,
      AWS_ACCOUNT_ALIASES: `${ACCOUNT}=Production`,
      CONFIG_FILE: file,
    };
    const of = (name: string, changed: Record<string, string> = {}) =>
      runAudit(['--since', '2026-01-01', '--case', name], { ...environment, ...changed }, folder.path);
    const link = (host: string) => `https://${host}/support/home#/case/?displayId=${CASE}`;
    for (const [name, expected] of [
      [CASE, ['ours', 'theirs']],
      [link('console.aws.amazon.com'), ['ours', 'theirs']],
      [`${ACCOUNT}/${CASE}`, ['ours']],
      [`4444-5555-6666/${CASE}`, ['theirs']],
      [`777788889999/${CASE}`, []],
      [`production/${CASE}`, ['ours']],
      [`"data team"/${CASE}`, ['theirs']],
      [link(`${OTHER_ACCOUNT}-abcd.us-east-1.console.aws.amazon.com`), ['theirs']],
      [other.caseId, ['theirs']],
      [`${ACCOUNT}/${other.caseId}`, []],
    ] as const) {
      const { out, err } = await of(name);
      assert.equal(err, '');
      assert.deepEqual(
        jsonOf(out).map(({ deed }) => deed),
        expected,
        name,
      );
    }
    const unknown = await of(`staging/${CASE}`);
    assert.deepEqual([unknown.code, unknown.out], [1, '']);
    assert.match(unknown.err, /^Neither .* has one account called “staging”\. Type its 12 digits/);
    // What is wrong with them is said to whoever needs them, and to nobody else.
    const spoilt = { CONFIG_FILE: join(folder.path, 'absent.yml') };
    assert.match((await of(`production/${CASE}`, spoilt)).err, /CONFIG_FILE[\s\S]*There is no such file/);
    assert.deepEqual((await of(`${ACCOUNT}/${CASE}`, spoilt)).err, '');
  });

  it('has a JSON object for each line, with links', async () => {
    await keep([['2026-01-01T08:30:00.123Z', { length: 5, hash: 'ab', files: 2, awsRequestId: 'r-1' }]]);
    const { out } = await audit('--since', '2026-01-01');
    const { id, ...line } = jsonOf(out)[0] ?? { id: '' };
    assert.equal(id, '1');
    assert.deepEqual(line, {
      time: '2026-01-01T08:30:00.123Z',
      user: 'U0ALICE0001',
      name: 'Alice Example',
      deed: 'take',
      result: 'done',
      why: null,
      account: '111122223333',
      caseId: 'case-111122223333-muen-2022-1',
      displayId: CASE,
      channel: 'C0CASES0001',
      link: 'https://acme.slack.com/archives/C0CASES0001/p1645458700000100',
      characters: 5,
      sha256: 'ab',
      files: 2,
      reference: null,
      awsRequestId: 'r-1',
    });
  });

  it('quotes CSV as RFC 4180 has it, and lets no cell be a formula', async () => {
    const names = [
      ...['=1+2', '+1', '-1', '@SUM(A1)', '\t=1', 'Zoë, "the\r\none"', "O'Hara"],
      // Where a program separates by something else than a comma.
      ...['x;=HYPERLINK("http://e","a")', 'x\t+1', 'x; -1', 'x";@A1', 'x\n=1', ' =1', 'A-B; C=D'],
    ];
    await keep(names.map((name) => ['2026-01-01T00:00:00Z', { name }]));
    const { out } = await audit('--since', '2026-01-01', '--format', 'csv');
    assert.match(out, /^time,user,name,deed,result,why,account,caseId,[\w,]+,id\r\n/);
    assert.deepEqual(
      readCsv(out)
        .slice(1)
        .map((row) => row[2]),
      [
        ...["'=1+2", "'+1", "'-1", "'@SUM(A1)", "'\t'=1", 'Zoë, "the\r\none"', "O'Hara"],
        ...[`x;'=HYPERLINK("http://e","a")`, "x\t'+1", "x;' -1", `x";'@A1`, "x\n'=1", "' =1", 'A-B; C=D'],
      ],
    );
    assert.equal(new Set(readCsv(out).map((row) => row.length)).size, 1);
    // With nothing to write, it is still a table.
    const { out: empty } = await audit('--since', '2027-01-01', '--format', 'csv');
    assert.equal(readCsv(empty).length, 1);
  });

  for (const [args, sentence] of [
    [[], /Since when\? Say it with --since/],
    [['--since', '2026-02-30'], /“2026-02-30” is not a date/],
    [['--since', 'yesterday'], /is not a date\. Write 2026-01-31/],
    [['--since', '2026-01-01T10:00'], /is not a date/],
    [['--since', '2026-01-01T25:00Z'], /is not a date/],
    [['--since', '2026-01-01T24:00:00Z'], /is not a date/],
    [['--since', '2026-01-01T23:60Z'], /is not a date/],
    [['--since', '2026-01-02', '--until', '2026-01-01'], /is not after/],
    [['--since', '2026-01-02', '--format', 'xml'], /“xml” is neither jsonl nor csv/],
    [['--since', '2026-01-02', '--case', 'x'], /neither the number of a case/],
    [['--since', '2026-01-02', '--user', 'alice'], /not Slack's id of a person/],
    [['--sinse', '2026-01-02'], /Unknown option/],
  ] as const) {
    it(`says what is wrong with ${JSON.stringify(args)}, and writes nothing`, async () => {
      let out = '';
      let err = '';
      const code = await run(args, {
        environment: {},
        write: async (text) => {
          out += text;
        },
        say: (sentence) => {
          err += sentence;
        },
      });
      assert.equal(code, 1);
      assert.equal(out, '');
      assert.match(err, sentence);
      assert.match(err, /npm run audit -- --help/);
      assert.doesNotMatch(err, /\n {4}at /);
    });
  }

  it('says what it can do, and what is wrong with the file or the environment', async () => {
    const help = await audit('--help');
    assert.deepEqual([help.code, help.err], [0, '']);
    assert.match(help.out, /--since DATE/);
    assert.deepEqual(await audit('-h'), help);
    const absent = await audit('--since', '2026-01-01');
    assert.equal(absent.code, 1);
    assert.match(absent.err, /^DATABASE_PATH: there is no .*casethread\.db\./);
    assert.deepEqual(readdirSync(folder.path), []);
    writeFileSync(path, 'no database, but long enough to be looked at');
    const foreign = await audit('--since', '2026-01-01');
    assert.match(
      `${foreign.code} ${foreign.err}`,
      /^1 DATABASE_PATH: cannot read .* Is it a Casethread database/,
    );
    const redis = await runAudit(['--since', '2026-01-01'], { REDIS_URL: 'nonsense' });
    assert.match(
      `${redis.code} ${redis.err}`,
      /^1 Nothing was read\. One setting needs attention[\s\S]*REDIS_URL/,
    );
  });

  it('says at once that a bot on so long a path has no socket; a link to the folder makes it short', async () => {
    const deep = join(folder.path, 'long'.repeat(25));
    mkdirSync(deep);
    path = join(deep, 'casethread.db');
    await keep([['2026-01-01T00:00:00Z', { deed: 'kept' }]]);
    assert.deepEqual(await deeds('--since', '2026-01-01'), ['kept'], 'without a bot');
    const held = await Database.open(path);
    const began = performance.now();
    const { code, out, err } = await audit('--since', '2026-01-01');
    assert.ok(performance.now() - began < 8_000, `${performance.now() - began}`);
    assert.deepEqual([code, out], [1, '']);
    assert.match(err, /the path is too long for the socket beside the file\. Stop the bot/);
    assert.match(err, new RegExp(`may have 98 bytes, and has ${Buffer.byteLength(path)};`));
    held.close();

    const short = join(folder.path, 'short');
    symlinkSync(deep, short);
    path = join(short, 'casethread.db');
    const db = await Database.open(path);
    const store = sqliteStore({ db, mark: () => undefined, now: Date.now });
    const log = { debug() {}, info() {}, warn() {}, error() {} };
    const socket = await openAuditSocket({ path, store, log });
    assert.deepEqual(await deeds('--since', '2026-01-01'), ['kept'], 'by the socket');
    await socket?.close();
    db.close();
  });

  it('says within five seconds that no Redis answers: none there, or one that says nothing', async () => {
    const silent = createServer(() => undefined);
    await new Promise<void>((done) => silent.listen(0, '127.0.0.1', done));
    const { port } = silent.address() as AddressInfo;
    const began = performance.now();
    const asked = ['redis://127.0.0.1:1/0', `redis://127.0.0.1:${port}/0`].map((url) =>
      runAudit(['--since', '2026-01-01'], { REDIS_URL: url }),
    );
    for (const { code, out, err } of await Promise.all(asked)) {
      assert.deepEqual([code, out], [1, '']);
      assert.match(err, /^REDIS_URL: Redis does not answer at that address/);
    }
    silent.close();
    assert.ok(performance.now() - began < 11_000, `${performance.now() - began}`);
  });

  it('streams a hundred thousand lines in little memory, and is quiet when its reader has enough', async () => {
    const db = await Database.open(path);
    await db.write(() => {
      db.run(
        `INSERT INTO audit (at, case_key, entry)
         WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000)
         SELECT 1767225600000 + i, NULL, json_object('user', 'U1', 'name', 'Alice', 'deed', 'reply', 'result', 'done') FROM n`,
      );
    });
    db.close();
    const options = { env: { PATH: process.env.PATH ?? '', DATABASE_PATH: path }, cwd: folder.path };
    const limited = ['--max-old-space-size=40', MAIN, '--since', '2026-01-01'];
    const child = spawn(process.execPath, limited, { ...options, stdio: ['ignore', 'pipe', 'inherit'] });
    let lines = 0;
    for await (const chunk of child.stdout) lines += String(chunk).split('\n').length - 1;
    if (child.exitCode === null) await once(child, 'close');
    assert.deepEqual([lines, child.exitCode], [100_000, 0]);

    const cut = spawn(process.execPath, limited, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    cut.stderr.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
    cut.stdout.once('data', () => cut.stdout.destroy());
    const [code] = await once(cut, 'close');
    assert.deepEqual([code, said], [0, '']);
    assert.ok(statSync(path).size / 100_000 < 200);
  });
});

function readCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  for (const [, quoted, bare, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)) {
    row.push(quoted?.replaceAll('""', '"') ?? bare ?? '');
    if (end === ',') continue;
    rows.push(row);
    row = [];
  }
  return rows;
}
