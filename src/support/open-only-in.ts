import type { Identity } from './identify.js';
import { ACCOUNT_REASONS } from './reasons.js';
import type { SupportApi } from './support-api.js';
import { SupportError } from './support-error.js';

/**
 * Where no account is listed, the bot's own credentials serve whatever account is asked for. Reading another one's cases
 * with them finds nothing; a new case would be opened in the wrong account. It may be meant for one that was listed when
 * somebody wrote it. Where AWS does not say whose the credentials are, it is opened: the account is then one whose cases they
 * have shown.
 */
export function openOnlyIn(
  account: string,
  api: SupportApi,
  identify: (account: string) => Promise<Identity>,
): SupportApi {
  return {
    ...api,
    async openCase(newCase, atTurn) {
      const own = await identify(account).catch(() => null);
      if (own !== null && own.account !== account) {
        throw new SupportError(
          'refused',
          'other-account',
          ACCOUNT_REASONS.notOwn(account, own.account),
          'no',
        );
      }
      return api.openCase(newCase, atTurn);
    },
  };
}
