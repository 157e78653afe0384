import assert from 'node:assert/strict';
import fc from 'fast-check';
import { caseKeyText, parseCaseKey, sameCase } from '../../src/case/case-key.js';
import { anyText } from '../any-text.js';

const account = fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 12, maxLength: 12 });
const key = fc.record({ account, caseId: anyText({ minLength: 1 }) }, { noNullPrototype: true });

describe('case key', () => {
  it('is the same after it was written as one string, whatever the case id holds', () => {
    fc.assert(fc.property(key, (each) => assert.deepEqual(parseCaseKey(caseKeyText(each)), each)));
  });

  it('gives two cases two texts', () => {
    fc.assert(
      fc.property(key, key, (a, b) => assert.equal(caseKeyText(a) === caseKeyText(b), sameCase(a, b))),
    );
  });

  it('keeps apart the same case id of two accounts, and takes a case for itself', () => {
    const [one, other] = ['111122223333', '444455556666'].map((id) => ({ account: id, caseId: 'case-1' }));
    assert.ok(one !== undefined && other !== undefined);
    assert.equal(sameCase(one, other), false);
    assert.equal(sameCase(one, { ...one }), true);
  });

  for (const text of ['', '/', 'x', '/case-1', '111122223333/']) {
    it(`does not take ${JSON.stringify(text)} for one`, () => {
      assert.throws(() => parseCaseKey(text), /not a case key/);
    });
  }
});
