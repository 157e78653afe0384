import { ACCOUNT_DEEDS } from '../account-deeds.js';
import { SERVICES, SEVERITY_LEVELS } from '../aws/service-catalogue.js';
import { ACCOUNT, AUDIT_CHANNEL, CHANNEL, CUSTOMERS, PEOPLE } from '../cast.js';
import type { AppManifest } from '../slack/app-manifest.js';
import { SWITCHES } from '../trouble.js';
import type { About } from './protocol.js';

/** What does not change while the sandbox runs. */
export function about(manifest: AppManifest, botUser: string, sweepSeconds: number): About {
  return {
    channel: CHANNEL.id,
    auditChannel: AUDIT_CHANNEL.id,
    people: PEOPLE.map(({ id }) => id),
    botUser,
    commands: manifest.commands.map(({ command, description, usageHint }) => ({
      command,
      description,
      usageHint,
    })),
    shortcuts: manifest.shortcuts
      .filter(({ type }) => type === 'message')
      .map(({ name, callbackId }) => ({ name, callbackId })),
    hasHome: manifest.hasHome,
    account: ACCOUNT,
    customers: CUSTOMERS.map(({ name, role }) => ({ name, role })),
    accountDeeds: [...ACCOUNT_DEEDS],
    services: SERVICES.map(({ code, name, categories }) => ({ code, name, categories: [...categories] })),
    severities: [...SEVERITY_LEVELS],
    switches: SWITCHES,
    sweepSeconds,
  };
}
