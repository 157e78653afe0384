import assert from 'node:assert/strict';
import { stringify } from 'node:querystring';
import { payloadProblem } from '../../src/commands/slack-payload.js';

const FORM = 'application/x-www-form-urlencoded';
const problem = (json: unknown) => payloadProblem('application/json', Buffer.from(JSON.stringify(json)));
const inForm = (fields: Record<string, string | string[]>) =>
  payloadProblem(FORM, Buffer.from(stringify(fields)));

const USER = { id: 'U1', name: 'alice', team_id: 'T1' };
const CLICK = {
  type: 'block_actions',
  user: USER,
  team: { id: 'T1' },
  actions: [{ type: 'button', action_id: 'a' }],
};
const MENTION = { type: 'app_mention', channel: 'C1', ts: '1.2', user: 'U1', text: 'x' };
const EVENT = { type: 'event_callback', event_id: 'Ev1', team_id: 'T1', authorizations: [], event: MENTION };
const COMMAND = { command: '/support', text: '', user_id: 'U1', channel_id: 'C1', team_id: 'T1' };

describe('payloadProblem', () => {
  it('lets through what Slack sends, also with more in it, and with nothing where Slack has nothing', () => {
    assert.equal(problem(EVENT), null);
    assert.equal(
      problem({ ...EVENT, 'new-field': [1], authorizations: null, is_ext_shared_channel: true }),
      null,
    );
    assert.equal(problem({ ...EVENT, event: { type: 'team_join', user: { id: 'U1' } } }), null);
    assert.equal(
      problem({ ...EVENT, event: { ...MENTION, user: undefined, bot_id: 'B1', subtype: 'bot_message' } }),
      null,
    );
    assert.equal(inForm({ payload: JSON.stringify(CLICK) }), null);
    assert.equal(
      inForm({ payload: JSON.stringify({ ...CLICK, team: null, enterprise: { id: 'E1' } }) }),
      null,
    );
    assert.equal(
      inForm({
        payload: JSON.stringify({
          type: 'view_submission',
          user: USER,
          view: { callback_id: 'x' },
          response_urls: [],
        }),
      }),
      null,
    );
    assert.equal(inForm(COMMAND), null);
    assert.equal(inForm({ ssl_check: '1', token: 'x' }), null);
    assert.equal(problem({ type: 'url_verification', challenge: 'x' }), null);
  });

  const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
  const asJson = (text: string) => payloadProblem('application/json', Buffer.from(text));

  it('stops what ended the process: no object, and a challenge that is none', () => {
    for (const text of ['null', '"x"', '1', '[]', '', 'x', deep])
      assert.notEqual(asJson(text), null, text.slice(0, 9));
    assert.notEqual(inForm({ payload: 'null' }), null);
    assert.match(asJson(`{"type":"url_verification","challenge":${deep}}`) ?? '', /challenge/);
  });

  it('stops what was answered with 500 or not at all, and names the field', () => {
    for (const [odd, field] of [
      [{ ...EVENT, event: null }, 'it'],
      [{ ...EVENT, event: { ...MENTION, user: null } }, 'user'],
      [{ ...EVENT, event: { type: 'x', channel: 1 } }, 'channel'],
      [{ ...EVENT, event: { type: 'x', item: 'y' } }, 'item'],
      [{ ...EVENT, team_id: '__proto__' }, 'team_id'],
      [{ ...EVENT, authorizations: [null] }, 'authorizations.0'],
      [{ ...EVENT, authorizations: [{ team_id: 'constructor' }] }, 'authorizations.0.team_id'],
      [{ ...CLICK, user: undefined }, 'user'],
      [{ ...CLICK, channel: null }, 'channel'],
      [{ ...CLICK, actions: [] }, 'actions'],
      [{ ...CLICK, actions: [{ type: 'button', block_id: 'b' }] }, 'actions.0.action_id'],
      [{ ...CLICK, response_urls: null }, 'response_urls'],
      [{ type: 'view_submission', user: USER }, 'it'],
    ] as const)
      assert.match(problem(odd) ?? 'nothing', new RegExp(`^${field}: `));
    assert.match(inForm({ ...COMMAND, text: ['a', 'b'] }) ?? '', /^text: /);
  });

  it('repeats no value', () => {
    assert.ok(!problem({ ...EVENT, event_id: 'secret\n'.repeat(9) })?.includes('secret'));
  });
});
