/** What the bot's role has to be allowed, by what it is for. AWS Support knows no finer resource than `*`. */
export interface PermissionGroup {
  /** Of the statement in the README's policy and in the templates. */
  readonly sid: string;
  /** IAM actions, without `support:`. */
  readonly actions: readonly string[];
  /** What does not work without it. */
  readonly without: string;
  /** What does not work where this action alone is missing, if that is less. */
  readonly alone?: Readonly<Record<string, string>>;
}

export const PERMISSIONS: readonly PermissionGroup[] = [
  {
    sid: 'CasethreadReadsCases',
    actions: ['DescribeCases', 'DescribeCommunications', 'DescribeServices'],
    without: 'threads show only what events tell',
    alone: { DescribeServices: 'cards show the codes of services and categories in place of their names' },
  },
  {
    sid: 'CasethreadReadsFiles',
    actions: ['DownloadAttachment', 'DescribeAttachment'],
    without: 'files of cases are named in their threads and stay at AWS',
  },
  {
    sid: 'CasethreadRepliesAndResolves',
    actions: ['AddCommunicationToCase', 'ResolveCase'],
    without: 'nobody can reply or resolve from Slack',
    alone: {
      AddCommunicationToCase: 'nobody can reply from Slack',
      ResolveCase: 'nobody can resolve from Slack',
    },
  },
  {
    sid: 'CasethreadSendsFiles',
    actions: ['AddAttachmentsToSet', 'UploadAttachment'],
    without: 'a reply with files comes back to the person who sent it',
  },
  {
    sid: 'CasethreadOpensCases',
    actions: ['CreateCase', 'DescribeSeverityLevels', 'DescribeSupportedLanguages'],
    without: 'no cases can be opened from Slack',
  },
];
