import assert from 'node:assert/strict';
import { type Author, AWS_SUPPORT, AWS_WITHOUT_CALL, fromSlack } from '../../src/case/author.js';
import { callersOn, readCallersOn } from '../../src/reconcile/callers-on-card.js';

const CALLER = {
  kind: 'sso',
  name: 'jane',
  role: 'Support',
  way: 'console',
  mfa: null,
  address: '',
} as const;
const JANE: Author = { side: 'customer', name: 'jane', way: 'elsewhere', caller: CALLER };

describe('callersOn', () => {
  const opener = JANE;
  const lastWord = { entry: 'c-1', by: JANE, at: 5 };

  it('is read back as it was written, without the address', () => {
    const elsewhere = { ...JANE, caller: { ...CALLER, address: '198.51.100.15' } };
    const text = callersOn({ opener, lastWord: { ...lastWord, by: elsewhere }, resolved: false }) ?? '';
    assert.ok(!text.includes('198.51'));
    assert.deepEqual(readCallersOn(text), { opener, lastWord });
    for (const by of [JANE, AWS_WITHOUT_CALL]) {
      const resolution = { by, at: 7, exact: true };
      const resolved = callersOn({ opener, lastWord, resolution, resolved: true }) ?? '';
      assert.deepEqual(readCallersOn(resolved), { opener, resolution });
    }
  });

  it('says nothing of what CloudTrail does not tell', () => {
    assert.equal(callersOn({ resolved: false }), null);
    assert.equal(callersOn({ lastWord: { ...lastWord, by: AWS_SUPPORT }, resolved: false }), null);
    const resolution = { by: fromSlack('Alice Example'), at: 7, exact: true };
    assert.equal(callersOn({ resolution, resolved: true }), null);
  });

  it('reads nothing from what it has not written', () => {
    for (const odd of [
      '',
      'null',
      '[]',
      '{"opener":7}',
      '{"word":{"entry":"c-1"}}',
      '{"resolved":{"by":"me"}}',
    ])
      assert.deepEqual(readCallersOn(odd), {}, odd);
  });
});
