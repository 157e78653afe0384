import { all, type Operations } from './operation.js';

/** Operations of AWS Support Plans; those about agreements are known by their permissions alone. */
export const SUPPORT_PLANS: Operations = {
  ...all('plan-changes', false, {
    StartSupportPlanUpdate: ['change', 'changed', 'the support plan{plan}'],
    CreateSupportPlanSchedule: ['schedule', 'scheduled', 'the support plan: {schedule}'],
    CreateSupportAgreement: ['create', 'created', 'an agreement about support'],
    AcceptSupportAgreement: ['accept', 'accepted', 'an agreement about support'],
    CancelSupportAgreement: ['cancel', 'cancelled', 'an agreement about support'],
  }),
  ...all('plan-reads', true, {
    GetSupportPlan: ['look up', 'looked up', 'the support plan'],
    GetSupportPlanUpdateStatus: ['look up', 'looked up', 'how a change of the support plan stands'],
    ListSupportPlanModifiers: ['list', 'listed', 'what modifies the support plan'],
    GetSupportAgreement: ['read', 'read', 'an agreement about support'],
  }),
};

/** Retired in August 2022: these come only from old files. */
export const SUPPORT_SUBSCRIPTION: Operations = {
  ...all('plan-changes', false, {
    UpdateSupportLevel: ['change', 'changed', 'the support plan{plan}'],
    UpdateProbationAutoCancellation: [
      'keep',
      'kept',
      'the support plan, which would have been cancelled by itself',
    ],
  }),
  ...all('plan-reads', true, {
    DescribeSupportLevelSummary: ['open', 'opened', 'the page of the support plans'],
  }),
};
