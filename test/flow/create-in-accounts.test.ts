import assert from 'node:assert/strict';
import { caseThreads, toldTo } from '../world/reading.js';
import { ACCOUNTS, HUB, listed, NORTH, SOUTH, startAccountsWorld } from '../world/several-accounts.js';
import { ALICE, CHANNEL, type World, type WorldOptions } from '../world/world.js';

const HUB_NAME = 'production (111122223333)';
const NORTH_NAME = 'data team (222233334444)';
const route = (accounts: readonly string[]) => ({
  accounts,
  severities: [],
  services: [],
  categories: [],
  channel: CHANNEL,
  mention: [],
  broadcast: null,
});

interface Shown {
  readonly type: string;
  readonly block_id?: string;
  readonly text?: { readonly text: string };
  readonly label?: { readonly text: string };
  readonly element?: {
    readonly type: string;
    readonly initial_value?: string;
    readonly initial_option?: Option;
    readonly options?: readonly Option[];
  };
}
interface Option {
  readonly text: { readonly text: string };
  readonly value: string;
}

describe('flow: people open cases in one of several accounts', () => {
  let world: World;
  afterEach(() => world.stop());

  const start = async (options: WorldOptions = {}) => {
    world = await startAccountsWorld(options);
  };
  const top = () => {
    const view = world.slack.modalOf(ALICE);
    assert.ok(view, 'no form is open');
    return view;
  };
  const blocks = () => top().view.blocks as unknown as Shown[];
  const input = (label: string) => blocks().find((each) => each.label?.text === label)?.element;
  const form = async () => {
    await world.slack.command(world.botUrl, {
      command: '/support',
      text: 'create Queue stuck',
      user: ALICE,
      channel: CHANNEL,
    });
    await world.until(() => input('Subject') !== undefined, 'the form');
  };
  const account = () => input('AWS account')?.initial_option?.text.text;
  const chooseAccount = async (id: string) => {
    const { options = [] } = input('AWS account') ?? {};
    const selectedOption = options.find(({ value }) => value === id);
    assert.ok(selectedOption);
    const values = { 'text-1': { text: 'The queue stands still.' } };
    const view = top();
    await world.slack.click(world.botUrl, {
      view,
      actionId: 'create_account',
      selectedOption: selectedOption as never,
      values,
      user: ALICE,
    });
  };
  const chooseService = async () => {
    const view = top();
    const asked = { view, actionId: 'create_service', user: ALICE };
    const { options } = await world.slack.suggest(world.botUrl, { ...asked, typed: 'sqs' });
    const [selectedOption] = options as unknown as Option[];
    assert.ok(selectedOption);
    await world.slack.click(world.botUrl, { ...asked, selectedOption: selectedOption as never });
    await world.until(() => input('Category') !== undefined, 'the categories');
  };
  const submit = () =>
    world.slack.submitView(world.botUrl, {
      view: top(),
      user: ALICE,
      values: { create_category: 'performance', 'text-1': { text: 'The queue stands still.' } },
    });
  const warning = () => blocks().find(({ type }) => type === 'section')?.text?.text ?? '';
  const told = (part: string) =>
    world.until(() => toldTo(world.slack, ALICE).some((text) => text.includes(part)), part);

  it('shows them by alias and id, and opens the case in the one that is chosen', async () => {
    await start();
    await form();
    assert.deepEqual(
      input('AWS account')?.options?.map(({ text }) => text.text),
      [HUB_NAME, NORTH_NAME, SOUTH],
    );
    assert.equal(account(), HUB_NAME);
    await chooseAccount(NORTH);
    await world.until(() => account() === NORTH_NAME, 'the other account');
    await chooseService();
    await submit();
    await told('AWS has your case: ');
    assert.deepEqual(
      world.aws.cases().map(({ caseId }) => caseId.slice(5, 17)),
      [NORTH],
    );
    assert.equal(caseThreads(world.slack).length, 1);
  });

  it("begins with the channel's account where routes bring one there, else with the latest", async () => {
    await start({ file: { routes: [route([SOUTH])] } });
    world.aws.openCase({ account: NORTH, subject: 'Latest', body: 'x' });
    await world.until(() => caseThreads(world.slack).length === 1, 'the thread');
    await form();
    assert.equal(account(), SOUTH);
    assert.deepEqual(
      input('AWS account')?.options?.map(({ value }) => value),
      [SOUTH, NORTH, HUB],
    );
    world.reload({ accounts: ACCOUNTS, routes: [route([SOUTH, HUB])] });
    await form();
    await world.until(() => account() === NORTH_NAME, 'that with the latest case');
  });

  it('says what is wrong with an account, and lets the person choose another', async () => {
    await start();
    world.aws.account(NORTH).plan = 'none';
    world.aws.account(HUB).deny = ['DescribeSeverityLevels'];
    await form();
    await world.until(() => /For account production \(111122223333\)/.test(warning()), 'why');
    assert.match(warning(), /support:DescribeSeverityLevels.*You can choose another account/s);
    assert.equal(input('Subject')?.initial_value, 'Queue stuck');
    // Sent all the same, it says so again, and nothing goes to AWS.
    await submitAsItIs();
    assert.match(warning(), /For account production/);
    await chooseAccount(NORTH);
    await world.until(() => /For account data team/.test(warning()), 'why not that one');
    assert.match(warning(), /no support plan/);
    await chooseAccount(SOUTH);
    await world.until(() => input('Service') !== undefined, 'the services');
    assert.equal(warning(), '');
    await chooseService();
    await submit();
    await told('AWS has your case: ');
    assert.deepEqual(
      world.aws.cases().map(({ caseId }) => caseId.slice(5, 17)),
      [SOUTH],
    );
  });

  const submitAsItIs = () =>
    world.slack.submitView(world.botUrl, {
      view: top(),
      user: ALICE,
      values: { 'text-1': { text: 'The queue stands still.' } },
    });

  it('opens none in another account when the chosen one is listed no more', async () => {
    await start();
    await form();
    await world.until(() => input('Service') !== undefined, 'the services');
    await chooseAccount(NORTH);
    await world.until(() => account() === NORTH_NAME, 'the account');
    await chooseService();
    world.reload({ accounts: [listed(HUB, 'production'), listed(SOUTH)] });
    await submit();
    await world.until(() => /none of those any more/.test(warning()), 'why');
    assert.equal(account(), undefined);
    assert.equal(world.aws.callsOf('CreateCase').length, 0);
    await chooseAccount(SOUTH);
    await world.until(() => account() === SOUTH, 'another account');
  });

  it('offers those that fit what is typed, where there are more than a menu takes', async () => {
    const more = Array.from({ length: 150 }, (_, n) => listed(String(600_000_000_000 + n), `team ${n}`));
    await start({
      file: {
        accounts: [
          listed(HUB, 'production'),
          listed(NORTH, 'data team'),
          listed(SOUTH, 'sandbox', { plan: 'basic' }),
          ...more,
        ],
      },
    });
    await form();
    assert.equal(input('AWS account')?.type, 'external_select');
    assert.equal(account(), HUB_NAME);
    const suggested = async (typed: string) => {
      const asked = { view: top(), actionId: 'create_account', user: ALICE, typed };
      const { options } = await world.slack.suggest(world.botUrl, asked);
      return options as unknown as Option[];
    };
    assert.equal((await suggested('')).length, 100);
    const names = async (typed: string) => (await suggested(typed)).map(({ text }) => text.text);
    assert.deepEqual(await names('TEAM 14 '), await names('team 14'));
    assert.deepEqual(await names('600000000149'), ['team 149 (600000000149)']);
    assert.deepEqual(await names('nobody'), []);
    assert.equal((await names('TEAM 0'))[0], 'team 0 (600000000000)');
    assert.equal((await names('60'))[0], 'team 60 (600000000060)');
    const [basic] = await suggested('sandbox');
    assert.ok(basic);
    assert.match(JSON.stringify(basic), /sandbox \(444455556666\).*No case can be opened here/);
    const look = { view: top(), actionId: 'create_account', selectedOption: basic as never, user: ALICE };
    await world.slack.click(world.botUrl, look);
    await world.until(() => /plan “basic”/.test(JSON.stringify(top().view)), 'why not');
    const [north] = await suggested('data team');
    assert.ok(north);
    const view = top();
    const chosen = { view, actionId: 'create_account', selectedOption: north as never, user: ALICE };
    await world.slack.click(world.botUrl, chosen);
    await world.until(() => account() === NORTH_NAME, 'the other account');
    await chooseService();
    await submit();
    await told('AWS has your case: ');
    assert.deepEqual(
      world.aws.cases().map(({ caseId }) => caseId.slice(5, 17)),
      [NORTH],
    );
  });
});
