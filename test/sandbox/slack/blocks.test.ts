import assert from 'node:assert/strict';
import type { WebClient } from '@slack/web-api';
import type { Slack } from '../../../src/sandbox/slack/start-slack.js';
import { CHANNEL, refused, smallWorkspace, webClient } from './testing/web-client.js';

const plain = (text: string) => ({ type: 'plain_text', text });
const mrkdwn = (text: string, more: object = {}) => ({ type: 'mrkdwn', text, ...more });
const x = (length: number) => 'x'.repeat(length);
const times = <T>(count: number, make: (index: number) => T) =>
  Array.from({ length: count }, (_, index) => make(index));
const button = (more: object = {}) => ({ type: 'button', text: plain('Go'), ...more });
const option = (value: string, text = value) => ({ text: plain(text), value });
const section = (more: object) => ({ type: 'section', ...more });
const actions = (...elements: object[]) => ({ type: 'actions', elements });
const select = (more: object) => actions({ type: 'static_select', action_id: 's', ...more });
const rich = (...elements: object[]) => ({ type: 'rich_text', elements });
const richSection = (...elements: object[]) => ({ type: 'rich_text_section', elements });
const words = (text: string, more: object = {}) => ({ type: 'text', text, ...more });
const confirm = { title: plain('Sure?'), text: mrkdwn('Really'), confirm: plain('Yes'), deny: plain('No') };

const TAKEN: { [what: string]: object[] } = {
  'the longest texts': [section({ text: mrkdwn(x(3_000)) }), { type: 'header', text: plain(x(150)) }],
  '50 blocks': times(50, () => ({ type: 'divider' })),
  '10 fields': [section({ fields: times(10, () => mrkdwn('f')) })],
  '10 context elements': [{ type: 'context', elements: times(10, () => mrkdwn('c', { verbatim: true })) }],
  '25 actions': [actions(...times(25, (i) => button({ action_id: `a${i}` })))],
  'a full button': [actions(button({ action_id: 'b', value: x(2_000), style: 'danger', confirm }))],
  'a link button': [actions(button({ url: 'https://example.com/case', accessibility_label: 'Open' }))],
  'an accessory': [
    section({ text: plain('t'), accessory: { type: 'overflow', options: [option('1')] }, expand: true }),
  ],
  '100 options': [select({ placeholder: plain('Pick'), options: times(100, (i) => option(`${i}`)) })],
  'an initial option': [select({ options: [option('1')], initial_option: option('1') })],
  'option groups': [select({ option_groups: [{ label: plain('g'), options: [option('1')] }] })],
  'an image': [{ type: 'image', image_url: 'https://example.com/i.png', alt_text: 'i', title: plain('t') }],
  'a small image': [
    { type: 'context', elements: [{ type: 'image', image_url: 'https://e.com/i.png', alt_text: 'i' }] },
  ],
  'rich text': [
    rich(
      richSection(
        words('bold', { style: { bold: true, italic: true, strike: false, code: true } }),
        { type: 'link', url: 'https://example.com', text: 'link' },
        { type: 'user', user_id: 'U1' },
        { type: 'channel', channel_id: 'C1' },
        { type: 'usergroup', usergroup_id: 'S1' },
        { type: 'emoji', name: 'wave' },
        { type: 'broadcast', range: 'here' },
        { type: 'date', timestamp: 1_700_000_000, format: '{date_num} {time}', fallback: 'then' },
      ),
      { type: 'rich_text_list', style: 'bullet', indent: 1, elements: [richSection(words('item'))] },
      { type: 'rich_text_quote', elements: [words('quote')], border: 1 },
      { type: 'rich_text_preformatted', elements: [words('code')] },
    ),
  ],
};

