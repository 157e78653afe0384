import assert from 'node:assert/strict';
import { openedIn, rememberedIn, remembering, sealedPlace } from '../../../src/commands/create/filled.js';
import { createSeal } from '../../../src/commands/form-parts/seal.js';

describe('where the form of a new case was opened', () => {
  const deps = { seal: createSeal('secret') };
  const [HERE, OTHER, USER] = ['C0CASES0001', 'C0PROD00001', 'U0ALICE0001'];
  const sealed = sealedPlace(deps, USER, HERE);
  const opened = (metadata: string, user = USER) => openedIn(deps, user, rememberedIn({ metadata }));

  it('is what we wrote into it, for its person alone', () => {
    for (const account of [null, '111122223333']) {
      const metadata = remembering({ channel: HERE, account, sealed });
      assert.equal(opened(metadata), HERE);
      assert.deepEqual(rememberedIn({ metadata }), { channel: HERE, account, sealed });
      assert.equal(opened(metadata, 'U0BOB000001'), '');
    }
  });

  it('is nothing that a client has changed, or an older version has written', () => {
    assert.equal(opened(remembering({ channel: OTHER, account: null, sealed })), '');
    assert.equal(opened(`${HERE} 111122223333`), '');
    assert.equal(opened(HERE), '');
    assert.deepEqual(rememberedIn({ metadata: HERE }), { channel: HERE, account: null, sealed: '' });
  });
});
