import assert from 'node:assert/strict';
import { shownText } from '../../src/sandbox/slack/start-slack.js';
import { readTrail } from '../audit/read-trail.js';
import { type Json, ROOT, record, send, session, user, wrapped } from '../world/cloudtrail.js';
import { loseStore } from '../world/lose-store.js';
import { chooseOnCard } from '../world/on-card.js';
import { quiet } from '../world/quiet.js';
import { count, fixture, onlyThread, toldTo } from '../world/reading.js';
import { NORTH, startAccountsWorld } from '../world/several-accounts.js';
import { ACCOUNT, ALICE, CHANNEL, startWorld, type World, type WorldOptions } from '../world/world.js';

const JANE = 'JaneDoe (AdminRole), in the AWS console';
/** Of the replies of a test, far enough apart that each call can be meant for one of them only. */
const APART = 60_000;

describe('flow: who did it, by CloudTrail', () => {
  let world: World;
  let began: number;
  afterEach(() => world.stop());

  const start = async (options?: WorldOptions) => {
    world = await startWorld(options);
    began = Math.floor(Date.now() / 1000) * 1000 - 20 * APART;
    return world;
  };
  /** A case that somebody opened in the console. */
  const open = async () => {
    const { caseId } = world.aws.openCase({
      subject: 'Broken',
      body: 'It is broken.',
      displayId: '1234563851',
      at: began,
    });
    await world.until(() => texts().length === 1, 'the thread');
    return caseId;
  };
  const texts = () => onlyThread(world.slack).texts;
  const card = () => shownText(onlyThread(world.slack).card);
  const at = (place: number) => began + place * APART;
  const reply = (caseId: string, place: number, body = `reply ${place}`) =>
    world.aws.reply(caseId, { from: 'customer', body, at: at(place) });
  const hand = async (...records: Json[]) => {
    const { status, body } = await send(
      world.botUrl,
      records.map((each) => wrapped(each)),
    );
    assert.equal(status, 202, JSON.stringify(body));
    return body;
  };
  const shows = (part: string, what = part) => world.until(() => count(texts(), part) > 0, what);
  /** The bot has looked at the case, and puts the rest off. */
  const waits = () =>
    world.until(() => world.log.some((lines) => lines.includes('CloudTrail may still tell')), 'the look');
  /** In how many messages that the bot posted or changed. */
  const everSaid = (part: string) =>
    world.slack.calls.filter(
      ({ method, args }) => method.startsWith('chat.') && JSON.stringify(args).includes(part),
    ).length;
  const posts = () => world.slack.callsOf('chat.postMessage').length;
  const updates = () => world.slack.callsOf('chat.update').length;

  it('completes entries that are there, in place, and the card with them', async () => {
    await start();
    const caseId = await open();
    reply(caseId, 1);
    await shows('reply 1');
    await quiet(world);
    const before = posts();
    await hand(
      record('CreateCase', caseId, at(0), user('deploy-bot')),
      record('AddCommunicationToCase', caseId, at(1)),
    );
    await shows(JANE);
    await shows('deploy-bot, by the AWS CLI');
    await world.until(() => /Opened:.*by deploy-bot, by the AWS CLI/.test(card()), 'who opened it');
    await world.until(() => card().includes(`Last word: ${JANE}`), 'the last word');
    const [opening = '', replied = ''] = texts();
    assert.match(opening, /^deploy-bot, by the AWS CLI · .* · from 198\.51\.100\.15\nIt is broken\.$/);
    assert.match(
      replied,
      /^JaneDoe \(AdminRole\), in the AWS console · .* · from 198\.51\.100\.15\nreply 1$/,
    );
    assert.equal(posts(), before, 'nothing is posted a second time');

    await chooseOnCard(world, ALICE, 'card_more', 'who');
    await world.until(() => toldTo(world.slack, ALICE).length > 0, 'who is on it');
    await world.slack.command(world.botUrl, {
      user: ALICE,
      channel: CHANNEL,
      command: '/support',
      text: 'show 1234563851',
    });
    await world.until(
      () => toldTo(world.slack, ALICE).some((text) => text.includes(`${JANE} · `)),
      'who wrote last',
    );
    const listed = `Have written: deploy-bot, by the AWS CLI; ${JANE}`;
    await world.until(() => toldTo(world.slack, ALICE).some((text) => text.includes(listed)), listed);
  });

  it('says it at once where the record came first', async () => {
    await start({ bridge: false });
    const { caseId } = world.aws.openCase({
      subject: 'Broken',
      body: 'It is broken.',
      at: began,
      silent: true,
    });
    assert.deepEqual(await hand(record('CreateCase', caseId, Date.now() - 5_000)), {
      accepted: 1,
      duplicates: 0,
      ignored: 0,
    });
    await shows(`${JANE} · `);
    await quiet(world);
    assert.equal(updates(), 0);
  });

  it('updates nothing for a record that comes again, as an event, in a file, or after a restart', async () => {
    await start();
    const caseId = await open();
    reply(caseId, 1);
    const added = record('AddCommunicationToCase', caseId, at(1));
    await hand(added);
    await shows(JANE);
    await quiet(world);
    const before = [posts(), updates()];
    assert.equal((await hand(added)).duplicates, 1);
    const file = await send(world.botUrl, { Records: [added, record('CreateCase', caseId, at(0), ROOT)] });
    assert.deepEqual(file, { status: 202, body: { accepted: 1, duplicates: 1, ignored: 0 } });
    await shows('root, in the AWS console, without MFA');
    await world.restart();
    assert.equal((await hand(added)).duplicates, 1);
    world.aws.reply(caseId, { from: 'aws', body: 'Which one?' });
    await shows('Which one?');
    await quiet(world);
    assert.equal(posts(), (before[0] ?? 0) + 1);
    assert.equal(count(texts(), JANE), 1);
  });

  it('says less where two could be meant, also when the second record comes late', async () => {
    await start();
    const caseId = await open();
    reply(caseId, 1);
    await hand(record('AddCommunicationToCase', caseId, at(1)));
    await shows(JANE);
    await hand(record('AddCommunicationToCase', caseId, at(1) + 4_000, user('deploy-bot')));
    await world.until(() => count(texts(), JANE) === 0, 'less');
    assert.match(texts()[1] ?? '', /^janedoe@example\.com \(AdminRole\), outside Slack · /);
    // Once the other's words are there, both could still be meant for either.
    world.aws.reply(caseId, { from: 'customer', body: 'by the CLI', at: at(1) + 4_000 });
    await shows('by the CLI');
    await quiet(world);
    assert.equal(count(texts(), 'deploy-bot'), 0);
  });

  it('keeps a name while the record of what the same person wrote right after is on its way', async () => {
    await start();
    const caseId = await open();
    reply(caseId, 1, 'one');
    await hand(record('AddCommunicationToCase', caseId, at(1)));
    await world.until(() => count(texts(), JANE) === 1, 'the first');
    world.aws.reply(caseId, { from: 'customer', body: 'two', at: at(1) + 9_000 });
    await shows('\ntwo');
    await waits();
    assert.match(texts()[1] ?? '', new RegExp(`^${JANE.replace(/[()]/g, '.')}.*\\none$`));
    await hand(record('AddCommunicationToCase', caseId, at(1) + 9_000));
    await world.until(() => count(texts(), JANE) === 2, 'both');
    const [, one] = onlyThread(world.slack).replies;
    const ofOne = world.slack.callsOf('chat.update').filter(({ args }) => args.ts === one?.ts);
    assert.ok(ofOne.length <= 1, 'its record came once');
  });

  it('looks at a case once for records that come together', async () => {
    await start({ timing: { callsGatherMs: 400 } });
    const caseId = await open();
    for (let place = 1; place <= 8; place++) reply(caseId, place);
    await world.until(() => texts().length === 9, 'the conversation');
    await quiet(world);
    const looks = () =>
      ['DescribeCases', 'DescribeCommunications'].map((each) => world.aws.callsOf(each).length);
    const before = looks();
    for (let place = 1; place <= 8; place++) await hand(record('AddCommunicationToCase', caseId, at(place)));
    await world.until(() => count(texts(), JANE) === 8, 'all of them');
    await quiet(world);
    assert.deepEqual(
      looks().map((count, index) => count - (before[index] ?? 0)),
      [1, 1],
    );
  });

  it('shows no failed call as done', async () => {
    await start();
    const caseId = await open();
    reply(caseId, 1);
    await shows('reply 1');
    await hand(
      record('AddCommunicationToCase', caseId, at(1), { errorCode: 'AccessDenied', errorMessage: 'no' }),
    );
    await hand(record('ResolveCase', caseId, at(2), { errorCode: 'InternalServerError' }));
    await quiet(world);
    assert.equal(count(texts(), JANE), 0);
    assert.equal(count(texts(), 'Resolved'), 0);
  });

  it('names who resolved and who reopened it', async () => {
    await start();
    const caseId = await open();
    world.aws.resolve(caseId, { at: at(1) });
    await shows('Resolved');
    await hand(
      record(
        'ResolveCase',
        caseId,
        at(1) - 2_000,
        session('sam@example.com', 'AWSReservedSSO_Support_0123456789abcdef'),
      ),
    );
    await shows('Resolved by sam@example.com (Support), in the AWS console');
    await world.until(() => card().includes('by sam@example.com (Support)'), 'the card at rest');
    reply(caseId, 2);
    await shows('Reopened');
    await hand(record('AddCommunicationToCase', caseId, at(2)));
    await shows(`Reopened by ${JANE}`);
    await shows(`${JANE} · `);
    assert.equal(count(texts(), 'Resolved'), 1);
  });

  it('shows as by AWS what no call explains, once a record would have come, and takes it back when one does', async () => {
    await start({ timing: { callsArriveWithinMs: 0 } });
    const caseId = await open();
    await hand(record('CreateCase', caseId, at(0)));
    world.aws.resolve(caseId, { at: at(0) + 5_000 });
    await shows('Resolved by AWS (CloudTrail shows no call of yours)', 'AWS did it');
    await hand(record('ResolveCase', caseId, at(0) + 4_000, user('deploy-bot')));
    await shows('Resolved by deploy-bot, by the AWS CLI');
    assert.equal(count(texts(), 'Resolved'), 1);
  });

  it('waits for the record of what it hears of late, as after a downtime', async () => {
    await start({ timing: { callsArriveWithinMs: 10 * APART } });
    const caseId = await open();
    await hand(record('CreateCase', caseId, at(0)));
    await shows(JANE);
    await world.stopBot();
    world.aws.resolve(caseId, { at: at(1) });
    await world.restart();
    await shows('Resolved · ');
    await waits();
    await hand(record('ResolveCase', caseId, at(1), user('deploy-bot')));
    await shows('Resolved by deploy-bot, by the AWS CLI');
    assert.equal(everSaid('by AWS'), 0);
  });

  it('waits for a record before it says that AWS did it', async () => {
    await start({ timing: { callsArriveWithinMs: 1_500 } });
    const caseId = await open();
    await hand(record('CreateCase', caseId, at(0)));
    world.aws.resolve(caseId);
    await shows('Resolved · ');
    assert.equal(count(texts(), 'by AWS'), 0);
    await shows('Resolved by AWS (CloudTrail');
  });

  it('says of no account without records who resolved anything', async () => {
    await start({ timing: { callsArriveWithinMs: 0 } });
    const caseId = await open();
    world.aws.resolve(caseId, { at: at(1) });
    await shows('Resolved · ');
    await quiet(world);
    // Of plans there are records, of AWS Support there are none.
    await hand({ ...record('StartSupportPlanUpdate', '', at(1)), eventSource: 'supportplans.amazonaws.com' });
    world.aws.reply(caseId, { from: 'aws', body: 'Goodbye.' });
    await shows('Goodbye.');
    assert.equal(count(texts(), 'by AWS'), 0);
  });

  it("leads the bot's own calls to the person in Slack", async () => {
    world = await startAccountsWorld({ timing: { callsArriveWithinMs: 0 } });
    began = Date.now();
    const { caseId } = world.aws.openCase({
      account: NORTH,
      subject: 'North',
      body: 'Hm.',
      displayId: '5555555555',
    });
    await world.until(() => texts().length === 1, 'the thread');
    const type = (text: string) =>
      world.slack.command(world.botUrl, { command: '/support', text, user: ALICE, channel: CHANNEL });
    await type('reply 5555555555 From Slack.');
    await shows('From Slack.');
    await type('resolve 5555555555');
    await shows('Resolved by Alice Example');
    const own = {
      ...session('casethread', 'casethread', NORTH),
      recipientAccountId: NORTH,
      userAgent: 'aws-sdk-js/3.600.0',
    };
    await hand(
      record('AddCommunicationToCase', caseId, Date.now(), own),
      record('ResolveCase', caseId, Date.now(), own),
    );
    await quiet(world);
    assert.match(texts()[1] ?? '', /^Alice Example, from Slack · /);
    assert.equal(count(texts(), 'Resolved by Alice Example, from Slack'), 1);
    assert.equal(count(texts(), 'casethread'), 0);
    assert.ok(toldTo(world.slack, ALICE).length > 0);
  });

  it('names who wrote next to the bot, whatever credentials the bot has', async () => {
    await start();
    const caseId = await open();
    const type = (text: string) =>
      world.slack.command(world.botUrl, { command: '/support', text, user: ALICE, channel: CHANNEL });
    await type('reply 1234563851 From Slack.');
    await shows('From Slack.');
    const now = Date.now();
    world.aws.reply(caseId, { from: 'customer', body: 'console words', at: now + 5_000 });
    await shows('console words');
    await quiet(world);
    const requestID = (await readTrail(world.environment)).find(
      ({ result }) => result === 'done',
    )?.awsRequestId;
    await hand(record('AddCommunicationToCase', caseId, now, { ...user('casethread-bot'), requestID }));
    await quiet(world);
    assert.equal(count(texts(), 'casethread-bot'), 0, 'it is the call of the bot, and of nobody else');
    await hand(record('AddCommunicationToCase', caseId, now + 5_000));
    await shows(`${JANE} · `);
    assert.match(texts()[1] ?? '', /^Alice Example, from Slack · /);
    assert.equal(count(texts(), 'casethread-bot'), 0);
  });

  it('names a session that somebody calls as the bot calls its own', async () => {
    await start();
    const caseId = await open();
    reply(caseId, 1);
    await shows('reply 1');
    await hand(record('AddCommunicationToCase', caseId, at(1), session('casethread')));
    await shows('casethread (AdminRole), in the AWS console');
  });

  it('completes every message of a long text', async () => {
    await start({ environment: { FILE_MAX_MB: '0' } });
    const caseId = await open();
    reply(caseId, 1, 'A long line of words.\n'.repeat(360));
    await world.until(() => texts().length > 2, 'a text in several messages');
    await quiet(world);
    const parts = texts().length - 1;
    await hand(record('AddCommunicationToCase', caseId, at(1)));
    await world.until(() => count(texts(), JANE) === parts, 'all of them');
    assert.equal(count(texts(), 'outside Slack'), 1);
  });

  it('completes an old entry of a long case', async () => {
    await start();
    const caseId = await open();
    for (let place = 1; place <= 8; place++) reply(caseId, place);
    await world.until(() => texts().length === 9, 'the conversation');
    await quiet(world);
    await hand(record('AddCommunicationToCase', caseId, at(1)));
    await world.until(() => texts()[1]?.startsWith(JANE) ?? false, 'the first reply');
    assert.equal(count(texts(), JANE), 1);
  });

  it('names who wrote where the text cannot be read, and opens no thread for a record alone', async () => {
    await start({ bridge: false });
    const { caseId } = world.aws.openCase({ subject: 'Hidden', body: 'Hidden.', at: began, silent: true });
    world.aws.account(ACCOUNT).deny = ['DescribeCases', 'DescribeCommunications'];
    const now = Date.now();
    await hand(record('AddCommunicationToCase', caseId, now));
    await quiet(world);
    assert.deepEqual(world.slack.threads(CHANNEL), []);
    const event = fixture('AddCommunicationToCase');
    const time = `${new Date(now).toISOString().slice(0, 19)}Z`;
    Object.assign(event.detail, { 'case-id': caseId, origin: 'CUSTOMER' });
    assert.equal((await send(world.botUrl, { ...event, time })).status, 202);
    await shows(`${JANE} wrote on this case`);
  });

  it('keeps what it has shown when the records are gone with the database', async () => {
    await start();
    const caseId = await open();
    reply(caseId, 1);
    await hand(record('AddCommunicationToCase', caseId, at(1)));
    await shows(JANE);
    await quiet(world);
    const before = posts();
    await loseStore(world);
    await world.restart();
    world.aws.reply(caseId, { from: 'aws', body: 'Which one?' });
    await shows('Which one?');
    await quiet(world);
    assert.equal(count(texts(), JANE), 1);
    assert.equal(posts(), before + 1);
  });

  it('keeps on the card, too, what it has shown when the records are gone with the database', async () => {
    await start();
    const caseId = await open();
    reply(caseId, 1);
    await hand(
      record('CreateCase', caseId, at(0), user('deploy-bot')),
      record('AddCommunicationToCase', caseId, at(1)),
    );
    await world.until(() => card().includes('by deploy-bot, by the AWS CLI'), 'who opened it');
    await world.until(() => card().includes(`Last word: ${JANE}`), 'the last word');
    await quiet(world);
    await loseStore(world);
    await world.restart();
    await hand(record('AddCommunicationToCase', caseId, at(1) - 3_600_000));
    await world.until(() => world.log.some((lines) => lines.includes('reconcile done')), 'a look');
    await quiet(world);
    assert.match(card(), /by deploy-bot, by the AWS CLI/);
    assert.ok(card().includes(`Last word: ${JANE}`), card());
    world.aws.resolve(caseId, { at: at(3) });
    await hand(record('ResolveCase', caseId, at(3), ROOT));
    await world.until(() => card().includes('by root, in the AWS console, without MFA'), 'who resolved it');
    await quiet(world);
    await loseStore(world);
    await world.restart();
    world.aws.reply(caseId, { from: 'aws', body: 'Which one?' });
    await shows('Which one?');
    await quiet(world);
    assert.match(card(), /by root, in the AWS console, without MFA/);
  });
});
