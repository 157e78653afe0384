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
      '{workspace}, of the organization, to the AWS Support App in {account}',
    ],
    DeleteSlackWorkspaceConfiguration: ['disconnect', 'disconnected', '{workspace} from the AWS Support App'],
    PutAccountAlias: ['set', 'set', 'the name of {account} in the AWS Support App{alias}'],
    DeleteAccountAlias: ['remove', 'removed', 'the name of {account} in the AWS Support App'],
  }),
  ...all('support-app-reads', true, {
    ListSlackChannelConfigurations: ['list', 'listed', 'the Slack channels of the AWS Support App'],
    ListSlackWorkspaceConfigurations: ['list', 'listed', 'the Slack workspaces of the AWS Support App'],
    GetAccountAlias: ['look up', 'looked up', 'the name of {account} in the AWS Support App'],
  }),
};
