import { all, type Operations } from './operation.js';

/** Operations of AWS Support Plans; those about agreements are known by their permissions alone. */
export const SUPPORT_PLANS: Operations = {
  ...all('plan-changes', false, {
    StartSupportPlanUpdate: ['change', 'asked AWS to change', 'the support plan of {account}{plan}'],
    CreateSupportPlanSchedule: ['schedule', 'scheduled', 'the support plan of {account}{schedule}'],
    CreateSupportAgreement: ['create', 'created', 'an agreement about the support of {account}'],
    AcceptSupportAgreement: ['accept', 'accepted', 'an agreement about the support of {account}'],
    CancelSupportAgreement: ['cancel', 'cancelled', 'an agreement about the support of {account}'],
  }),
  ...all('plan-reads', true, {
    GetSupportPlan: ['look up', 'looked up', 'the support plan of {account}'],
    GetSupportPlanUpdateStatus: [
      'look up',
      'looked up',
      'how a change of the support plan of {account} stands',
    ],
    ListSupportPlanModifiers: ['list', 'listed', 'what modifies the support plan of {account}'],
    GetSupportAgreement: ['read', 'read', 'an agreement about the support of {account}'],
  }),
};

/** Retired in August 2022: these come only from old files. */
export const SUPPORT_SUBSCRIPTION: Operations = {
  ...all('plan-changes', false, {
    UpdateSupportLevel: ['change', 'asked AWS to change', 'the support plan of {account}{plan}'],
    UpdateProbationAutoCancellation: [
      'keep',
      'kept',
      'the support plan of {account}, which would have been cancelled by itself',
    ],
  }),
  ...all('plan-reads', true, {
    DescribeSupportLevelSummary: ['open', 'opened', 'the page with the support plan of {account}'],
  }),
};
