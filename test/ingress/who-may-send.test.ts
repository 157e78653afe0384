import assert from 'node:assert/strict';
import { once } from 'node:events';
import { request } from 'node:http';
import type { Account } from '../../src/case/account.js';
import { type ConfigFile, NO_FILE } from '../../src/config/config-file.js';
import { refusedBy } from '../../src/config/refused-by.js';
import { ACCOUNT, type EventDoor, KEY, openEventDoor, wireEvent } from './event-door.js';

const CASE = 'case-111122223333-muen-2022-7118885805350839';

const OTHER: Account = {
  id: '444455556666',
  alias: null,
  role: null,
  externalId: null,
  plan: null,
  partition: 'aws',
  endpoints: [],
};

describe('POST /aws/events: who may send', () => {
  let door: EventDoor;
  afterEach(() => door.close());

  describe('the key', () => {
    const wrong: [what: string, headers: Record<string, string>][] = [
      ['none', {}],
      ['an empty one', { 'x-api-key': '' }],
      ['another', { 'x-api-key': 'event-key-for-tests-0002' }],
      ['its beginning', { 'x-api-key': KEY.slice(0, -1) }],
      ['more than it', { 'x-api-key': `${KEY}1` }],
      ['it in other letters', { 'x-api-key': KEY.toUpperCase() }],
      ['both keys at once', { 'x-api-key': `${KEY},${KEY}` }],
      ['it in another header', { authorization: KEY }],
    ];
    for (const [what, headers] of wrong) {
      it(`answers 401 to ${what}, and stores nothing`, async () => {
        door = await openEventDoor();
        const { status, body } = await door.post(wireEvent(), headers);
        assert.equal(status, 401);
        assert.equal(body.error, 'unauthorized');
        assert.match(String(body.message), /X-Api-Key/);
        assert.deepEqual(await door.facts(CASE), []);
        assert.deepEqual(door.counted, { refused: 1 });
        assert.ok(!JSON.stringify([body, door.log]).includes(KEY));
      });
    }

    it('answers 401 to the right key in a header that stands there twice', async () => {
      door = await openEventDoor();
      const sent = request(door.url, { method: 'POST', headers: { 'x-api-key': [KEY, KEY] } });
      sent.end(JSON.stringify(wireEvent()));
      const [response] = await once(sent, 'response');
      response.resume();
      assert.equal(response.statusCode, 401);
      assert.deepEqual(await door.facts(CASE), []);
    });

    it('accepts the old and the new key while it is being changed, and no other', async () => {
      door = await openEventDoor({ keys: ['the-old-key-0000', 'the-new-key-0000'] });
      const statuses = [];
      for (const key of ['the-old-key-0000', 'the-new-key-0000', KEY]) {
        statuses.push((await door.post(wireEvent(), { 'x-api-key': key })).status);
      }
      assert.deepEqual(statuses, [202, 202, 401]);
    });

    it('accepts nothing when there is no key at all', async () => {
      door = await openEventDoor({ keys: [] });
      assert.equal((await door.post(wireEvent(), {})).status, 401);
      assert.equal((await door.post(wireEvent(), { 'x-api-key': '' })).status, 401);
    });
  });

  describe('accounts', () => {
    it('answers 403 to an account that is not accepted, naming it, and stores nothing', async () => {
      door = await openEventDoor({ accounts: ['444455556666', '777788889999'] });
      const { status, body } = await door.post(wireEvent());
      assert.deepEqual([status, body.error], [403, 'account_not_accepted']);
      assert.equal(body.message, 'Account 111122223333 is not in AWS_ACCOUNTS.');
      assert.deepEqual(await door.facts(CASE), []);
      assert.deepEqual(door.counted, { refused: 1 });
    });

    it('accepts each account that is in the list, and stores those of a mixed array', async () => {
      door = await openEventDoor({ accounts: ['444455556666', ACCOUNT] });
      assert.equal((await door.post([wireEvent(), { ...wireEvent(), account: '444455556666' }])).status, 202);
      const foreign = { ...wireEvent(), account: '777788889999' };
      assert.equal((await door.post([foreign, wireEvent('ResolveCase')])).status, 403);
      assert.equal((await door.facts(CASE)).length, 2);
    });

    it('asks anew for each delivery, and says which setting refuses the account', async () => {
      let file: ConfigFile = { ...NO_FILE, accounts: [OTHER] };
      door = await openEventDoor({ refusedBy: (account) => refusedBy(account, [], file) });
      const { status, body } = await door.post(wireEvent());
      assert.deepEqual([status, body.error], [403, 'account_not_accepted']);
      assert.equal(body.message, 'Account 111122223333 is not listed in CONFIG_FILE.');
      file = { ...file, unlisted: 'follow' };
      assert.equal((await door.post(wireEvent())).status, 202);
      file = { ...file, unlisted: 'refuse' };
      assert.equal((await door.post(wireEvent('ResolveCase'))).status, 403);
      file = NO_FILE;
      assert.equal((await door.post(wireEvent('ResolveCase'))).status, 202);
      assert.equal((await door.facts(CASE)).length, 2);
    });
  });
});
