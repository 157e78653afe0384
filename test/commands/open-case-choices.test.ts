import assert from 'node:assert/strict';
import type { CommandDeps } from '../../src/commands/command-deps.js';
import { typesOpenCase } from '../../src/commands/open-case-choices.js';
import { EVERYBODY_MAY } from '../world/everybody-may.js';

describe('open cases in the menu from which one is resolved', () => {
  const subjects = Array.from(
    { length: 450 },
    (_, n) => `${n % 2 === 0 ? '🎫' : '🎉🎉'.repeat(40)} Ticket ${n}`,
  );
  const cases = subjects.map((subject, n) => ({
    key: { account: '111122223333', caseId: n === 3 ? `case-${'x'.repeat(80)}` : `case-${n}` },
    displayId: `${1_702_000_000 + n}`,
    card: { details: { subject } },
  }));
  const asked: string[] = [];
  const deps = {
    ...EVERYBODY_MAY,
    accountName: (account: string) => account,
    store: {
      async casePlaces(state: string) {
        asked.push(state);
        return cases.map(({ key }) => ({ key, channel: 'C0CASES0001', severity: null }));
      },
      async getCases(keys: readonly { caseId: string }[]) {
        return keys.map(({ caseId }) => cases.find(({ key }) => key.caseId === caseId));
      },
    },
  } as unknown as CommandDeps;
  const typed = (text: string) =>
    typesOpenCase(deps, { user: 'U0ALICE0001', channel: '', typed: text, view: null });
  const numbers = async (text: string) =>
    (await typed(text)).map(({ text: { text: words } }) => /^Case (\d+): /.exec(words)?.[1]);

  it('are the hundred with the newest activity while nothing is typed', async () => {
    const all = await numbers('  ');
    assert.deepEqual(
      all,
      cases.slice(0, 100).map(({ displayId }) => displayId),
    );
    assert.ok(asked.every((state) => state === 'open'));
  });

  it('are found by number and subject, however many there are, each once', async () => {
    assert.deepEqual(await numbers('1702000449'), ['1702000449']);
    assert.deepEqual(await numbers('ＴＩＣＫＥＴ 398'), ['1702000398']);
    assert.deepEqual(await numbers('199 ticket'), ['1702000199']);
    assert.deepEqual(await numbers('elephant'), []);
    assert.deepEqual(await numbers('111122223333 ticket 398'), ['1702000398']);
    assert.deepEqual(await numbers('1111-2222-3333 ticket 398'), ['1702000398']);
    assert.deepEqual(await numbers('11112222'), []);
  });

  it('fit into what Slack takes', async () => {
    for (const { text, value = '' } of await typed(''))
      assert.ok(text.text.length <= 75 && text.text.isWellFormed() && value.length <= 75);
    assert.deepEqual(
      (await typed('1702000003')).map(({ value }) => value),
      ['1702000003'],
    );
  });
});
