import assert from 'node:assert/strict';
import { shownText } from '../../src/sandbox/slack/start-slack.js';
import { readTrail } from '../audit/read-trail.js';
import { LEAVES } from '../commands/acts-and-lines.js';
import { quiet } from '../world/quiet.js';
import { count, onlyThread, toldTo } from '../world/reading.js';
import { ALICE, CHANNEL, startWorld, type World } from '../world/world.js';

const NUMBER = '1702520947';
/** Of several accounts, and of a form of its own: doubt-in-accounts.test.ts and audit-killed.test.ts have their lines. */
const ELSEWHERE = ['choose-case', 'create'];

describe('flow: the lines of what people can do', () => {
  let world: World;
  afterEach(() => world.stop());

  it('are there of everything that does something', async () => {
    world = await startWorld();
    const { caseId } = world.aws.openCase({ subject: 'Broken', body: 'Opening.', displayId: NUMBER });
    await world.until(() => onlyThread(world.slack).texts.length === 1, 'the thread');
    const type = (text: string) =>
      world.slack.command(world.botUrl, { command: '/support', text, user: ALICE, channel: CHANNEL });
    const told = (part: string, times = 1) =>
      world.until(() => count(toldTo(world.slack, ALICE), part) === times, `"${part}"`);
    const press = async (actionId: string, part: string) => {
      const ephemeral = world.slack.ephemerals.filter((each) => shownText(each).includes(part)).at(-1);
      assert.ok(ephemeral, part);
      await world.slack.click(world.botUrl, { ephemeral, actionId, user: ALICE });
    };
    const onCard = (actionId: string, value?: string) =>
      world.slack.click(world.botUrl, {
        message: onlyThread(world.slack).card,
        actionId,
        user: ALICE,
        ...(value === undefined ? {} : { value }),
      });

    world.aws.resolve(caseId, { silent: true });
    await type(`reply ${NUMBER} It is back.`);
    await told('reopen the case');
    await press('reply_reopen', 'reopen the case');
    await told('AWS has your reply');

    world.aws.fault('AddCommunicationToCase', {
      kind: 'error',
      name: 'AccessDeniedException',
      message: 'not you',
      status: 400,
      times: 2,
    });
    await type(`reply ${NUMBER} Hello.`);
    await told('may not call');
    await press('outbox_send_again', 'may not call');
    await world.until(() => world.aws.callsOf('AddCommunicationToCase').length === 3, 'the second refusal');
    await told('may not call');
    await press('outbox_cancel', 'may not call');

    for (const choice of ['remove', 'send', 'cancel']) {
      await type(`reply ${NUMBER} ${choice} AKIAIOSFODNN7EXAMPLE wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY`);
      await press(`secrets_${choice}`, 'looks like');
    }
    await told('AWS has your reply', 3);

    await onCard('card_take');
    await world.until(
      () => /Owned by:/.test(shownText(onlyThread(world.slack).card)),
      'the owner on the card',
    );
    await quiet(world);
    for (const chosen of ['give-back', 'follow', 'mute']) await onCard('card_more', chosen);

    const account = world.aws.account('111122223333');
    account.deny = ['DownloadAttachment', 'DescribeAttachment'];
    world.aws.reply(caseId, {
      from: 'aws',
      body: 'See the file.',
      attachments: [{ fileName: 'a.txt', data: new Uint8Array(10) }],
    });
    const refused = 'may not call support:DownloadAttachment';
    await world.until(() => count(onlyThread(world.slack).texts, refused) === 1, 'the refusal');
    const message = onlyThread(world.slack).replies.at(-1);
    assert.ok(message);
    account.deny = [];
    for (const actionId of ['file_link', 'file_retry'])
      await world.slack.click(world.botUrl, { message, actionId, user: ALICE });

    await type(`resolve ${NUMBER}`);
    await told('is resolved');
    await type('doctor');
    await type('audit');
    await told('Who did what');
    const lines = await readTrail(world.environment);
    const seen = new Set(lines.map(({ deed }) => deed));
    const expected = new Set(Object.values(LEAVES).flat());
    assert.deepEqual([...seen].sort(), [...expected].filter((deed) => !ELSEWHERE.includes(deed)).sort());
    for (const deed of ['file-link', 'file-again']) {
      const [line, ...more] = lines.filter((each) => each.deed === deed);
      assert.deepEqual(
        [line?.user, line?.result, line?.caseId, line?.displayId, line?.channel, more],
        [ALICE, 'done', caseId, NUMBER, CHANNEL, []],
      );
    }
  });
});
