import type { CaseKey } from '../case/case-key.js';
import type { SupportApi } from '../support/support-api.js';
import type { CommandDeps } from './command-deps.js';
import type { PermitAsker } from './permit.js';
import { refusedToRead } from './refused-message.js';

/** Somebody may not read a case, by what AWS says of it now. */
export class Barred extends Error {
  /** @param say what they are told. Slack markup. */
  constructor(readonly say: string) {
    super('the case may not be read');
  }
}

/**
 * AWS, asked for a case in the name of somebody who may read it by what is kept of it: where its severity has changed since,
 * they may not any more, and `getCase` rejects with {@link Barred} rather than give them what it says.
 *
 * @param deed what they want.
 */
export function readAs(deps: CommandDeps, asker: PermitAsker, key: CaseKey, deed?: string): SupportApi {
  const api = deps.accounts.for(key.account, 'person');
  return {
    ...api,
    async getCase(caseId) {
      const reading = await api.getCase(caseId);
      const say = reading === null ? null : await refusedToRead(deps, asker, key, deed, reading.case);
      if (say !== null) throw new Barred(say);
      return reading;
    },
  };
}
