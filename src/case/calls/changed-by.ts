import type { ApiCall } from './api-call.js';

/** What a call set, so that the next one that changes the same can say how it stood before. */
export interface Changed {
  /** What was changed, within the account: `plan`, `channel T0123456789 C0123456789`, … */
  readonly subject: string;
  /** How it stands since: fields of the record, as in `told`. Empty where it was removed, or CloudTrail does not say. */
  readonly after: Readonly<Record<string, string>>;
}

type Told = ApiCall['told'];

interface Change {
  readonly subject: (told: Told) => string | null;
  /** Which fields it sets; none where it removes. */
  readonly fields: readonly string[];
}

const SCHEDULE = ['startLevel', 'startOffer', 'startTimestamp', 'endLevel', 'endOffer', 'endTimestamp'];
const CHANNEL = [
  'channelName',
  'channelRoleArn',
  'notifyOnCaseSeverity',
  'notifyOnCreateOrReopenCase',
  'notifyOnAddCorrespondenceToCase',
  'notifyOnResolveCase',
];

const plan: Change = { subject: () => 'plan', fields: ['supportLevel'] };
const channel: Change = {
  subject: ({ teamId = '', channelId = '' }) =>
    teamId === '' || channelId === '' ? null : `channel ${teamId} ${channelId}`,
  fields: CHANNEL,
};
const workspace: Change = {
  subject: ({ teamId = '' }) => (teamId === '' ? null : `workspace ${teamId}`),
  fields: ['teamId', 'teamName', 'accountType'],
};
const alias: Change = { subject: () => 'alias', fields: ['accountAlias'] };

const CHANGES: Readonly<Record<string, Change>> = {
  'supportplans.amazonaws.com StartSupportPlanUpdate': plan,
  'support-subscription.amazonaws.com UpdateSupportLevel': plan,
  // What it leads to comes later, and may never come: it is no change of the plan yet.
  'supportplans.amazonaws.com CreateSupportPlanSchedule': { subject: () => 'schedule', fields: SCHEDULE },
  'supportapp.amazonaws.com CreateSlackChannelConfiguration': channel,
  'supportapp.amazonaws.com UpdateSlackChannelConfiguration': channel,
  'supportapp.amazonaws.com DeleteSlackChannelConfiguration': { ...channel, fields: [] },
  'supportapp.amazonaws.com RegisterSlackWorkspaceForOrganization': workspace,
  'supportapp.amazonaws.com DeleteSlackWorkspaceConfiguration': { ...workspace, fields: [] },
  'supportapp.amazonaws.com PutAccountAlias': alias,
  'supportapp.amazonaws.com DeleteAccountAlias': { ...alias, fields: [] },
};

/** Null for calls that change nothing that has a before and an after, and for those that failed. */
export function changedBy(call: ApiCall): Changed | null {
  return call.error === null ? changeIn(call) : null;
}

/** What a call changed, or would have changed had it not failed. */
export function changeIn({ source, name, told }: ApiCall): Changed | null {
  const key = `${source} ${name}`;
  const change = Object.hasOwn(CHANGES, key) ? CHANGES[key] : undefined;
  const subject = change?.subject(told) ?? null;
  if (change === undefined || subject === null) return null;
  const after = change.fields.flatMap((field) => {
    const value = Object.hasOwn(told, field) ? told[field] : undefined;
    return value === undefined || value === '' ? [] : [[field, value] as const];
  });
  return { subject, after: Object.fromEntries(after) };
}
