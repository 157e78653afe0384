import assert from 'node:assert/strict';
import { readShared } from '../../../src/commands/unfurl/read-shared.js';

const HOME = 'https://console.aws.amazon.com/support/home';
const link = (n: number) => ({
  domain: 'console.aws.amazon.com',
  url: `${HOME}#/case/?displayId=${1_000 + n}`,
});
const EVENT = {
  type: 'link_shared',
  user: 'U0ALICE0001',
  channel: 'C0CASES0001',
  message_ts: '1712345678.123456',
  unfurl_id: 'C0CASES0001.1712345678.123456.abc',
  source: 'conversations_history',
  is_bot_user_member: true,
  links: [link(1)],
};

describe('readShared', () => {
  it('reads a message by its ts, and one without by what Slack calls it', () => {
    const read = readShared(EVENT);
    assert.deepEqual(read?.target, { channel: 'C0CASES0001', ts: '1712345678.123456' });
    const { unfurl_id: _, source: __, ...older } = EVENT;
    assert.deepEqual(readShared(older)?.target, read?.target);
    assert.deepEqual(readShared({ ...EVENT, message_ts: EVENT.unfurl_id })?.target, {
      unfurlId: EVENT.unfurl_id,
      source: 'conversations_history',
    });
  });

  it('takes twenty links to different cases at most, each once, whatever else there is', () => {
    const first = Array.from({ length: 30 }, (_, n) => link(n));
    const ways = ['', '&language=en', '&amp;language=de'].map((more) => ({ url: link(0).url + more }));
    const links = [{ url: HOME }, null, { url: 7 }, ...ways, ...first];
    assert.deepEqual(
      readShared({ ...EVENT, links })?.links.map(({ url }) => url),
      first.slice(0, 20).map(({ url }) => url),
    );
    const of = (n: number) => [...Array.from({ length: n }, () => ({ url: HOME })), link(1)];
    assert.equal(readShared({ ...EVENT, links: of(499) })?.links.length, 1);
    assert.equal(readShared({ ...EVENT, links: of(500) }), null);
  });

  for (const [what, change] of Object.entries({
    'a message that is being written': {
      source: 'composer',
      channel: 'COMPOSER',
      message_ts: 'U0ALICE0001-1',
    },
    'a conversation in which the bot is not': { is_bot_user_member: false },
    'an event that does not say whether it is': { is_bot_user_member: undefined },
    'the refreshing of another kind of preview': { is_unfurl_refresh: true },
    'no link to a case': { links: [{ url: HOME }] },
    'no links': { links: undefined },
    'links that are none': { links: 'https://console.aws.amazon.com' },
    'no channel': { channel: undefined },
    'a channel that is none': { channel: '<!channel>' },
    nobody: { user: null },
    'neither a ts nor an id': { message_ts: 'x', unfurl_id: undefined },
    'an id of a message that is being written': { message_ts: 'x', source: undefined },
  })) {
    it(`finds nothing to show in ${what}`, () => assert.equal(readShared({ ...EVENT, ...change }), null));
  }
});
