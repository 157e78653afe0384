import assert from 'node:assert/strict';
import type { WebClient } from '@slack/web-api';
import {
  linksOf,
  type Message,
  mentionsOf,
  type Slack,
  shownText,
} from '../../../src/sandbox/slack/start-slack.js';
import { CHANNEL, smallWorkspace, webClient } from './testing/web-client.js';

const section = (text: string, more: object = {}) => ({
  type: 'section',
  text: { type: 'mrkdwn', text, ...more },
});
const rich = (...elements: object[]) => ({ type: 'rich_text', elements });
const richSection = (...elements: object[]) => ({ type: 'rich_text_section', elements });

describe('Slack stand-in: what a person sees', () => {
  let slack: Slack;
  let web: WebClient;

  before(async () => {
    slack = await smallWorkspace();
    web = webClient(slack);
  });

  after(() => slack.stop());

  async function seen(args: object): Promise<Message> {
    await web.chat.postMessage({ channel: CHANNEL, ...args } as never);
    const message = slack.messages(CHANNEL).at(-1);
    assert.ok(message);
    return message;
  }

  const inBlocks = (...blocks: object[]) => seen({ text: 'fallback', parse: 'none', blocks });

  it('reads the text when there are no blocks', async () => {
    const message = await seen({
      text: 'a &amp; b &lt;c&gt; <https://e.com/?a=1&amp;b|label> <https://f.com> <!date^1700000000^{date}|then> <@U1|alice>',
    });
    assert.equal(shownText(message), 'a & b <c> label (https://e.com/?a=1&b) https://f.com then @alice');
  });

  it('reads blocks in order, without buttons', async () => {
    const message = await inBlocks(
      { type: 'header', text: { type: 'plain_text', text: 'Case *1*' } },
      {
        type: 'section',
        text: { type: 'mrkdwn', text: '*Status:* `open_now`' },
        fields: [{ type: 'mrkdwn', text: '_f_' }],
      },
      { type: 'divider' },
      {
        type: 'context',
        elements: [
          { type: 'mrkdwn', text: 'by' },
          { type: 'plain_text', text: 'AWS' },
        ],
      },
      { type: 'actions', elements: [{ type: 'button', text: { type: 'plain_text', text: 'Go' } }] },
    );
    assert.equal(shownText(message), 'Case *1*\nStatus: open_now\nf\nby AWS');
  });

  it('keeps marks that are none', async () => {
    const message = await inBlocks(section('2 * 3 * 4, snake_case_name, a~b ~gone~'));
    assert.equal(shownText(message), '2 * 3 * 4, snake_case_name, a~b gone');
  });

  it('reads rich text, lists with bullets', async () => {
    const item = (text: string) => richSection({ type: 'text', text });
    const message = await inBlocks(
      rich(
        richSection(
          { type: 'text', text: '*not bold* <!channel> ' },
          { type: 'link', url: 'https://e.com', text: 'e' },
          { type: 'date', timestamp: 1, format: '{date}', fallback: ' then' },
        ),
        { type: 'rich_text_list', style: 'bullet', elements: [item('one'), item('two')] },
        { type: 'rich_text_list', style: 'ordered', indent: 1, elements: [item('three'), item('four')] },
        { type: 'rich_text_preformatted', elements: [{ type: 'text', text: 'a\n b' }] },
      ),
    );
    assert.equal(
      shownText(message),
      '*not bold* <!channel> e (https://e.com) then\n• one\n• two\n  1. three\n  2. four\na\n b',
    );
    assert.deepEqual(mentionsOf(message), []);
  });

  it('finds every mention', async () => {
    const text = '<!channel> <!here|here> <!everyone> <!subteam^S1|@ops> <@U1>';
    const all = ['<!channel>', '<!here>', '<!everyone>', '<!subteam^S1>', '<@U1>'];
    assert.deepEqual(mentionsOf(await seen({ text })), all);
    assert.deepEqual(mentionsOf(await seen({ text, parse: 'none' })), all);
    assert.deepEqual(mentionsOf(await inBlocks(section(text, { verbatim: true }))), all);
    assert.deepEqual(
      mentionsOf(await inBlocks({ type: 'context', elements: [{ type: 'mrkdwn', text }] })),
      all,
    );
    const message = await inBlocks(
      rich(
        richSection(
          { type: 'user', user_id: 'U1' },
          { type: 'usergroup', usergroup_id: 'S1' },
          { type: 'broadcast', range: 'here' },
        ),
      ),
    );
    assert.deepEqual(mentionsOf(message), ['<@U1>', '<!subteam^S1>', '<!here>']);
  });

  it('finds plain mentions where Slack looks for them', async () => {
    const text = 'ask @here, @channel. and bob@here.com';
    assert.deepEqual(mentionsOf(await seen({ text })), ['@here', '@channel']);
    assert.deepEqual(mentionsOf(await seen({ text, parse: 'none' })), []);
    assert.deepEqual(mentionsOf(await seen({ text, parse: 'none', link_names: true })), [
      '@here',
      '@channel',
    ]);
    assert.deepEqual(mentionsOf(await inBlocks(section(text))), ['@here', '@channel']);
    assert.deepEqual(mentionsOf(await inBlocks(section(text, { verbatim: true }))), []);
    const plain = { type: 'section', text: { type: 'plain_text', text: '@here <!channel>' } };
    assert.deepEqual(mentionsOf(await inBlocks(plain)), []);
  });

  it('finds none that is escaped', async () => {
    const message = await seen({ text: '&lt;!channel&gt; &lt;@U1&gt;', parse: 'none' });
    assert.deepEqual([mentionsOf(message), shownText(message)], [[], '<!channel> <@U1>']);
  });

  it('finds every link', async () => {
    const text = 'see <https://a.com/?x=1&amp;y=2|safe> and (https://b.com/c_d).';
    assert.deepEqual(linksOf(await seen({ text })), ['https://a.com/?x=1&y=2', 'https://b.com/c_d']);
    assert.deepEqual(linksOf(await seen({ text, parse: 'none' })), ['https://a.com/?x=1&y=2']);
    const message = await inBlocks(
      section('https://c.com', { verbatim: true }),
      {
        type: 'actions',
        elements: [{ type: 'button', text: { type: 'plain_text', text: 'Go' }, url: 'https://d.com' }],
      },
      rich(richSection({ type: 'link', url: 'https://e.com' }, { type: 'text', text: 'https://f.com' })),
    );
    assert.deepEqual(linksOf(message), ['https://d.com', 'https://e.com']);
  });
});
