/** What people do in an account that no case's thread shows, as calls that CloudTrail tells of. */
import { randomBytes, randomUUID } from 'node:crypto';
import type { ConsolePerson } from './aws/console-person.js';
import type { Aws } from './aws/start-aws.js';
import type { CallMade } from './aws/trail/call-event.js';
import { inConsole, rootInConsole, type Who } from './aws/trail/who.js';
import { ACCOUNT } from './cast.js';
import type { AccountDeed } from './page/protocol.js';

/** In the order in which the page shows them. */
export const ACCOUNT_DEEDS = [
  { name: 'change-plan', label: 'Change the support plan' },
  { name: 'change-plan-as-root', label: '… as root, without MFA' },
  { name: 'refresh-checks', label: 'Refresh 20 checks of Trusted Advisor' },
  { name: 'refused-reply', label: 'Reply to a case without permission' },
] as const satisfies readonly { name: AccountDeed; label: string }[];

const CHECKS = 20;
const LEVELS = ['ENTERPRISE', 'BUSINESS'] as const;

/** Gives back what does one of them, in the name of whoever is in the console; false where there is no case to do it to. */
export function accountDeeds(aws: Aws): (name: AccountDeed, by: ConsolePerson) => boolean {
  let changes = 0;
  const call = (made: Omit<CallMade, 'account' | 'at'>) =>
    aws.record({ account: ACCOUNT, at: Date.now(), ...made });
  const changePlan = (who: Who) => {
    // To and fro: from the second time on it can be told how the plan stood before.
    const supportLevel = LEVELS[changes++ % LEVELS.length];
    call({
      source: 'supportplans.amazonaws.com',
      name: 'StartSupportPlanUpdate',
      region: 'us-west-2',
      who,
      asked: { clientToken: randomUUID(), update: { supportLevel } },
      answered: {
        supportPlanUpdateArn: `arn:aws:supportplans::${ACCOUNT}:supportplanupdate/${randomBytes(32).toString('hex')}`,
      },
    });
  };
  return (name, by) => {
    const person = inConsole(by, ACCOUNT, Date.now());
    const support = { source: 'support.amazonaws.com', who: person, answered: null };
    switch (name) {
      case 'change-plan':
        changePlan(person);
        return true;
      case 'change-plan-as-root':
        changePlan(rootInConsole(ACCOUNT, Date.now()));
        return true;
      case 'refresh-checks':
        for (let n = 0; n < CHECKS; n += 1) {
          const checkId = randomBytes(5).toString('hex');
          call({ ...support, name: 'RefreshTrustedAdvisorCheck', asked: { checkId } });
        }
        return true;
      case 'refused-reply': {
        const target = aws.cases().findLast(({ status }) => status !== 'resolved') ?? aws.cases().at(-1);
        if (target === undefined) return false;
        const action = 'support:AddCommunicationToCase';
        const message = `User: ${String(person.userIdentity.arn)} is not authorized to perform: ${action} because no identity-based policy allows the ${action} action`;
        call({
          ...support,
          name: 'AddCommunicationToCase',
          asked: { caseId: target.caseId },
          failed: { name: 'AccessDenied', message },
        });
        return true;
      }
    }
  };
}
