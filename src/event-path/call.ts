import type { EventPathClients } from './clients.js';
import { isGone, toEventPathError } from './errors.js';

/**
 * One call of AWS. Throws an EventPathError.
 *
 * @param action its IAM action: `events:PutRule`.
 * @param about what it is done to: `the rule casethread`.
 */
export async function call<T>(
  { region }: Pick<EventPathClients, 'region'>,
  action: string,
  about: string,
  make: () => Promise<T>,
): Promise<T> {
  try {
    return await make();
  } catch (error) {
    throw toEventPathError(error, { action, about, region });
  }
}

/** Like call; null where what it is about is not there. */
export function callIfThere<T>(
  clients: Pick<EventPathClients, 'region'>,
  action: string,
  about: string,
  make: () => Promise<T>,
): Promise<T | null> {
  return call(clients, action, about, async () => {
    try {
      return await make();
    } catch (error) {
      if (isGone(error)) return null;
      throw error;
    }
  });
}
