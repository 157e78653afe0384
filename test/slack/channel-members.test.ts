import assert from 'node:assert/strict';
import { channelMembers } from '../../src/slack/channel-members.js';

describe('who is in a channel', () => {
  it('is not asked for ever, where the pages do not end', async () => {
    let pages = 0;
    const members = async ({ limit }: { limit?: number } = {}) => {
      assert.ok(limit !== undefined && limit <= 999);
      pages += 1;
      return { ok: true, members: [`U${pages}`], response_metadata: { next_cursor: 'more' } };
    };
    const client = { conversations: { members } } as unknown as Parameters<typeof channelMembers>[0];
    await assert.rejects(
      channelMembers(client, (_, send) => send(), 'C0CASES0001'),
      { code: 'too_many_members' },
    );
    assert.equal(pages, 50);
  });
});
