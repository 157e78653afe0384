import type { App, Receiver } from '@slack/bolt';
import { caseKeyText } from '../case/case-key.js';
import { directText } from '../case/direct.js';
import { createSlackApp } from '../commands/app.js';
import type { CommandDeps } from '../commands/command-deps.js';
import { createSeal } from '../commands/form-parts/seal.js';
import type { HomeTabs } from '../commands/home/home-tabs.js';
import type { PermitDeps } from '../commands/permit.js';
import { mayRead } from '../commands/readable.js';
import type { Config } from '../config.js';
import { AHEAD_MS } from '../inbox/inbox.js';
import { markingChanges } from '../outbox/marking-changes.js';
import type { Sweeper } from '../reconcile/sweeper.js';
import type { Storage } from '../storage/storage.js';
import type { AwsAccounts } from '../support/accounts.js';
import { doctorFor } from './doctor.js';
import type { LiveSettings } from './live-settings.js';
import type { SlackParts } from './slack.js';

export interface CommandsForDeps extends Pick<CommandDeps, 'catalogue' | 'outbox' | 'trail' | 'log'> {
  readonly config: Config;
  readonly settings: LiveSettings;
  readonly storage: Storage;
  readonly accounts: AwsAccounts;
  readonly slack: SlackParts;
  readonly permit: PermitDeps & ReturnType<LiveSettings['forCommands']>;
  readonly home: Pick<HomeTabs, 'show'>;
  /** Asked only once everything is wired. */
  readonly sweeper: () => Pick<Sweeper, 'troubleOf'>;
  /** The way by which Slack's requests come. */
  readonly receiver: Receiver;
}

/** What people may do in Slack. Somebody waits for it: a case that they name goes ahead of others. */
export function commandsFor({
  config,
  settings,
  storage,
  accounts,
  slack,
  permit,
  home,
  sweeper,
  receiver,
  ...given
}: CommandsForDeps): App {
  const { store, cases, cards, directs } = storage;
  const markAhead = (key: string) => cases.mark(key, AHEAD_MS);
  return createSlackApp(
    {
      ...given,
      store,
      accounts: markingChanges(accounts, { store, mark: markAhead, by: ['severity', 'status'] }),
      slack: slack.messages,
      views: slack.views,
      unfurls: slack.unfurls,
      seal: createSeal(config.slackBotToken),
      accountName: settings.accountName,
      accountToName: settings.accountToName,
      ...permit,
      markCase: (key) => markAhead(caseKeyText(key)),
      markCard: (key) => cards.mark(caseKeyText(key)),
      markDirect: (direct) => directs.mark(directText(direct)),
      mayShowIn: async (channel, record, user) =>
        record.channel === channel && (await mayRead(permit, { user, channel }, record)) === true,
      showHome: (user) => home.show(user),
      accountTrouble: (account) => sweeper().troubleOf(account),
      examine: doctorFor({ config, file: settings.file, storage, accounts }),
      parked: async () => new Map((await cases.parked()).map(({ key, reason }) => [key, reason])),
      now: () => storage.now(),
    },
    { botToken: config.slackBotToken, slackApiUrl: config.slackApiUrl, receiver },
  );
}
