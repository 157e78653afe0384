import type { SupportPlan } from '../case/account.js';
import { accountName } from '../case/account-name.js';
import { channelsOf, destinationOf, type Routing } from '../case/routing.js';
import type { CommandDeps } from '../commands/command-deps.js';
import type { ConfigFile } from '../config/config-file.js';
import { refusedBy } from '../config/refused-by.js';
import type { Config } from '../config.js';

/** What the parts of the bot ask of the configuration. CONFIG_FILE may change while they run, so they ask each time. */
export class LiveSettings {
  readonly #config: Config;
  #file: ConfigFile;

  constructor(config: Config) {
    this.#config = config;
    this.#file = config.file;
  }

  readonly file = (): ConfigFile => this.#file;

  change(file: ConfigFile): void {
    this.#file = file;
  }

  /** What people call an account, with its id. */
  readonly accountName = (account: string): string => accountName(this.#alias(account), account);

  /** The same where several accounts are known, or it has a name; else null: there is nothing to tell apart. */
  readonly accountToName = (account: string): string | null => {
    const name = this.accountName(account);
    return this.#knownAccounts().length > 1 || name !== account ? name : null;
  };

  readonly supportPlan = (account: string): SupportPlan | null =>
    this.#file.accounts.find(({ id }) => id === account)?.plan ?? null;

  readonly routing = (): Routing => ({
    routes: this.#file.routes,
    channel: this.#config.slackChannel,
    broadcast: this.#config.broadcast,
  });

  /** In which threads may be. */
  readonly channels = (): readonly string[] => channelsOf(this.routing());

  /** All channels that the bot writes to: threads may be in all of them but the one in which calls are shown. */
  readonly writtenChannels = (): readonly string[] => {
    const { audit } = this.#file;
    return [...new Set([...this.channels(), ...(audit === null ? [] : [audit.channel])])];
  };

  /** Which setting refuses an account's events; null where they are taken. */
  readonly refusedBy = (account: string) => refusedBy(account, this.#config.awsAccounts, this.#file);

  /** ARNs of the roles in which the bot acts. */
  readonly ownRoles = (): readonly string[] => this.#file.accounts.flatMap(({ role }) => role ?? []);

  forCommands(): Pick<
    CommandDeps,
    'knownAccounts' | 'isFollowed' | 'accountsRoutedTo' | 'caseChannels' | 'permissions' | 'threadChannelOf'
  > {
    return {
      knownAccounts: () => this.#knownAccounts(),
      isFollowed: (account) => this.refusedBy(account) === null,
      accountsRoutedTo: (channel) => [
        ...new Set(this.#file.routes.flatMap((route) => (route.channel === channel ? route.accounts : []))),
      ],
      caseChannels: this.channels,
      permissions: this.file,
      threadChannelOf: (key, details) => destinationOf(this.routing(), key, details).channel,
    };
  }

  #alias(account: string): string | null {
    const listed = this.#file.accounts.find(({ id }) => id === account);
    return listed?.alias ?? this.#config.awsAccountAliases.get(account) ?? null;
  }

  /** Those that are listed first, in their order. */
  #knownAccounts() {
    const { awsAccounts, awsAccountAliases } = this.#config;
    const listed = this.#file.accounts.map(({ id }) => id);
    const all = new Set([...listed, ...awsAccountAliases.keys(), ...awsAccounts]);
    return [...all].map((id) => ({ id, alias: this.#alias(id) }));
  }
}
