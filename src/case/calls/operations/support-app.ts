import { all, type Operations } from './operation.js';

/** Operations of the AWS Support App in Slack (facts: aws-support.md, 1.5). */
export const SUPPORT_APP: Operations = {
  ...all('support-app-changes', false, {
    CreateSlackChannelConfiguration: ['connect', 'connected', '{channel} to the AWS Support App'],
    UpdateSlackChannelConfiguration: ['change', 'changed', 'what the AWS Support App does in {channel}'],
    DeleteSlackChannelConfiguration: ['disconnect', 'disconnected', '{channel} from the AWS Support App'],
    RegisterSlackWorkspaceForOrganization: [
      'connect',
      'connected',
      '{workspace} to the AWS Support App, for the organization',
    ],
    DeleteSlackWorkspaceConfiguration: ['disconnect', 'disconnected', '{workspace} from the AWS Support App'],
    PutAccountAlias: ['set', 'set', 'how the AWS Support App calls the account{alias}'],
    DeleteAccountAlias: ['remove', 'removed', 'the name by which the AWS Support App calls the account'],
  }),
  ...all('support-app-reads', true, {
    ListSlackChannelConfigurations: ['list', 'listed', 'the Slack channels of the AWS Support App'],
    ListSlackWorkspaceConfigurations: ['list', 'listed', 'the Slack workspaces of the AWS Support App'],
    GetAccountAlias: ['look up', 'looked up', 'how the AWS Support App calls the account'],
  }),
};
