import { channelsOf } from '../case/routing.js';
import type { CommandDeps } from '../commands/command-deps.js';
import type { ConfigFile } from '../config/config-file.js';
import type { Config } from '../config.js';

/** What people's commands go by of the configuration, as CONFIG_FILE has it at the moment. */
export function settingsOfCommands(
  { slackChannel, awsAccounts, awsAccountAliases }: Config,
  file: () => ConfigFile,
): Pick<CommandDeps, 'knownAccounts' | 'accountsRoutedTo' | 'caseChannels' | 'administrators'> {
  return {
    knownAccounts() {
      const listed = file().accounts.map(({ id, alias }) => ({
        id,
        alias: alias ?? awsAccountAliases.get(id) ?? null,
      }));
      const others = new Set([...awsAccountAliases.keys(), ...awsAccounts]);
      for (const { id } of listed) others.delete(id);
      return [...listed, ...[...others].map((id) => ({ id, alias: awsAccountAliases.get(id) ?? null }))];
    },
    accountsRoutedTo: (channel) => [
      ...new Set(file().routes.flatMap((route) => (route.channel === channel ? route.accounts : []))),
    ],
    caseChannels: () => channelsOf({ routes: file().routes, channel: slackChannel }),
    administrators: () => file().administrators,
  };
}
