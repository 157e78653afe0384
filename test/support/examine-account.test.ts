import assert from 'node:assert/strict';
import { PERMISSIONS } from '../../src/support/permissions.js';
import { OWN_ACCOUNT } from '../../src/support/support-api.js';
import { type AccountsRoom, HUB, listed, NORTH, roleOf, startAccountsRoom } from './accounts-room.js';

const ACTIONS = PERMISSIONS.flatMap(({ actions }) => actions);

describe('examining an account', () => {
  let room: AccountsRoom;
  afterEach(() => room.stop());

  const answers = async (account = NORTH) => {
    const { actions } = await room.accounts.examine(account);
    return new Map(actions.map(({ action, answer }) => [action, answer]));
  };

  it('finds all twelve actions allowed, and changes nothing', async () => {
    room = await startAccountsRoom([listed(NORTH)]);
    room.aws.openCase({ account: NORTH, subject: 's', body: 'b' });
    const [before, events] = [room.aws.cases(), room.aws.events.length];
    const { plan, actions } = await room.accounts.examine(NORTH);
    assert.deepEqual(
      actions.map(({ action, answer }) => [action, answer]),
      ACTIONS.map((action) => [action, 'allowed']),
    );
    assert.equal(plan.answer === 'has-api' && plan.severities.at(-1)?.code, 'critical');
    assert.deepEqual([room.aws.cases(), room.aws.events.length], [before, events]);
    const deeds = room.aws.calls.filter(({ done }) => done).map(({ operation }) => operation);
    assert.deepEqual(deeds, ['AssumeRole', 'DescribeSeverityLevels']);
  });

  for (const denied of ACTIONS) {
    it(`finds ${denied} denied, and what else it alone does not allow unknown`, async () => {
      room = await startAccountsRoom([listed(NORTH)]);
      room.aws.account(NORTH).deny = [denied];
      const needsIt: Readonly<Record<string, string>> = {
        DescribeAttachment: 'DownloadAttachment',
        AddAttachmentsToSet: 'UploadAttachment',
      };
      const found = await answers();
      for (const action of ACTIONS) {
        const expected = action === denied ? 'denied' : action === needsIt[denied] ? 'unknown' : 'allowed';
        assert.equal(found.get(action), expected, action);
      }
    });
  }

  it('waits its turn while AWS limits calls', async () => {
    room = await startAccountsRoom([listed(NORTH)]);
    room.aws.fault('DescribeSeverityLevels', { kind: 'throttle', times: 2 });
    room.aws.fault('CreateCase', { kind: 'throttle', times: 2 });
    assert.deepEqual(new Set((await answers()).values()), new Set(['allowed']));
  });

  it('says that there is no plan, that the role cannot be assumed, that nobody answers, once', async () => {
    room = await startAccountsRoom([listed(NORTH)]);
    room.aws.account(NORTH).plan = 'none';
    assert.equal((await room.accounts.examine(NORTH)).plan.answer, 'no-plan');
    room.aws.account(NORTH).plan = 'business';
    room.aws.endSessions();
    room.aws.removeRole(roleOf(NORTH));
    const calls = room.aws.calls.length;
    const { plan, actions } = await room.accounts.examine(NORTH);
    assert.match(plan.answer === 'unknown' ? plan.trouble.sentence : '', /may not assume the role/);
    assert.deepEqual(new Set(actions.map(({ answer }) => answer)), new Set(['unknown']));
    // The session is over, and there is no other.
    assert.equal(room.aws.calls.length, calls + 2);
    room.aws.down();
    const away = (await room.accounts.examine(NORTH)).plan;
    assert.equal(away.answer !== 'has-api' && away.trouble.kind, 'unreachable');
  });

  it('knows an AWS Support that takes no uploads', async () => {
    room = await startAccountsRoom([listed(NORTH)]);
    room.aws.fault('GetAttachmentUploadLinks', { kind: 'error', name: 'UnknownOperationException' });
    assert.equal((await answers()).get('UploadAttachment'), 'not-offered');
  });

  it('examines the one account there is where none is listed, and none that is followed by events alone', async () => {
    room = await startAccountsRoom([]);
    assert.deepEqual(new Set((await answers(OWN_ACCOUNT)).values()), new Set(['allowed']));
    assert.equal(room.lanes[0], 'own');
    room.list([listed(HUB, { plan: 'basic' })]);
    await assert.rejects(room.accounts.examine(HUB), { kind: 'events-only' });
  });
});
