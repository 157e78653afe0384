import { all, type Operations } from './operation.js';

/** Operations of AWS Trusted Advisor that belong to the Support API. */
export const TRUSTED_ADVISOR: Operations = {
  ...all('trusted-advisor-refreshes', false, {
    RefreshTrustedAdvisorCheck: ['have', 'had', 'Trusted Advisor run {check} again'],
  }),
  ...all('trusted-advisor-reads', true, {
    DescribeTrustedAdvisorChecks: ['list', 'listed', 'the checks of Trusted Advisor'],
    DescribeTrustedAdvisorCheckResult: ['read', 'read', 'what Trusted Advisor found in {check}'],
    DescribeTrustedAdvisorCheckSummaries: [
      'read',
      'read',
      'a summary of what Trusted Advisor found in {check}',
    ],
    DescribeTrustedAdvisorCheckRefreshStatuses: [
      'look up',
      'looked up',
      'whether Trusted Advisor has run {check} again',
    ],
  }),
};
