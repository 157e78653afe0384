import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { mentionsOf, shownText } from '../../src/sandbox/slack/start-slack.js';
import { readTrail, runAudit, stepsOf, storeOf } from '../audit/read-trail.js';
import { forgetCases } from '../world/forget-cases.js';
import { quiet } from '../world/quiet.js';
import { count, onlyThread, toldTo } from '../world/reading.js';
import { ALICE, BOB, CHANNEL, startWorld, type World } from '../world/world.js';

const NUMBER = '1702520947';

describe('flow: the audit trail', () => {
  let world: World;
  let caseId: string;
  beforeEach(async () => {
    world = await startWorld();
    ({ caseId } = world.aws.openCase({ subject: 'Broken', body: 'Opening.', displayId: NUMBER }));
    await world.until(() => onlyThread(world.slack).texts.length === 1, 'the thread');
  });
  afterEach(() => world.stop());

  const type = (text: string, user = ALICE) =>
    world.slack.command(world.botUrl, { command: '/support', text, user, channel: CHANNEL });
  const found = async <T>(find: () => T | undefined, what: string): Promise<T> => {
    const value = await world.until(find, what);
    assert.ok(value !== undefined);
    return value;
  };
  const told = (part: string | RegExp, user = ALICE) =>
    found(() => toldTo(world.slack, user).find((text) => text.match(part) !== null), `"${part}" to ${user}`);
  const trail = () => readTrail(world.environment);
  const buttonsOf = ({ blocks }: { readonly blocks?: unknown }) =>
    [...JSON.stringify(blocks).matchAll(/"type":"button","text":\{"type":"plain_text","text":"(\w+)"/g)].map(
      ([, label]) => label,
    );
  const lastTold = () => world.slack.ephemerals.filter(({ deleted }) => !deleted).at(-1);

  it("has what somebody sent: when it was asked for and done, with AWS's id of the call, and not the text", async () => {
    await type(`reply ${NUMBER} The secret word is swordfish.`);
    await told('AWS has your reply');
    await type(`resolve ${NUMBER}`);
    await told('is resolved');
    const lines = await trail();
    assert.deepEqual(stepsOf(lines), ['reply asked', 'reply done', 'resolve asked', 'resolve done']);
    assert.doesNotMatch(JSON.stringify(lines), /swordfish|Opening/);
    const [asked, replied, , resolved] = lines;
    const idOf = (operation: string) => world.aws.callsOf(operation).at(-1)?.requestId;
    assert.ok(replied?.awsRequestId);
    assert.equal(replied.awsRequestId, idOf('AddCommunicationToCase'));
    assert.equal(resolved?.awsRequestId, idOf('ResolveCase'));
    assert.equal(asked?.awsRequestId, null);
    const { card } = onlyThread(world.slack);
    for (const line of lines) {
      assert.equal(line.user, ALICE);
      assert.equal(line.name, 'Alice Example');
      assert.equal(line.channel, CHANNEL);
      assert.equal(line.account, '111122223333');
      assert.equal(line.caseId, caseId);
      assert.equal(line.displayId, NUMBER);
      assert.match(
        line.link ?? '',
        new RegExp(`^https?://.*/archives/${CHANNEL}/p${card.ts.replace('.', '')}$`),
      );
    }
    assert.equal(replied.characters, 'The secret word is swordfish.'.length);
    assert.equal(replied.sha256, createHash('sha256').update('The secret word is swordfish.').digest('hex'));
    assert.equal(replied.reference, asked?.reference);
  });

  it('says why AWS did not do it, with the id of the call that it refused', async () => {
    world.aws.fault('AddCommunicationToCase', {
      kind: 'error',
      name: 'AccessDeniedException',
      message: 'not you',
      status: 400,
    });
    await type(`reply ${NUMBER} Hello.`);
    await told('may not call');
    const lines = await trail();
    assert.deepEqual(stepsOf(lines), ['reply asked', 'reply failed AccessDeniedException']);
    assert.equal(lines[1]?.awsRequestId, world.aws.callsOf('AddCommunicationToCase').at(-1)?.requestId);
  });

  it('says of a call whose answer was lost that it may have happened, with its id, before it is found', async () => {
    world.aws.fault('AddCommunicationToCase', { kind: 'status-after', status: 500 });
    await type(`reply ${NUMBER} Hello.`);
    await told('AWS has your reply');
    const lines = await trail();
    assert.deepEqual(stepsOf(lines), ['reply asked', 'reply asked unclear', 'reply done shown-by-aws']);
    assert.equal(lines[1]?.awsRequestId, world.aws.callsOf('AddCommunicationToCase').at(-1)?.requestId);
    await type('audit');
    assert.match(await told('Who did what'), /asked to reply to Case 1702520947.*\nAWS did not confirm it/);
  });

  it('has what was answered about secrets, and the length of what went out', async () => {
    await type(`reply ${NUMBER} key AKIAIOSFODNN7EXAMPLE and wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY`);
    const asked = await found(
      () =>
        world.slack.ephemerals.find(
          (each) => each.text.includes('looks like') || each.text.includes('secret'),
        ),
      'the question',
    );
    await world.slack.click(world.botUrl, { ephemeral: asked, actionId: 'secrets_remove', user: ALICE });
    await told('AWS has your reply');
    const lines = await trail();
    assert.deepEqual(stepsOf(lines), ['reply asked secrets', 'secrets-removed done', 'reply done']);
    assert.notEqual(lines[0]?.sha256, lines[2]?.sha256);
    assert.equal(lines[1]?.sha256, lines[2]?.sha256);
    assert.doesNotMatch(JSON.stringify(lines), /AKIA/);
  });

  it('has who took a case and gave it back, once each, however often they press', async () => {
    const { card } = onlyThread(world.slack);
    const take = () => world.slack.click(world.botUrl, { message: card, actionId: 'card_take', user: ALICE });
    await take();
    await told('You have');
    await take();
    await told('already');
    assert.deepEqual(stepsOf(await trail()), ['take done']);
  });

  it('is shown to those who may, newest first, page by page, and its readers are in it', async () => {
    for (let n = 1; n <= 6; n += 1) {
      await type(`reply ${NUMBER} Reply ${n}.`);
      const isTold = (text: string) => text.includes('AWS has your reply');
      await world.until(() => toldTo(world.slack, ALICE).filter(isTold).length === n, `reply ${n}`);
    }
    await type('audit');
    const first = await found(
      () => world.slack.ephemerals.find((each) => each.text.includes('Who did what')),
      'the trail',
    );
    const text = shownText(first);
    assert.match(text, /Alice Example replied to Case 1702520947/);
    assert.match(text, /AWS has carried it out · 8 characters · AWS request [\w-]+ · /);
    assert.doesNotMatch(text, /Reply 6/);
    assert.equal(text.match(/replied to/g)?.length, 5);
    await world.slack.click(world.botUrl, { ephemeral: first, actionId: 'audit_page:older', user: ALICE });
    const older = await found(() => {
      const last = lastTold();
      return last !== undefined && buttonsOf(last).includes('Newest') ? last : undefined;
    }, 'the older page');
    assert.equal(shownText(older).match(/replied to/g)?.length, 1);
    assert.deepEqual(buttonsOf(older), ['Newest']);
    await type(`audit ${NUMBER}`);
    await told(/Who did what on .*1702520947/);
    assert.deepEqual(stepsOf(await trail()).slice(12), ['audit done', 'audit done', 'audit done']);
    assert.equal((await trail()).at(-1)?.displayId, NUMBER);
  });

  it('is shown in a thread for its case, and nothing to whoever may not: they read who can', async () => {
    const { card } = onlyThread(world.slack);
    await world.slack.mention(world.botUrl, {
      user: ALICE,
      channel: CHANNEL,
      threadTs: card.ts,
      text: `<@${world.slack.app.botUser}> audit`,
    });
    await told(/has no lines about .*1702520947/);
    world.reload({ administrators: [ALICE] });
    await world.until(async () => stepsOf(await trail()).includes('reload done'), 'the reload');
    await type('audit', BOB);
    const refusal = await told(/nothing is shown/, BOB);
    assert.match(refusal, /Alice|U0ALICE0001/);
    await type('doctor', BOB);
    await told(/nothing was looked at/, BOB);
    const lines = await trail();
    assert.deepEqual(stepsOf(lines), [
      'audit done',
      'reload done',
      'audit refused not-administrator',
      'doctor refused not-administrator',
    ]);
    assert.equal(lines[1]?.user, 'system');
    assert.equal(lines[2]?.user, BOB);
    await type('audit');
    const shown = await told('Who did what, newest first');
    assert.match(shown, /Bob Sample wanted to call the doctor/);
    assert.match(shown, /refused: not one of the administrators/);
  });

  it('has one line of each refusal of the rules, by whichever way, with the length of the words and not the words', async () => {
    const rule = { channels: [], accounts: [], severities: [] };
    world.reload({
      rules: [
        { ...rule, may: ['reply', 'create'], who: [ALICE] },
        { ...rule, may: ['resolve'], who: ['nobody'] },
      ],
    });
    await type(`reply ${NUMBER} My careful words`, BOB);
    await told('You may not reply', BOB);
    const { card } = onlyThread(world.slack);
    await world.slack.click(world.botUrl, { message: card, actionId: 'card_take', user: BOB });
    await type(`resolve ${NUMBER}`, BOB);
    await told('Nobody may resolve', BOB);
    await type('create Broken again', BOB);
    await told('may not open a new case', BOB);
    const lines = (await trail()).filter(({ deed }) => deed !== 'reload');
    assert.deepEqual(
      stepsOf(lines),
      ['reply', 'take', 'resolve', 'create'].map((deed) => `${deed} refused not-permitted`),
    );
    const place = (at: number) => [lines[at]?.user, lines[at]?.name, lines[at]?.channel, lines[at]?.caseId];
    for (const at of [0, 1, 2]) assert.deepEqual(place(at), [BOB, 'Bob Sample', CHANNEL, caseId]);
    assert.deepEqual(place(3), [BOB, 'Bob Sample', CHANNEL, null]);
    assert.deepEqual(
      lines.map(({ characters }) => characters),
      ['My careful words'.length, null, null, 'Broken again'.length],
    );
    assert.equal(lines[0]?.sha256, createHash('sha256').update('My careful words').digest('hex'));
    assert.doesNotMatch(JSON.stringify(lines), /careful|Broken/);
    await type('audit');
    const shown = await told('Who did what');
    assert.match(shown, /Bob Sample wanted to take Case 1702520947 \(.*\)\nrefused: they may not ·/);
    assert.match(shown, /Bob Sample wanted to open a new case in/);
  });

  it('has one line of each refusal of a menu, a shortcut, a reaction, a file and the trail itself', async () => {
    world.aws.account('111122223333').deny = ['DownloadAttachment', 'DescribeAttachment'];
    const attachments = [{ fileName: 'a.txt', data: new Uint8Array(10) }];
    world.aws.reply(caseId, { from: 'aws', body: 'See the file.', attachments });
    const refused = 'may not call support:DownloadAttachment';
    await world.until(() => count(onlyThread(world.slack).texts, refused) === 1, 'the trouble with the file');
    const rule = { channels: [], accounts: [], severities: [] };
    world.reload({ administrators: [ALICE], rules: [{ ...rule, may: ['read', 'reply'], who: [ALICE] }] });
    const { card, replies } = onlyThread(world.slack);
    const file = replies.at(-1);
    assert.ok(file);
    const { slack, botUrl } = world;
    await slack.click(botUrl, { message: card, actionId: 'card_more', user: BOB, value: 'follow' });
    await slack.click(botUrl, { message: card, actionId: 'card_reply', user: BOB });
    for (const actionId of ['file_link', 'file_retry'])
      await slack.click(botUrl, { message: file, actionId, user: BOB });
    await slack.shortcut(botUrl, { callbackId: 'send_to_aws', user: BOB, message: file });
    await slack.react(botUrl, { user: BOB, channel: CHANNEL, ts: card.ts, name: 'eyes' });
    await type('audit', BOB);
    const refusals = async () => (await trail()).filter(({ result }) => result === 'refused');
    await world.until(async () => (await refusals()).length >= 7, 'all refusals');
    const lines = await refusals();
    assert.deepEqual(lines.map(({ deed, why }) => `${deed} ${why}`).sort(), [
      'audit not-administrator',
      'file-again not-permitted',
      'file-link not-permitted',
      'follow not-permitted',
      'reply not-permitted',
      'reply not-permitted',
      'take not-permitted',
    ]);
    assert.ok(
      lines.every(({ user, caseId: of, deed }) => user === BOB && (deed === 'audit' || of === caseId)),
    );
  });

  it('is shown to an administrator also of a case that they may not read', async () => {
    await type(`resolve ${NUMBER}`, BOB);
    await told('is resolved', BOB);
    const rule = { channels: [], accounts: [], severities: [] };
    world.reload({ administrators: [ALICE], rules: [{ ...rule, may: ['read'], who: [BOB] }] });
    await type(`show ${NUMBER}`);
    await told('You may not read');
    await type(`audit ${NUMBER}`);
    const shown = await told(/Who did what on .*1702520947/);
    assert.match(shown, /Bob Sample resolved Case 1702520947/);
    assert.match(shown, /Alice Example wanted to read Case 1702520947/);
  });

  it('is shown of a case that the store has forgotten, by its number or its id, page by page', async () => {
    for (let n = 1; n <= 6; n += 1) {
      await type(`reply ${NUMBER} Reply ${n}.`);
      const isTold = (text: string) => text.includes('AWS has your reply');
      await world.until(() => toldTo(world.slack, ALICE).filter(isTold).length === n, `reply ${n}`);
    }
    await type(`resolve ${NUMBER}`);
    await told('is resolved');
    await quiet(world);
    await forgetCases(world);
    world.aws.account('111122223333').deny = ['DescribeCases', 'DescribeCommunications'];
    await world.restart();
    const asked = world.aws.callsOf('DescribeCases').length;
    await type(`audit ${NUMBER}`);
    assert.match(await told(/Who did what on/), /Alice Example replied to Case 1702520947/);
    const first = lastTold();
    assert.ok(first);
    await world.slack.click(world.botUrl, { ephemeral: first, actionId: 'audit_page:older', user: ALICE });
    await found(() => (buttonsOf(lastTold() ?? {}).includes('Newest') ? true : undefined), 'the older page');
    assert.match(shownText(lastTold() ?? first), /Who did what on .*1702520947/);
    await type(`audit ${caseId}`);
    await found(
      () =>
        toldTo(world.slack, ALICE).filter((text) => text.match(/Who did what on .*1702520947/)).length > 1 ||
        undefined,
      'by its id',
    );
    await type('audit 999999');
    await told('999999');
    assert.deepEqual(
      (await trail()).slice(-3).map((line) => line.displayId),
      [NUMBER, NUMBER, NUMBER],
    );
    assert.ok(world.aws.callsOf('DescribeCases').length > asked, 'AWS was asked for what nobody knows');
    // Only those whom the rules name see it.
    world.reload({ administrators: [ALICE] });
    await type(`audit ${NUMBER}`, BOB);
    assert.doesNotMatch(await told(/nothing is shown/, BOB), /replied/);
  });

  it('is written of the case in the account that is named with it, while the bot runs', async () => {
    await type(`resolve ${NUMBER}`);
    await told('is resolved');
    const linesOf = async (name: string) => {
      const { out } = await runAudit(['--since', '2020-01-01', '--case', name], storeOf(world.environment));
      return out.split('\n').length - 1;
    };
    assert.equal(await linesOf(NUMBER), 2);
    assert.equal(await linesOf(`111122223333/${NUMBER}`), 2);
    assert.equal(await linesOf(`222233334444/${NUMBER}`), 0);
  });

  it('is told in words of what nobody did, of the trail of one case, and of the doctor in its thread', async () => {
    await type(`resolve ${NUMBER}`, BOB);
    await told('is resolved', BOB);
    await type(`resolve ${NUMBER}`);
    await told('was resolved already');
    await type(`audit ${NUMBER}`);
    await told('Who did what on');
    world.reload({ administrators: [ALICE] });
    const { card } = onlyThread(world.slack);
    await world.slack.mention(world.botUrl, {
      user: BOB,
      channel: CHANNEL,
      threadTs: card.ts,
      text: `<@${world.slack.app.botUser}> doctor`,
    });
    await world.until(
      async () => stepsOf(await trail()).some((step) => step.startsWith('doctor refused')),
      'it',
    );
    await type('audit');
    const shown = await told('Who did what, newest first');
    assert.match(shown, /Bob Sample resolved Case 1702520947.*\nAWS has carried it out/);
    assert.match(shown, /Alice Example asked to resolve Case 1702520947.*\nit was resolved already/);
    assert.doesNotMatch(shown, /Alice Example resolved/);
    assert.match(shown, /Alice Example read the audit trail of Case 1702520947/);
    assert.match(shown, /Bob Sample wanted to call the doctor in the thread of Case 1702520947/);
  });

  it('says to whoever sees all cases that there is none, and does nothing with words behind a case', async () => {
    await type('audit 99999999');
    assert.match(await told('99999999'), /^I know no case “99999999”, and the AWS accounts .* have none/);
    await type(`audit ${NUMBER} please`);
    const refused = await told(`Type /support audit ${NUMBER} alone`);
    assert.match(refused, /takes a case and nothing behind it, so nothing was done/);
    await type(`audit ${NUMBER}.`);
    await told('has no lines about');
  });

  it('has a refusal in a form with the place where they began to write', async () => {
    await type(`reply ${NUMBER}`, BOB);
    const view = await found(() => {
      const open = world.slack.modalOf(BOB);
      return open !== undefined && JSON.stringify(open.view).includes('Your reply') ? open : undefined;
    }, 'the form');
    const rule = { channels: [], accounts: [], severities: [] };
    world.reload({ rules: [{ ...rule, may: ['reply'], who: [ALICE] }] });
    await world.slack.submitView(world.botUrl, {
      view,
      user: BOB,
      values: { 'text-1': { text: 'Meanwhile' } },
    });
    await told('You may not reply', BOB);
    const [line, ...others] = (await trail()).filter(({ deed }) => deed !== 'reload');
    assert.deepEqual(
      [line?.deed, line?.result, line?.why, line?.channel, line?.characters, others],
      ['reply', 'refused', 'not-permitted', CHANNEL, 'Meanwhile'.length, []],
    );
  });

  it('can be read where the bot is stopped, and leaves nothing beside the database', async () => {
    await type(`resolve ${NUMBER}`);
    await told('is resolved');
    const before = await trail();
    await world.stopBot();
    assert.deepEqual(await trail(), before);
    const { DATABASE_PATH = '' } = world.environment;
    const beside = existsSync(DATABASE_PATH) ? readdirSync(dirname(DATABASE_PATH)) : ['casethread.db'];
    assert.deepEqual(beside, ['casethread.db']);
  });

  it('shows names and nothing else where somebody calls themselves something odd', async () => {
    world.slack.addUser({
      id: 'U0MALLORY01',
      name: 'mallory',
      realName: '<!channel> *x* <https://evil.example|y>',
    });
    await type(`resolve ${NUMBER}`, 'U0MALLORY01');
    await told('is resolved', 'U0MALLORY01');
    await type('audit');
    assert.match(await told('Who did what'), /<!channel> \*x\* <https:\/\/evil\.example\|y> resolved Case/);
    const shown = world.slack.ephemerals.find((each) => each.text.includes('Who did what'));
    assert.ok(shown);
    assert.deepEqual(mentionsOf(shown), []);
  });

  it('says so while there is nothing, and then who has looked', async () => {
    await type('audit');
    await told('has no lines yet');
    await type('audit');
    assert.match(await told('Who did what'), /Alice Example read the audit trail/);
  });
});
