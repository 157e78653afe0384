import { all, type Operations } from './operation.js';

/** Operations of AWS Support Recommendations. CloudTrail has both as reads, although the first begins something. */
export const RECOMMENDATIONS: Operations = {
  ...all('recommendations', false, {
    StartSupportTroubleshooting: [
      'describe',
      'described',
      'a problem of {account} to AWS Support Recommendations',
    ],
  }),
  ...all('recommendations', true, {
    GetSupportTroubleshootingResponse: [
      'read',
      'read',
      'what AWS Support Recommendations advises for {account}',
    ],
  }),
};
