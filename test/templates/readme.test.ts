import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { callsPattern, EVENT_PATTERN, plansPattern } from '../../src/event-path/names.js';
import { refusal } from './cloudformation/parameters.js';
import { readTemplate, type Template } from './cloudformation/read.js';
import { MEMBER, ONE_ACCOUNT } from './cloudformation/samples.js';
import { SUPPORT_STATEMENTS } from './policy-faults.js';
import { moduleFiles, readModule } from './terraform/read.js';

const README = readFileSync('README.md', 'utf8');

/** What stands in code blocks below a heading, up to the next. */
function code(heading: string): string[] {
  const [, below = ''] = README.split(`\n${heading}\n`);
  const section = below.split(/\n#{1,6} /)[0] ?? '';
  return [...section.matchAll(/^```\w+\n([\s\S]*?)^```/gm)].map(([, text = '']) => text);
}

function inCode(heading: string, word: string): string {
  return code(heading).find((text) => text.includes(word)) ?? assert.fail(`${heading}: no code has ${word}`);
}

function takes({ Parameters = {} }: Template, given: readonly (readonly [string, string])[]): void {
  assert.ok(given.length > 0);
  for (const [name, value] of given) {
    const parameter = Parameters[name] ?? assert.fail(`There is no parameter ${name}`);
    // What the shell puts in is not in the README.
    if (!value.includes('$')) assert.equal(refusal(parameter, value), null, `${name}=${value}`);
  }
  const needed = Object.keys(Parameters).filter((name) => Parameters[name]?.Default === undefined);
  const names = given.map(([name]) => name);
  assert.deepEqual(
    needed.filter((name) => !names.includes(name)),
    [],
  );
}

describe('README.md on AWS', () => {
  it('has the policy that the bot needs', () => {
    const command = inCode('#### 2. The permission', 'casethread-policy.json');
    const [, document = ''] = /<<'END'\n([\s\S]*?)\nEND\n/.exec(command) ?? [];
    assert.deepEqual(JSON.parse(document), { Version: '2012-10-17', Statement: SUPPORT_STATEMENTS });
  });

  it('has the patterns of the rules that are made by hand', () => {
    const patterns = [...README.matchAll(/`(\{"source":.*\})`/g)].map(([, text = '']) => JSON.parse(text));
    assert.deepEqual(patterns, [EVENT_PATTERN, callsPattern('changes'), plansPattern()]);
  });

  it('gives the template for one account what it takes', () => {
    const command = inCode('#### With CloudFormation', 'cloudformation deploy');
    // Run as it stands, but with another aws: what it is given, and how. The key is nobody's argument.
    const key = 'a-key-of-the-tests-0123456789';
    const { stdout, stderr } = spawnSync(
      'sh',
      ['-c', `stty() { :; }\naws() { printf '\\n%s\\n' "$*"; test "$2" != deploy || cat; }\n${command}`],
      { encoding: 'utf8', input: `${key}\n` },
    );
    assert.equal(stderr, '');
    const [, called = '', list = ''] = stdout.split('\n');
    assert.match(
      stdout,
      /^cloudformation deploy --region us-west-2 .*CAPABILITY_NAMED_IAM .*support-plans\.yaml$/m,
    );
    assert.match(called, /--parameter-overrides file:\/\/\/dev\/stdin$/);
    const given = (JSON.parse(list) as string[]).map(
      (each) => [each.split('=')[0] ?? '', each.slice(each.indexOf('=') + 1)] as const,
    );
    assert.deepEqual(given[1], ['EventApiKey', key]);
    takes(readTemplate(ONE_ACCOUNT), given);
    assert.match(command, /--region us-east-1 .*--capabilities CAPABILITY_NAMED_IAM/);
  });

  it('names each parameter of the template for one account', () => {
    const [, below = ''] = README.split('\n#### With CloudFormation\n');
    const rows = below.split('\n#### ')[0] ?? '';
    const named = [...rows.matchAll(/^\| (`\w+`(?:, `\w+`)*) \|/gm)].flatMap(
      ([, names = '']) => names.match(/\w+/g) ?? [],
    );
    assert.deepEqual(named.sort(), Object.keys(readTemplate(ONE_ACCOUNT).Parameters ?? {}).sort());
  });

  it('gives the template for members what it takes', () => {
    const command = inCode('#### An organization', 'create-stack-set');
    const given = [...command.matchAll(/ParameterKey=(\w+),ParameterValue=(\S+)/g)].map(
      ([, name = '', value = '']) => [name, value] as const,
    );
    takes(readTemplate(MEMBER), given);
    const regions = inCode('#### An organization', 'create-stack-instances');
    assert.match(regions, /--regions us-east-1 us-west-2 /);
  });

  it('brings a StackSet up to date with the parameters that have to be given', () => {
    const command = inCode('#### An organization', 'update-stack-set');
    const kept = [...command.matchAll(/ParameterKey=(\w+),UsePreviousValue=true/g)].map(([, name]) => name);
    const { Parameters = {} } = readTemplate(MEMBER);
    assert.deepEqual(
      kept,
      Object.keys(Parameters).filter((name) => Parameters[name]?.Default === undefined),
    );
  });

  it('gives the Terraform modules what they take', async () => {
    for (const [heading, folder] of [
      ['#### With Terraform', 'scripts/terraform'],
      ['#### An organization', 'scripts/terraform/organization-member'],
    ] as const) {
      const text = inCode(heading, `/${folder}"`);
      const { variables } = await readModule(moduleFiles(folder));
      const [, body = ''] = /^module [^\n]*\{\n([\s\S]*?)^\}/m.exec(text) ?? [];
      const given = [...body.matchAll(/^ {2}(\w+) +=/gm)].map(([, name = '']) => name);
      const own = given.filter((name) => name !== 'source' && name !== 'providers');
      assert.deepEqual(
        own.filter((name) => !(name in variables)),
        [],
      );
      const needed = Object.keys(variables).filter((name) => !('default' in (variables[name] ?? {})));
      assert.deepEqual(
        needed.filter((name) => !own.includes(name)),
        [],
      );
    }
  });

  it('writes the accounts of CONFIG_FILE from those of an organization', function () {
    const command = inCode('#### An organization', 'list-accounts');
    const accounts = [
      { Id: '111122223333', Name: 'central', Status: 'ACTIVE', State: 'ACTIVE' },
      { Id: '012345678901', Name: 'Shop: "new" #1', State: 'ACTIVE' },
      { Id: '222233334444', Name: 'Sandbox', Status: 'ACTIVE' },
      { Id: '333344445555', Name: 'sandbox', Status: 'ACTIVE' },
      { Id: '444455556666', Name: 'gone', State: 'CLOSED' },
    ];
    const { stdout, stderr } = spawnSync('sh', ['-c', `aws() { printf '%s' "$ANSWER"; }\n${command}`], {
      encoding: 'utf8',
      env: {
        PATH: process.env.PATH,
        EXTERNAL_ID: 'an-external-id-of-20',
        ANSWER: JSON.stringify({ Accounts: accounts }),
      },
    });
    // jq is not installed here.
    if (/jq: .*not found/.test(stderr)) this.skip();
    assert.equal(stderr, '');
    const member = (id: string, alias: string) => ({
      id,
      alias,
      role: `arn:aws:iam::${id}:role/casethread`,
      external_id: 'an-external-id-of-20',
    });
    // Two accounts may have one name; two aliases may not be equal.
    assert.deepEqual(parse(stdout), {
      accounts: [
        { id: '111122223333', alias: 'central' },
        member('222233334444', 'Sandbox 222233334444'),
        member('333344445555', 'sandbox 333344445555'),
        member('012345678901', 'Shop: "new" #1'),
      ],
    });
  });
});
