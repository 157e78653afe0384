import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { KINDS_BY_DEFAULT } from '../../src/case/calls/call-kind.js';
import { agreement } from '../../src/sandbox/agreement/agreement.js';
import { AUDIT_CHANNEL, BOT_ROLE, CUSTOMERS } from '../../src/sandbox/cast.js';
import { performer } from '../../src/sandbox/page/deeds.js';
import type { Answer, DeedName, Deeds } from '../../src/sandbox/page/protocol.js';
import { readManifest, shownText } from '../../src/sandbox/slack/start-slack.js';
import { Trouble } from '../../src/sandbox/trouble.js';
import { quiet } from '../world/quiet.js';
import { count, onlyThread, toldTo } from '../world/reading.js';
import { listed } from '../world/several-accounts.js';
import { ACCOUNT, ALICE, CHANNEL, startWorld, type World } from '../world/world.js';

const OPENING = {
  subject: 'Does not start',
  body: 'It does not start.',
  severity: 'low',
  service: 'amazon-elastic-compute-cloud-linux',
  category: 'instance-issue',
};
const JANE = 'JaneDoe (AdminRole), in the AWS console';
const AIKO = 'AikoTanaka (CheckoutTeam), in the AWS console';
/** Behind the entries, and short enough to wait for. */
const DELAY_MS = 300;

describe('who did it, in the sandbox', () => {
  let world: World;
  let trouble: Trouble;
  let perform: ReturnType<typeof performer>;
  beforeEach(async () => {
    world = await startWorld({
      slack: { manifest: readManifest(readFileSync('manifest.yml', 'utf8')) },
      aws: { trail: { delayMs: DELAY_MS } },
      // The session that the sandbox gives it, here it opens itself: the environment is that of all tests.
      file: {
        accounts: [listed(ACCOUNT, null, { role: BOT_ROLE.arn })],
        audit: { channel: AUDIT_CHANNEL.id, kinds: KINDS_BY_DEFAULT },
      },
    });
    world.slack.addChannel(AUDIT_CHANNEL);
    world.aws.addRole({ arn: BOT_ROLE.arn, trusts: ACCOUNT });
    trouble = new Trouble(world);
    const { slack, aws, botUrl } = world;
    perform = performer({ slack, aws, botUrl, trouble, bot: { kill() {} }, changed() {} });
  });
  afterEach(() => world.stop());

  const does = async <Name extends DeedName>(
    name: Name,
    input: Deeds[Name],
  ): Promise<Extract<Answer, { ok: true }>> => {
    const answer = await perform(name, input);
    if (!answer.ok) assert.fail(answer.error);
    return answer;
  };
  const texts = () => onlyThread(world.slack).texts;
  const shows = (part: string) => world.until(() => count(texts(), part) > 0, part);
  const agrees = () => {
    const { slack, aws } = world;
    const differences = () => agreement(aws.cases(), slack.threads(CHANNEL), slack.textOf).differences;
    return world.until(() => differences().length === 0, 'agreement');
  };
  const open = async (as?: string) => {
    const { caseId = '' } = await does('open-case', { ...OPENING, ...(as && { as }) });
    await shows('It does not start.');
    return { caseId, id: world.aws.case(caseId).displayId };
  };

  it('completes what is done in the console, in place: opened, answered, resolved, reopened', async () => {
    const { caseId } = await open('AikoTanaka');
    await shows(AIKO);
    await does('reply-to-case', { caseId, from: 'customer', body: 'Still not.' });
    await shows('Still not.');
    await shows(`${JANE} · `);
    await does('resolve-case', { caseId, as: 'AikoTanaka' });
    await shows('Resolved');
    await agrees();
    await shows(`Resolved by ${AIKO}`);
    await does('reply-to-case', { caseId, from: 'customer', body: 'Not again!' });
    await shows('Reopened by JaneDoe');
    await quiet(world);
    const card = () => shownText(onlyThread(world.slack).card);
    await world.until(() => /Opened:.*by AikoTanaka \(CheckoutTeam\)/.test(card()), 'who opened it');
    assert.deepEqual([texts().length, count(texts(), 'Resolved'), count(texts(), 'Reopened')], [5, 1, 1]);
    await agrees();
  });

  it("leads the bot's own calls to the person in Slack, also beside somebody in the console", async () => {
    const { caseId, id } = await open();
    const command = (text: string) => does('command', { user: ALICE, channel: CHANNEL, text });
    await command(`/support reply ${id} From Slack.`);
    await world.until(() => count(toldTo(world.slack, ALICE), 'AWS has your reply') === 1, 'the answer');
    await does('reply-to-case', { caseId, from: 'customer', as: 'AikoTanaka', body: 'From the console.' });
    await shows('From the console.');
    await command(`/support resolve ${id}`);
    await world.until(() => world.aws.callEvents.length === 4, 'all records');
    await quiet(world);
    const names = world.aws.callEvents.map(({ detail }) => detail.userIdentity);
    assert.equal(JSON.stringify(names).split(':assumed-role/CasethreadRole/casethread"').length - 1, 2);
    assert.match(texts().find((text) => text.includes('From Slack.')) ?? '', /^Alice.*, from Slack · /);
    assert.equal(count(texts(), 'Resolved by Alice'), 1);
    await agrees();
  });

  it('names whoever resolved also when the event of the case was lost, or all comes three times', async () => {
    const { caseId } = await open();
    await shows(JANE);
    trouble.set('lose-next-event', true);
    trouble.set('deliver-three-times', true);
    await does('resolve-case', { caseId });
    assert.equal(trouble.switches['lose-next-event'], false);
    await shows(`Resolved by ${JANE}`);
    await quiet(world);
    assert.equal(texts().length, 2);
    await agrees();
  });

  it('tells the audit channel what else they do in the account', async () => {
    const { id } = await open();
    const told = () => world.slack.messages(AUDIT_CHANNEL.id).map((message) => shownText(message));
    const tells = (...words: RegExp[]) =>
      world.until(() => told().some((text) => words.every((each) => each.test(text))), words.join(' and '));
    await does('account-deed', { name: 'change-plan-as-root' });
    await tells(/root, without MFA/, /support plan/);
    await does('account-deed', { name: 'refresh-checks', as: 'AikoTanaka' });
    await tells(/AikoTanaka \(CheckoutTeam\)/, /20 different checks/);
    await does('account-deed', { name: 'refused-reply' });
    await tells(/JaneDoe/, /refused by AWS/, new RegExp(`Case ${id}`));
    assert.equal(told().length, 3);
    await agrees();
  });

  it('knows nobody else in the console', async () => {
    for (const as of ['Nobody', '', 'constructor']) {
      assert.match(JSON.stringify(await perform('open-case', { ...OPENING, as })), /“as” is not right/);
    }
    assert.equal(new Set(CUSTOMERS.map(({ name }) => name)).size, CUSTOMERS.length);
  });
});
