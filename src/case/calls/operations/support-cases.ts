import { all, type Operations } from './operation.js';

/**
 * Operations of the Support API that are about cases (facts: aws-support.md, 2.2), and those of the console that are known
 * by their permissions alone.
 */
export const SUPPORT_CASES: Operations = {
  ...all('case-deed', false, {
    CreateCase: ['open', 'opened', '{case} in {account}{about}'],
    AddCommunicationToCase: ['write on', 'wrote on', '{case}'],
    ResolveCase: ['resolve', 'resolved', '{case}'],
    // No operation of the public API: a case is reopened by writing on it. AWS's events have the name.
    ReopenCase: ['reopen', 'reopened', '{case}'],
    AddAttachmentsToSet: ['upload', 'uploaded', 'files for a case'],
    GetAttachmentUploadLinks: ['begin', 'began', 'the upload of a large file for a case'],
    CompleteAttachmentUpload: ['finish', 'finished', 'the upload of a large file for a case'],
  }),
  ...all('case-change', false, {
    PutCaseAttributes: ['change', 'changed', 'attributes of {case}'],
    RateCaseCommunication: ['rate', 'rated', 'an answer of AWS on {case}'],
    InitiateChatForCase: ['start', 'started', 'a chat with AWS Support on {case}'],
    InitiateCallForCase: ['start', 'started', 'a call with AWS Support on {case}'],
    StartInteraction: ['start', 'started', 'a conversation with AWS Support'],
    UpdateInteraction: ['go on with', 'went on with', 'a conversation with AWS Support'],
    ResolveInteraction: ['end', 'ended', 'a conversation with AWS Support'],
  }),
  ...all('case-read', true, {
    DescribeCases: ['look up', 'looked up', '{cases}'],
    SearchForCases: ['search', 'searched', 'the cases'],
    DescribeCommunications: ['read', 'read', 'the messages of {case}'],
    DescribeCommunication: ['read', 'read', 'a message of {case}'],
    DescribeCaseAttributes: ['look up', 'looked up', 'attributes of {case}'],
    DescribeAttachment: ['download', 'downloaded', 'a file of a case'],
    GetAttachmentDownloadLink: ['get', 'got', 'a link to download a file of a case'],
    DescribeAttachmentUploadStatus: [
      'look up',
      'looked up',
      'how the upload of a large file for a case in {account} stands',
    ],
    GetInteraction: ['read', 'read', 'a conversation with AWS Support'],
    ListInteractions: ['list', 'listed', 'the conversations with AWS Support'],
    ListInteractionEntries: ['read', 'read', 'what was said in a conversation with AWS Support'],
  }),
  // About no case: what there is to choose from when one is opened.
  ...all('other-reads', true, {
    DescribeServices: ['look up', 'looked up', 'the services that cases can be about'],
    DescribeSeverityLevels: ['look up', 'looked up', 'the severities that cases can have'],
    DescribeIssueTypes: ['look up', 'looked up', 'the types of issues that cases can be about'],
    DescribeCreateCaseOptions: ['look up', 'looked up', 'in which ways AWS Support answers a new case'],
    DescribeSupportedLanguages: ['look up', 'looked up', 'in which languages AWS Support answers a new case'],
  }),
  ...all('plan-reads', true, {
    DescribeSupportLevel: ['look up', 'looked up', 'the level of support of {account}'],
  }),
};