const REFUSED: { [what: string]: [object[], RegExp] } = {
  '51 blocks': [times(51, () => ({ type: 'divider' })), /no more than 50 items/],
  'a long section': [
    [section({ text: mrkdwn(x(3_001)) })],
    /less than 3001 characters \[json-pointer:\/blocks\/0\/text/,
  ],
  'an empty section': [[section({})], /either text or fields/],
  'an empty text': [[section({ text: mrkdwn('') })], /more than 0 characters/],
  'a long header': [[{ type: 'header', text: plain(x(151)) }], /less than 151/],
  'a mrkdwn header': [[{ type: 'header', text: mrkdwn('h') }], /unsupported type: mrkdwn/],
  '11 context elements': [[{ type: 'context', elements: times(11, () => mrkdwn('c')) }], /no more than 10/],
  'no context elements': [[{ type: 'context', elements: [] }], /at least 1/],
  '26 actions': [[actions(...times(26, (i) => button({ action_id: `a${i}` })))], /no more than 25/],
  '11 fields': [[section({ fields: times(11, () => mrkdwn('f')) })], /no more than 10/],
  'a long field': [[section({ fields: [mrkdwn(x(2_001))] })], /less than 2001/],
  'a long button': [[actions(button({ text: plain(x(76)) }))], /less than 76/],
  'a long value': [[actions(button({ value: x(2_001) }))], /less than 2001/],
  'a long url': [[actions(button({ url: `https://e.com/${x(3_000)}` }))], /less than 3001/],
  'a bad url': [[actions(button({ url: 'not a url' }))], /invalid url/],
  'a bad style': [[actions(button({ style: 'blue' }))], /primary, danger/],
  'a long action_id': [[actions(button({ action_id: x(256) }))], /less than 256/],
  'a long block_id': [[{ type: 'divider', block_id: x(256) }], /less than 256/],
  'the same block_id twice': [times(2, () => ({ type: 'divider', block_id: 'd' })), /`block_id` d already/],
  'the same action_id twice': [
    [actions(button({ action_id: 'a' }), button({ action_id: 'a' }))],
    /`action_id` a already/,
  ],
  'no options': [[select({ options: [] })], /at least 1/],
  '101 options': [[select({ options: times(101, (i) => option(`${i}`)) })], /no more than 100/],
  'a long option': [[select({ options: [option('1', x(76))] })], /less than 76/],
  'a long option value': [[select({ options: [option(x(76), 't')] })], /less than 76/],
  'a foreign initial option': [
    [select({ options: [option('1')], initial_option: option('2') })],
    /not found/,
  ],
  'options and groups': [[select({ options: [option('1')], option_groups: [] })], /either options or/],
  'an unknown block': [[{ type: 'alert', text: plain('a') }], /unsupported type: alert/],
  'an unknown element': [[actions({ type: 'slider' })], /unsupported type: slider/],
  'a stray element': [
    [section({ text: plain('t'), accessory: { type: 'plain_text_input' } })],
    /unsupported type/,
  ],
  'an unknown key in a block': [[{ type: 'divider', color: 'red' }], /additional property: color/],
  'an unknown key in an element': [[actions(button({ colour: 'red' }))], /additional property: colour/],
  'verbatim in plain text': [
    [section({ text: { ...plain('t'), verbatim: true } })],
    /additional property: verbatim/,
  ],
  'emoji in mrkdwn': [[section({ text: mrkdwn('t', { emoji: true }) })], /additional property: emoji/],
  'a long confirmation': [
    [actions(button({ confirm: { ...confirm, text: plain(x(301)) } }))],
    /less than 301/,
  ],
  'an empty rich text': [[rich()], /at least 1/],
  'an empty rich text element': [[rich(richSection(words('')))], /more than 0/],
  'an unknown rich text style': [[rich(richSection(words('t', { style: { blink: true } })))], /blink/],
  'an unknown rich text part': [[rich({ type: 'rich_text_table', elements: [] })], /unsupported type/],
  'a list of texts': [
    [rich({ type: 'rich_text_list', style: 'bullet', elements: [words('t')] })],
    /unsupported type: text/,
  ],
  'a mention in preformatted': [
    [rich({ type: 'rich_text_preformatted', elements: [{ type: 'user', user_id: 'U1' }] })],
    /unsupported type: user/,
  ],
};

describe('Slack stand-in: blocks', () => {
  let slack: Slack;
  let web: WebClient;

  before(async () => {
    slack = await smallWorkspace();
    web = webClient(slack);
  });

  after(() => slack.stop());

  const post = (blocks: unknown) =>
    web.chat.postMessage({ channel: CHANNEL, text: 'fallback', blocks: blocks as never });

  for (const [what, blocks] of Object.entries(TAKEN)) it(`takes ${what}`, () => post(blocks));

  for (const [what, [blocks, where]] of Object.entries(REFUSED)) {
    it(`refuses ${what}`, async () => {
      const before = slack.messages(CHANNEL).length;
      const answer = await refused(post(blocks), 'invalid_blocks');
      assert.match(JSON.stringify(answer.response_metadata), where);
      assert.equal(slack.messages(CHANNEL).length, before);
    });
  }

  it('refuses what is no list of blocks', async () => {
    await refused(post('[{"type":'), 'invalid_blocks_format');
    await refused(post({ type: 'divider' }), 'invalid_blocks_format');
  });

  it('refuses blocks that are too long together', async () => {
    const long = (count: number) => times(count, () => section({ text: plain(x(2_500)) }));
    await post(long(5));
    await refused(post([...long(5), section({ text: plain(x(800)) })]), 'msg_blocks_too_long');
  });

  it('gives every block and element an id', async () => {
    await post([actions(button())]);
    const [block] = slack.messages(CHANNEL).at(-1)?.blocks ?? [];
    assert.equal(typeof block?.block_id, 'string');
    assert.match(JSON.stringify(block?.elements), /"action_id":"\w+"/);
  });
});
