import assert from 'node:assert/strict';
import { fileTag, readFileTag } from '../../src/slack/file-tag.js';
import { foundEntry } from '../../src/slack/found-entry.js';

const TAG = { case: '111122223333/case-1', entry: 'a-x', part: 0, parts: 1, at: 1_800_000_000_000 };
const SELF = { botId: 'B1', userId: 'U1' };

describe('the tag of a message with a file', () => {
  it('is read as it was written, with what was posted before it', () => {
    for (const tag of [TAG, { ...TAG, after: 'c-1 0 2 1799999999000' }]) {
      assert.deepEqual(readFileTag(fileTag(tag) ?? ''), tag);
    }
  });

  it('never takes more than Slack allows, and leaves out first what was before', () => {
    const tag = { ...TAG, case: `111122223333/${'c'.repeat(180)}` };
    assert.deepEqual(readFileTag(fileTag({ ...tag, after: `c-${'1'.repeat(40)} 0 2 1` }) ?? ''), tag);
    assert.equal(fileTag({ ...TAG, case: `111122223333/${'c'.repeat(300)}` }), null);
  });

  it('is found in a message of ours, and in nobody else’s', () => {
    const blocks = [{ block_id: 'b1' }, { block_id: fileTag(TAG) ?? '' }];
    assert.deepEqual(foundEntry({ ts: '1.0', bot_id: 'B1', blocks }, SELF), { ts: '1.0', tag: TAG });
    assert.deepEqual(foundEntry({ ts: '1.0', user: 'U1', blocks }, SELF), { ts: '1.0', tag: TAG });
    assert.equal(foundEntry({ ts: '1.0', bot_id: 'B2', blocks }, SELF), null);
    assert.equal(
      foundEntry({ ts: '1.0', bot_id: 'B1', blocks: [{ block_id: 'casethread_file x' }] }, SELF),
      null,
    );
  });
});
