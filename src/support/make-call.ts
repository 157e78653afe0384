import type { SupportClient } from '@aws-sdk/client-support';
import { ofAccount } from '../case/of-account.js';
import type { Lent } from './account-client.js';
import type { CallPace } from './call-pace.js';
import { hasSessionEnded, toSupportError } from './errors.js';
import type { Urgency } from './support-api.js';
import { SupportError } from './support-error.js';

export interface CallDeps {
  /** The client must be made with `maxAttempts: 1`: a retry inside the SDK could say a reply twice. */
  readonly lend: () => Lent;
  /** Whose session signs; null: the bot's own credentials do. */
  readonly role: string | null;
  /** What people call the account, where several are listed: then errors name it. */
  readonly whose: string | null;
  readonly pace: CallPace;
  readonly count: (operation: string, result: string) => void;
}

/**
 * Makes one call when its turn comes. Rejects with a SupportError, or with what `atTurn` rejects with.
 *
 * @param atTurn awaited right before it leaves, when its turn has come and there are credentials for it.
 */
export type Call = <T>(
  operation: string,
  send: (client: SupportClient) => Promise<T>,
  atTurn?: () => void | Promise<void>,
) => Promise<T>;

export function makeCall({ lend, role, whose, pace, count }: CallDeps, urgency: Urgency): Call {
  return (operation, send, atTurn) =>
    pace(urgency, async () => {
      const { client, giveBack } = lend();
      let result: 'ok' | SupportError | null = null;
      const inWords = async (cause: unknown): Promise<never> => {
        let error = toSupportError(cause, operation, role);
        // Otherwise the SDK would sign with it until the end that AWS once named.
        if (hasSessionEnded(error)) {
          await client.config.credentials({ forceRefresh: true }).catch((why: unknown) => {
            error = toSupportError(why, operation, role);
          });
        }
        result = whose === null ? error : named(error, whose);
        count(operation, result.kind);
        throw result;
      };
      try {
        // Whoever writes down that something leaves must not do so where there is nothing to sign it with.
        await client.config.credentials().catch(inWords);
        await atTurn?.();
        const answer = await send(client).catch(inWords);
        result = 'ok';
        count(operation, 'ok');
        return answer;
      } finally {
        giveBack(result);
      }
    });
}

const OF_THE_ACCOUNT: readonly SupportError['kind'][] = [
  'no-plan',
  'no-permission',
  'throttled',
  'unreachable',
];

/** With many accounts, whoever has to put something right needs to know in which. */
function named(error: SupportError, whose: string): SupportError {
  if (!OF_THE_ACCOUNT.includes(error.kind)) return error;
  const { kind, code, sentence, happened, cause, requestId } = error;
  return new SupportError(kind, code, ofAccount(whose, sentence), happened, { cause, requestId });
}
