import assert from 'node:assert/strict';
import { stringify } from 'node:querystring';
import type { Ephemeral } from '../../src/sandbox/slack/ephemeral.js';
import { shownText } from '../../src/sandbox/slack/start-slack.js';
import { signed } from '../fuzz/signed.js';
import { directsTo } from '../world/on-card.js';
import { caseThreads, notices, toldTo } from '../world/reading.js';
import { HUB, listed, NORTH, SOUTH, startAccountsWorld } from '../world/several-accounts.js';
import { ALICE, BOB, CHANNEL, type World, type WorldOptions } from '../world/world.js';

const NUMBER = '5555555555';
const LEAKY = 'The key is AKIAIOSFODNN7EXAMPLE, secret wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';

describe('flow: commands across accounts', () => {
  let world: World;
  const start = async (options: WorldOptions = {}) => {
    world = await startAccountsWorld(options);
    return world;
  };
  afterEach(() => world.stop());

  const type = async (text: string, user = ALICE): Promise<string> => {
    const delivery = await world.slack.command(world.botUrl, {
      command: '/support',
      text,
      user,
      channel: CHANNEL,
    });
    assert.equal(delivery.failed, undefined);
    return toldTo(world.slack, user).at(-1) ?? '';
  };
  const last = (): Ephemeral => {
    const found = world.slack.ephemerals.findLast(({ user }) => user === ALICE);
    assert.ok(found);
    return found;
  };
  const told = (part: string | RegExp) =>
    world.until(
      () =>
        toldTo(world.slack, ALICE).some((text) =>
          typeof part === 'string' ? text.includes(part) : part.test(text),
        ),
      String(part),
    );
  /** Two cases with one number: in the bot's own account, and in that of the data team. */
  const twins = async () => {
    const { aws } = world;
    const hub = aws.openCase({ account: HUB, subject: 'Disk full', body: 'Hub.', displayId: NUMBER });
    const north = aws.openCase({ account: NORTH, subject: 'Login fails', body: 'North.', displayId: NUMBER });
    await world.until(
      () => caseThreads(world.slack).filter(({ replies }) => replies.length === 1).length === 2,
      'both threads',
    );
    return { hub: hub.caseId, north: north.caseId };
  };
  /** Presses the button that names the account. */
  const choose = (name: string, on = last()) => {
    const buttons = on.blocks.flatMap((block) =>
      ((block as { elements?: { action_id?: string; text?: { text?: string } }[] }).elements ?? []).filter(
        ({ text }) => text?.text === name,
      ),
    );
    const [actionId] = buttons.map((each) => each.action_id);
    assert.ok(actionId, `no button ${name} in ${shownText(on)}`);
    return world.slack.click(world.botUrl, { ephemeral: on, actionId, user: ALICE });
  };
  /** A client that is late, or not ours, sends what it shows no more. */
  const forge = async (value: string, user = ALICE) => {
    const { teamId, appId } = world.slack.app;
    const payload = {
      type: 'block_actions',
      user: { id: user, name: 'x', team_id: teamId },
      api_app_id: appId,
      team: { id: teamId, domain: 'acme' },
      trigger_id: '1.2.forged',
      channel: { id: CHANNEL, name: 'aws-cases' },
      container: { type: 'message', message_ts: '1.000001', channel_id: CHANNEL, is_ephemeral: true },
      actions: [{ type: 'button', block_id: 'b', action_id: 'choose_case:0', action_ts: '1.2', value }],
    };
    const body = stringify({ payload: JSON.stringify(payload) });
    const headers = { 'content-type': 'application/x-www-form-urlencoded', ...signed(body) };
    const { status } = await fetch(`${world.botUrl}/slack/events`, { method: 'POST', body, headers });
    assert.equal(status, 200);
  };
  /** What the buttons of a question carry. */
  const valuesOf = (on: Ephemeral): string[] =>
    on.blocks
      .flatMap((block) => (block as { elements?: { action_id?: string; value?: string }[] }).elements ?? [])
      .flatMap(({ action_id, value }) => (action_id?.startsWith('choose_case') && value ? [value] : []));
  const bodies = (caseId: string) => world.aws.case(caseId).communications.map(({ body }) => body);

  describe('a number that is that of two cases', () => {
    it('is asked about, with account, subject and how each stands, and then shown', async () => {
      await start();
      const { hub, north } = await twins();
      const said = await type(`show ${NUMBER}`);
      assert.match(said, /means more than one case, so nothing was done yet\. Which one do you mean\?/);
      assert.match(said, /type it like \/support show production\/5555555555/);
      assert.match(said, /Disk full[\s\S]*Waiting for AWS[\s\S]*account production \(111122223333\)/);
      assert.match(said, /Login fails[\s\S]*account data team \(222233334444\)/);
      assert.ok(said.includes(hub) && said.includes(north));
      await choose('data team (222233334444)');
      await world.until(() => /North\.$/m.test(shownText(last())), 'the case in place of the question');
      assert.doesNotMatch(shownText(last()), /Which one/);
    });

    it('keeps a long reply, and sends it once to the one that was pressed first', async () => {
      await start();
      const { hub, north } = await twins();
      const text = `${'A line of the reply.\n'.repeat(330)}The end.`;
      const said = await type(`reply ${NUMBER} ${text}`);
      assert.match(said, /Your text is kept for 24 hours[\s\S]*A line of the reply\./);
      const question = last();
      assert.deepEqual([bodies(hub).length, bodies(north).length], [1, 1]);
      await Promise.all([
        choose('data team (222233334444)', question),
        choose('production (111122223333)', question),
        choose('data team (222233334444)', question),
      ]);
      await told(/AWS has your reply on Case 5555555555/);
      await world.bridge.idle();
      assert.equal(bodies(hub).length + bodies(north).length, 3);
      const sent = [...bodies(hub), ...bodies(north)].find((body) => body.startsWith('A line')) ?? '';
      assert.ok(sent.startsWith(text.trim()));
      // Every press is told of the account to which it went.
      const account = bodies(hub).length === 2 ? 'production' : 'data team';
      const heard = question.history.map(({ text }) => text).concat(last().text);
      assert.ok(
        heard.slice(1).every((each) => !/in account/.test(each) || each.includes(`in account ${account}`)),
      );
    });

    it('takes a reply to where its button says, and tells a second press so', async () => {
      await start();
      const { hub, north } = await twins();
      await type(`reply ${NUMBER} For the north.`);
      const question = structuredClone(last());
      await choose('data team (222233334444)');
      await world.until(() => bodies(north).length === 2, 'the reply');
      assert.match(
        shownText(last()),
        /Sending your reply on Case 5555555555 .*in account data team \(222233334444\)/,
      );
      assert.match(bodies(north)[1] ?? '', /^For the north\.\n/);
      await told('AWS has your reply');
      for (const value of valuesOf(question)) await forge(value);
      await world.until(
        () =>
          toldTo(world.slack, ALICE).filter((text) =>
            /You chose Case 5555555555 .*in account data team .* before, .*AWS has your reply/.test(text),
          ).length === 2,
        'answers to both',
      );
      assert.deepEqual([bodies(hub).length, bodies(north).length], [1, 2]);
    });

    it('resolves one of them', async () => {
      await start();
      const { hub, north } = await twins();
      await type(`resolve ${NUMBER}`);
      const question = last();
      await Promise.all([
        choose('production (111122223333)', question),
        choose('data team (222233334444)', question),
      ]);
      await told(/is resolved\./);
      const resolved = [hub, north].filter((id) => world.aws.case(id).status === 'resolved');
      assert.equal(resolved.length, 1);
      assert.equal(world.aws.callsOf('ResolveCase').length, 1);
    });

    it('is left alone where nobody wants it resolved any more', async () => {
      await start();
      await twins();
      await type(`resolve ${NUMBER}`);
      await world.slack.click(world.botUrl, { ephemeral: last(), actionId: 'outbox_cancel', user: ALICE });
      await told('Not resolved. Nothing was changed on Case 5555555555.');
    });

    it('asks before the form for a reply opens', async () => {
      await start();
      const { north } = await twins();
      assert.match(await type(`reply ${NUMBER}`), /Which one do you mean\?/);
      assert.equal(world.slack.modalOf(ALICE), undefined);
      await choose('data team (222233334444)');
      await world.until(() => world.slack.modalOf(ALICE)?.view.submit !== undefined, 'the form');
      const view = world.slack.modalOf(ALICE);
      assert.ok(view);
      assert.match(shownText({ text: '', blocks: view.view.blocks as never }), /data team \(222233334444\)/);
      await world.slack.submitView(world.botUrl, {
        view,
        user: ALICE,
        values: { 'text-1': { text: 'By the form.' } },
      });
      await world.until(() => bodies(north).length === 2, 'the reply');
    });

    it('is asked about however long subjects, aliases and text are, with the id on each button', async () => {
      const alias = `${'R&D <a> '.repeat(7)}x`;
      const ids = [HUB, NORTH, SOUTH, ...Array.from({ length: 5 }, (_, n) => String(500000000000 + n))];
      const file = { accounts: ids.map((id, n) => listed(id, `${alias}${n}`)) };
      const accounts = ids.map((id) => ({ id, accessKeyId: `AKIA${id}0000`, secretAccessKey: `s-${id}` }));
      await start({ file, aws: { accounts } });
      for (const id of ids.slice(3))
        world.aws.addRole({ arn: `arn:aws:iam::${id}:role/casethread`, trusts: HUB });
      for (const account of ids)
        world.aws.openCase({ account, subject: '"'.repeat(250), body: 'x', displayId: NUMBER });
      await world.until(() => caseThreads(world.slack).length === 8, 'the threads');
      await type(`show ${NUMBER}`);
      await told(/Which one do you mean/);
      await type(`reply ${NUMBER} ${'"A": "B", '.repeat(60)}`);
      await told(/Your text is kept for 24 hours/);
      const labels = JSON.stringify(last().blocks).match(/… \(\d{12}\)/g) ?? [];
      assert.equal(new Set(labels).size, 8);
    });

    it('asks about secrets once it is known where the text goes', async () => {
      await start();
      const { hub, north } = await twins();
      await type(`reply ${NUMBER} ${LEAKY}`);
      await choose('data team (222233334444)');
      await told(/was not sent yet: it holds what looks like[\s\S]*You chose .* in account data team/);
      assert.deepEqual([bodies(hub).length, bodies(north).length], [1, 1]);
      await world.slack.click(world.botUrl, { ephemeral: last(), actionId: 'secrets_send', user: ALICE });
      await world.until(() => bodies(north).length === 2, 'the reply');
      assert.equal(bodies(hub).length, 1);
    });

    it('sends nothing when the person leaves it, or somebody else presses', async () => {
      await start();
      const { hub, north } = await twins();
      await type(`reply ${NUMBER} Never mind.`);
      const question = last();
      const values = valuesOf(question);
      assert.equal(values.length, 2);
      for (const value of values) await forge(value, BOB);
      await world.until(
        () =>
          toldTo(world.slack, BOB).filter((text) => /Only the person who wrote this/.test(text)).length === 2,
        'refusals',
      );
      await world.slack.click(world.botUrl, { ephemeral: question, actionId: 'outbox_cancel', user: ALICE });
      await told('Not sent. Nothing was changed on Case 5555555555.');
      assert.deepEqual([bodies(hub).length, bodies(north).length], [1, 1]);
      for (const value of values) await forge(value);
      await world.until(
        () => toldTo(world.slack, ALICE).filter((text) => /Not sent\. Nothing/.test(text)).length === 3,
        'answers to late presses',
      );
      await forge('nonsense');
      await forge('0123456789 nonsense');
      await forge(`0123456789 ${HUB}/${hub}`);
      await told('I have no record of this any more');
      assert.deepEqual([bodies(hub).length, bodies(north).length], [1, 1]);
    });

    it('is no question with the account before it, by alias or id', async () => {
      await start();
      const { hub, north } = await twins();
      assert.match(
        await type(`reply Production/${NUMBER} To the hub.`),
        /Sending your reply on Case 5555555555 .*in account production \(111122223333\) to AWS/,
      );
      await told(/AWS has your reply on Case 5555555555 .*in account production \(111122223333\)\./);
      await world.until(() => bodies(hub).length === 2, 'the reply');
      assert.match(await type(`reply “Data team”/${NUMBER} To the north.`), /Sending your reply/);
      await world.until(() => bodies(north).length === 2, 'the other reply');
      await type(`show ${NORTH}/${NUMBER}`);
      await told(/Login fails/);
      await told('To the north');
      const unknown = await type(`reply prodction/${NUMBER} Keep these words.`);
      assert.match(
        unknown,
        /I know no account “prodction”.*These I know: production \(111122223333\), .*Keep these words\./s,
      );
    });
  });

  describe('a case that the bot does not know yet', () => {
    const hidden = (account: string) =>
      world.aws.openCase({ account, subject: 'Hidden', body: 'Found.', displayId: NUMBER, silent: true });

    it('is found in whichever account has it, though another fails', async () => {
      await start();
      hidden(SOUTH);
      world.aws.account(NORTH).deny = ['DescribeCases'];
      await type(`show ${NUMBER}`);
      await told(/Hidden[\s\S]*account 444455556666/);
      await told('Found.');
      await world.until(() => caseThreads(world.slack).length === 1, 'its thread');
    });

    it('takes no reply and is not resolved before the person has said that it is the one, where an account was away', async () => {
      await start();
      const { caseId } = hidden(SOUTH);
      world.aws.account(NORTH).deny = ['DescribeCases'];
      const said = await type(`reply ${NUMBER} Meant for one of them.`);
      assert.match(said, /but could not ask one other, which may have a case with this number too/);
      assert.match(said, /Is this the one that you mean\?[\s\S]*\/support reply 444455556666\/5555555555/);
      assert.match(said, /account 444455556666[\s\S]*Meant for one of them\./);
      assert.equal(bodies(caseId).length, 1);
      await choose('444455556666');
      await told(/AWS has your reply on Case 5555555555 .*in account 444455556666/);
      assert.match(bodies(caseId)[1] ?? '', /^Meant for one of them\./);

      const other = world.aws.openCase({
        account: SOUTH,
        subject: 'Other',
        body: 'x',
        displayId: '6666666666',
        silent: true,
      });
      assert.match(await type('resolve 6666666666'), /Is this the one that you mean\?/);
      assert.equal(world.aws.callsOf('ResolveCase').length, 0);
      await choose('444455556666');
      await told(/Case 6666666666 .*in account 444455556666 is resolved\./);
      assert.equal(world.aws.case(other.caseId).status, 'resolved');
    });

    it('is asked about when two have the number', async () => {
      await start();
      hidden(HUB);
      hidden(SOUTH);
      const said = await type(`show ${NUMBER}`);
      assert.match(said, /production \(111122223333\)[\s\S]*444455556666/);
      await choose('444455556666');
      await told('Found.');
    });

    it('that is found nowhere may be in an account that could not be asked', async () => {
      await start();
      world.aws.account(NORTH).plan = 'none';
      const said = await type(`reply ${NUMBER} Words worth keeping.`);
      assert.match(said, /1 of 3 accounts could not be asked, so nothing was done/);
      assert.match(said, /data team \(222233334444\).*support plan[\s\S]*Words worth keeping\./);
    });

    it('is not waited for longer than Slack waits', async () => {
      await start();
      const held = world.aws.fault('DescribeCases', {
        kind: 'hold-before',
        times: 9,
        when: ({ account }) => account === NORTH,
      });
      assert.match(
        await type(`show ${NUMBER}`),
        /1 of 3 accounts could not be asked.*They take long to answer/,
      );
      held.release();
    });

    it('is looked for only in the account that is named, also by a case id', async () => {
      await start();
      const { caseId } = hidden(SOUTH);
      const asked = () => [...new Set(world.aws.callsOf('DescribeCases').map(({ account }) => account))];
      await type(`show ${SOUTH}/${NUMBER}`);
      await told('Found.');
      await type(`show ${caseId}`);
      await type(
        `show https://${SOUTH}-abcd1234.us-east-1.console.aws.amazon.com/support/home#/case/?displayId=1234567890`,
      );
      assert.deepEqual(asked(), [SOUTH]);
      assert.match(
        await type(`show 999999999999/${NUMBER}`),
        /could not look up.*999999999999 is not listed in CONFIG_FILE/,
      );
    });
  });

  describe('a list', () => {
    const names = () => shownText(last());

    it('of one account has its cases alone, on every page', async () => {
      const { aws } = await start();
      for (let i = 0; i < 12; i++) aws.openCase({ account: NORTH, subject: `North ${i}`, body: 'x' });
      aws.openCase({ account: HUB, subject: 'Of the hub', body: 'x' });
      await world.until(() => caseThreads(world.slack).length === 13, 'the threads');
      assert.match(await type('list'), /13 open cases, 1 to 10/);
      assert.match(
        await type('list open Data  Team.'),
        /12 open cases in account data team \(222233334444\), 1 to 10/,
      );
      await world.slack.click(world.botUrl, { ephemeral: last(), actionId: 'list_page:older', user: ALICE });
      await world.until(
        () => /12 open cases in account data team .*, 11 to 12/.test(names()),
        'the second page',
      );
      assert.doesNotMatch(names(), /Of the hub/);
      assert.match(await type('list "data team"'), /12 open cases in account data team/);
      assert.match(await type(`list all ${HUB}`), /1 case in account production[\s\S]*Of the hub/);
      assert.match(await type('list resolved production'), /no resolved cases in account production/);
    });

    it('knows an account by each alias that it may have, in either order, and by its id as AWS writes it', async () => {
      const aliases = ['Acme Inc.', '(legacy)', 'all hands'];
      const accounts = [HUB, NORTH, SOUTH].map((id, n) => listed(id, aliases[n] ?? null));
      const { aws } = await start({ file: { accounts } });
      for (const account of [HUB, NORTH, SOUTH])
        aws.openCase({ account, subject: `Of ${account}`, body: 'x', displayId: NUMBER });
      await world.until(() => caseThreads(world.slack).length === 3, 'the threads');
      for (const [text, id] of [
        ['list open Acme Inc.', HUB],
        ['list acme  inc. open', HUB],
        ['list (legacy)', NORTH],
        ['list all hands', SOUTH],
        ['list all hands all', SOUTH],
        ['list 4444-5555-6666', SOUTH],
      ] as const)
        assert.match(await type(text), new RegExp(`1 .*case in account .*Of ${id}`, 's'), text);
      for (const [text, id] of [
        ['show (legacy)/5555555555', NORTH],
        ['show (4444-5555-6666/5555555555)', SOUTH],
        ['show "all hands"/5555555555', SOUTH],
      ] as const) {
        await type(text);
        await told(new RegExp(`Of ${id}`));
      }
      assert.match(await type('show all hands 5555555555'), /“all” is not a case.*in quotes.*\/1234563851/s);
      assert.match(await type('list @here'), /not “@here”/);
    });

    it('says of which cases nothing is heard any more, because the file lists their account no longer', async () => {
      await start();
      await twins();
      world.reload({ accounts: [listed(HUB, 'production')] });
      assert.match(
        await type('list'),
        /Login fails\n.*account 222233334444.*\n:warning: Its account is not followed, so this may be out of date/,
      );
      assert.doesNotMatch(await type(`list ${HUB}`), /out of date/);
      await type(`show ${NORTH}/${NUMBER}`);
      await told(
        /222233334444 is not listed in CONFIG_FILE, so its cases are not followed, .*may be out of date/,
      );
    });

    it('of an account that could not be asked says so', async () => {
      await start({ timing: { sweepMs: 100 } });
      world.aws.openCase({ account: HUB, subject: 'Ours', body: 'x' });
      world.aws.account(NORTH).deny = ['DescribeCases'];
      const isAway =
        /no open cases in account data team .* :warning: The account could not be asked .*DescribeCases/s;
      await world.until(async () => isAway.test(await type('list open data team')), 'word of it');
      assert.doesNotMatch(await type('list production'), /could not be asked/);
    });

    it('of an account that nobody knows names those that are known', async () => {
      await start();
      const said = await type('list open prodution');
      assert.match(said, /I know no account “prodution”/);
      assert.match(said, /These I know: production \(111122223333\), .*444455556666/);
      assert.match(await type('list all 999999999999'), /I know no account “999999999999”/);
      assert.match(
        await type('list closed'),
        /open, resolved or all cases, and those of one account, not “closed”\. These accounts I know/,
      );
    });
  });

  it('of which several cannot be asked are said so in one message, and are counted as one reason', async () => {
    const { aws, slack, until } = await start();
    for (const id of [NORTH, SOUTH]) aws.removeRole(`arn:aws:iam::${id}:role/casethread`);
    await world.restart();
    aws.openCase({ account: NORTH, subject: 'One', body: 'x' });
    const alone =
      /1 case needs a person\. AWS account data team \(222233334444\): .*arn:aws:iam::222233334444:role\/casethread/;
    await until(() => notices(slack).some((text) => alone.test(text)), 'word of one');
    aws.openCase({ account: SOUTH, subject: 'Two', body: 'x' });
    const both =
      /2 cases need a person\. 2 AWS accounts \(data team \(222233334444\), 444455556666\): .*arn:aws:iam::…:role\/casethread/;
    await until(() => notices(slack).some((text) => both.test(text)), 'word of both');
    assert.equal(notices(slack).length, 1);
    const answer = await fetch(`${world.botUrl}/readyz`);
    const { parked } = (await answer.json()) as { parked: { reason: string; cases: number }[] };
    assert.deepEqual(
      parked.map(({ cases }) => cases),
      [2],
    );
    assert.doesNotMatch(JSON.stringify(parked), /222233334444|444455556666|data team/);
  });

  it('show the account in a direct message', async () => {
    const { aws } = await start();
    const { caseId } = aws.openCase({ account: NORTH, subject: 'Mine', body: 'Opening.' });
    await world.until(() => caseThreads(world.slack)[0]?.replies.length === 1, 'the thread');
    const [thread] = caseThreads(world.slack);
    assert.ok(thread);
    await world.slack.click(world.botUrl, { message: thread.card, actionId: 'card_take', user: ALICE });
    await world.until(() => /Alice/.test(shownText(caseThreads(world.slack)[0]?.card as never)), 'the owner');
    aws.reply(caseId, { from: 'aws', body: 'Answer.' });
    await world.until(
      () =>
        directsTo(world, ALICE).some((each) =>
          /AWS Support answered on .*Mine · account data team \(222233334444\)/.test(shownText(each)),
        ),
      'the direct message',
    );
  });
});
