import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { shownText } from '../../src/sandbox/slack/start-slack.js';
import { temporaryFolder } from '../temporary-folder.js';
import { caseThreads, count, entries, toldTo } from '../world/reading.js';
import { ALICE, CHANNEL, startWorld, type World } from '../world/world.js';

const HUB = '111122223333';
const NORTH = '222233334444';
const SOUTH = '444455556666';
/** The same number in both accounts: they share nothing but that. */
const NUMBER = '1234563851';

const roleOf = (id: string) => `arn:aws:iam::${id}:role/casethread`;
const CONFIG = `
accounts:
  - {id: "${NORTH}", alias: north, role: "${roleOf(NORTH)}", external_id: hunter2}
  - {id: "${SOUTH}", alias: south, role: "${roleOf(SOUTH)}"}
`;

type Thread = ReturnType<typeof caseThreads>[number];

describe('flow: two accounts by roles', () => {
  let world: World;
  let folder: ReturnType<typeof temporaryFolder>;

  beforeEach(async () => {
    folder = temporaryFolder();
    const path = join(folder.path, 'casethread.yml');
    writeFileSync(path, CONFIG);
    const accounts = [HUB, NORTH, SOUTH].map((id) => ({
      id,
      accessKeyId: `AKIACASETHREAD${id.slice(0, 6)}`,
      secretAccessKey: `secret-of-${id}`,
    }));
    world = await startWorld({ aws: { accounts }, environment: { CONFIG_FILE: path } });
    world.aws.addRole({ arn: roleOf(NORTH), trusts: HUB, externalId: 'hunter2' });
    world.aws.addRole({ arn: roleOf(SOUTH), trusts: HUB });
  });
  afterEach(async () => {
    await world.stop();
    folder.remove();
    delete process.env.CONFIG_FILE;
  });

  const open = (account: string, subject: string) =>
    world.aws.openCase({ account, subject, body: `Opening of ${subject}.`, displayId: NUMBER });
  const found = async (isIt: (thread: Thread) => boolean, what: string): Promise<Thread> => {
    const find = () => caseThreads(world.slack).find(isIt);
    await world.until(() => find() !== undefined, what);
    return find() ?? assert.fail(what);
  };
  const threadOf = (subject: string) =>
    found(
      ({ card, replies }) => shownText(card).includes(subject) && replies.length > 0,
      `the thread of ${subject}`,
    );
  const replyIn = (threadTs: string, text: string) =>
    world.slack.mention(world.botUrl, { user: ALICE, channel: CHANNEL, text: `reply ${text}`, threadTs });
  const bodies = (caseId: string) => world.aws.case(caseId).communications.map(({ body }) => body);
  const told = (part: string) =>
    world.until(() => toldTo(world.slack, ALICE).some((text) => text.includes(part)), part);

  it('has threads of both, and a reply reaches the account whose thread it is in', async () => {
    const north = open(NORTH, 'Northern');
    const south = open(SOUTH, 'Southern');
    const [ofNorth, ofSouth] = [await threadOf('Northern'), await threadOf('Southern')];
    await replyIn(ofSouth.card.ts, 'To the south.');
    await replyIn(ofNorth.card.ts, 'To the north.');
    await world.until(
      () => entries(world.slack).every((texts) => count(texts, 'Alice Example, from Slack') === 1),
      'both replies in their threads',
    );
    assert.equal(count(bodies(south.caseId), 'To the south.'), 1);
    assert.equal(count(bodies(north.caseId), 'To the north.'), 1);
    assert.equal(count([...bodies(north.caseId), ...bodies(south.caseId)], 'To the'), 2);
    const by = new Set(world.aws.callsOf('AddCommunicationToCase').map((call) => call.by));
    assert.deepEqual(
      by,
      new Set([NORTH, SOUTH].map((id) => `arn:aws:sts::${id}:assumed-role/casethread/casethread`)),
    );
    assert.equal(world.aws.callsOf('AssumeRole').length, 2);
    assert.doesNotMatch(world.log.join(''), /hunter2/);
  });

  it('holds nothing back where the role of one account is broken', async () => {
    world.aws.removeRole(roleOf(NORTH));
    open(NORTH, 'Northern');
    const south = open(SOUTH, 'Southern');
    const { card } = await threadOf('Southern');
    await replyIn(card.ts, 'To the south.');
    await told('AWS has your reply');
    assert.equal(count(bodies(south.caseId), 'To the south.'), 1);
    // The other is followed by its events, and says what to put right, and where.
    const broken = await found(
      (thread) => !shownText(thread.card).includes('Southern'),
      'the thread of the other',
    );
    await world.until(
      () =>
        JSON.stringify([broken, world.slack.messages(CHANNEL)]).includes(
          `may not assume the role ${roleOf(NORTH)}`,
        ),
      'what is wrong with the role',
    );
    await replyIn(broken.card.ts, 'To the north.');
    await told(`AWS account north (${NORTH}): Casethread may not assume the role`);
    world.aws.addRole({ arn: roleOf(NORTH), trusts: HUB, externalId: 'hunter2' });
    const back = world.slack.ephemerals.findLast((each) => shownText(each).includes('was not sent'));
    assert.ok(back);
    await world.slack.click(world.botUrl, { ephemeral: back, actionId: 'outbox_send_again', user: ALICE });
    await world.until(
      () => toldTo(world.slack, ALICE).filter((text) => /AWS has your reply/.test(text)).length === 2,
      'sent',
    );
    await threadOf('Northern');
  });

  it('sends a reply by itself, once, when the session ended and STS was away right before it left', async () => {
    const { caseId } = open(NORTH, 'Northern');
    const { card } = await threadOf('Northern');
    const look = world.aws.fault('DescribeCases', { kind: 'hold-after' });
    await replyIn(card.ts, 'Patience.');
    await look.reached;
    world.aws.endSessions();
    const away = world.aws.fault('AssumeRole', { kind: 'hangup-before', times: 6 });
    look.release();
    await world.until(() => count(bodies(caseId), 'Patience.') === 1, 'the reply at AWS', 8_000);
    await told('AWS has your reply');
    assert.equal(away.hits, 6);
    assert.deepEqual(
      world.aws.callsOf('AddCommunicationToCase').map(({ result }) => result),
      ['ExpiredTokenException', 'ok'],
    );
    assert.equal(count(toldTo(world.slack, ALICE), 'Send again'), 0);
  });
});
