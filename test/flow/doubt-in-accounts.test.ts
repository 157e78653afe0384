import assert from 'node:assert/strict';
import { shownText } from '../../src/sandbox/slack/start-slack.js';
import { readTrail, stepsOf } from '../audit/read-trail.js';
import { caseThreads, count, onlyThread, toldTo } from '../world/reading.js';
import { ACCOUNTS, HUB, NORTH, startAccountsWorld } from '../world/several-accounts.js';
import { ALICE, CHANNEL, type World } from '../world/world.js';

const ROLE = `arn:aws:iam::${NORTH}:role/casethread`;
const WORDS = 'Words worth keeping.';
const CREATED = 'The queue stands still.';

/** AWS has done what a person wanted, its answer is lost, and from then on the account cannot be asked. */
describe('flow: an account is gone while nobody knows whether AWS has something', () => {
  let world: World;
  beforeEach(async () => {
    world = await startAccountsWorld();
  });
  afterEach(() => world.stop());

  const CUTS: Readonly<Record<string, { readonly cut: () => void; readonly mend: () => void }>> = {
    'its role is revoked': {
      cut: () => {
        world.aws.removeRole(ROLE);
        world.aws.endSessions();
      },
      mend: () => world.aws.addRole({ arn: ROLE, trusts: HUB }),
    },
    'it is listed no more': {
      cut: () => world.reload({ accounts: ACCOUNTS.filter(({ id }) => id !== NORTH) }),
      mend: () => world.reload({ accounts: ACCOUNTS }),
    },
  };

  const bodies = () =>
    world.aws.cases().flatMap(({ communications }) => communications.map(({ body }) => body));
  const cutOnce = (deed: () => boolean, cut: () => void) => {
    const stop = world.aws.onChange(() => {
      if (!deed()) return;
      stop();
      cut();
    });
  };
  const lastTold = (part: string) =>
    world.until(() => toldTo(world.slack, ALICE).at(-1)?.includes(part), `"${part}" at last`);
  /** The button on what was told last. */
  const press = async (actionId: string) => {
    const ephemeral = world.slack.ephemerals.findLast(({ blocks }) =>
      JSON.stringify(blocks).includes(actionId),
    );
    assert.ok(ephemeral, `no button ${actionId}`);
    const before = toldTo(world.slack, ALICE).length;
    await world.slack.click(world.botUrl, { ephemeral, actionId, user: ALICE });
    await world.until(() => toldTo(world.slack, ALICE).length > before, 'an answer');
  };
  const thread = async () => {
    const { displayId, caseId } = world.aws.openCase({ account: NORTH, subject: 'Login fails', body: 'x' });
    await world.until(() => onlyThread(world.slack).texts.length === 1, 'the thread');
    return { displayId, caseId };
  };
  const mention = (text: string) =>
    world.slack.mention(world.botUrl, {
      user: ALICE,
      channel: CHANNEL,
      text,
      threadTs: onlyThread(world.slack).card.ts,
    });
  const openCase = async () => {
    type Option = { readonly value: string };
    type Shown = { label?: { text: string }; element?: { options?: Option[]; initial_option?: Option } };
    const view = () => world.slack.modalOf(ALICE) ?? assert.fail('no form is open');
    const input = (label: string) =>
      (view().view.blocks as unknown as Shown[]).find((each) => each.label?.text === label)?.element;
    const words = { 'text-1': { text: CREATED } };
    const command = { command: '/support', text: 'create Queue stuck', user: ALICE, channel: CHANNEL };
    await world.slack.command(world.botUrl, command);
    await world.until(() => input('Subject') !== undefined, 'the form');
    await world.slack.click(world.botUrl, {
      view: view(),
      actionId: 'create_account',
      selectedOption: input('AWS account')?.options?.find(({ value }) => value === NORTH) as never,
      values: words,
      user: ALICE,
    });
    await world.until(() => input('AWS account')?.initial_option?.value === NORTH, 'the account');
    const asked = { view: view(), actionId: 'create_service', user: ALICE };
    const { options } = await world.slack.suggest(world.botUrl, { ...asked, typed: 'sqs' });
    await world.slack.click(world.botUrl, { ...asked, selectedOption: options[0] as never });
    await world.until(() => input('Category') !== undefined, 'the categories');
    const values = { create_category: 'performance', ...words };
    await world.slack.submitView(world.botUrl, { view: view(), user: ALICE, values });
  };

  for (const [how, { cut, mend }] of Object.entries(CUTS)) {
    it(`nobody reads that a reply was not sent when ${how}, and it is found when the account is back`, async () => {
      await thread();
      world.aws.fault('AddCommunicationToCase', { kind: 'hangup-after' });
      cutOnce(() => count(bodies(), WORDS) === 1, cut);
      await mention(`reply ${WORDS}`);
      await lastTold('may not read the case');
      await press('outbox_send_again');
      await lastTold('AWS did not confirm your reply');
      mend();
      await press('outbox_send_again');
      await lastTold('AWS has your reply');
      assert.equal(count(bodies(), WORDS), 1);
      assert.equal(count(toldTo(world.slack, ALICE), 'was not sent'), 0);
      // What Alice wrote to the bot stands there, too.
      const entries = () => onlyThread(world.slack).texts.filter((text) => text.includes(', from Slack'));
      await world.until(() => entries().length === 1, 'the entry');
      assert.equal(count(entries(), WORDS), 1);
    });

    it(`nobody reads that a case was not opened when ${how}, and it is found when the account is back`, async () => {
      world.aws.fault('CreateCase', { kind: 'hangup-after', when: ({ input }) => input.dryRun !== true });
      // Its event would tell.
      world.bridge.loseNext(1);
      cutOnce(() => count(bodies(), CREATED) === 1, cut);
      await openCase();
      await lastTold('may not read the cases');
      await press('outbox_send_again');
      await lastTold('AWS did not confirm your new case');
      mend();
      await press('outbox_send_again');
      await lastTold('AWS has your case');
      assert.equal(count(bodies(), CREATED), 1);
      assert.equal(count(toldTo(world.slack, ALICE), 'was not opened'), 0);
      await world.until(() => caseThreads(world.slack).length === 1, 'the thread');
    });

    it(`nobody reads that a case was not resolved when ${how}`, async () => {
      const { caseId } = await thread();
      world.aws.fault('ResolveCase', { kind: 'hangup-after' });
      cutOnce(() => world.aws.case(caseId).status === 'resolved', cut);
      await mention('resolve');
      await lastTold('may not read the case');
      await press('outbox_send_again');
      await lastTold('AWS did not confirm the resolving');
      mend();
      await press('outbox_send_again');
      await lastTold('was resolved already');
      assert.equal(count(toldTo(world.slack, ALICE), 'was not resolved'), 0);
      assert.match(shownText(onlyThread(world.slack).card), /Login fails/);
    });
  }

  it('nobody reads that a reply is not on a case that AWS does not show, and it is found when AWS does', async () => {
    await thread();
    world.aws.fault('AddCommunicationToCase', { kind: 'hangup-after' });
    // Now the bot's own credentials are asked, which belong to another account.
    cutOnce(
      () => count(bodies(), WORDS) === 1,
      () => world.reload({ accounts: [] }),
    );
    await mention(`reply ${WORDS}`);
    await lastTold('So nobody knows whether it arrived');
    await press('outbox_send_again');
    await lastTold('So nobody knows whether it arrived');
    await lastTold(
      `It is one of account ${NORTH}: where the credentials belong to another account, list that one`,
    );
    world.reload({ accounts: ACCOUNTS });
    await press('outbox_send_again');
    await lastTold('AWS has your reply');
    assert.equal(count(bodies(), WORDS), 1);
    assert.equal(count(toldTo(world.slack, ALICE), 'it is not on the case'), 0);
  });

  it('nobody reads that a case is not resolved that AWS does not show', async () => {
    const { caseId } = await thread();
    world.aws.fault('ResolveCase', { kind: 'hangup-after' });
    cutOnce(
      () => world.aws.case(caseId).status === 'resolved',
      () => world.reload({ accounts: [] }),
    );
    await mention('resolve');
    await lastTold('So nobody knows whether it is resolved');
    assert.equal(count(toldTo(world.slack, ALICE), 'the case is not resolved'), 0);
    const steps = stepsOf((await readTrail(world.environment)).filter(({ deed }) => deed === 'resolve'));
    assert.deepEqual(steps, ['resolve asked', 'resolve asked unclear', 'resolve failed unclear']);
  });
});
