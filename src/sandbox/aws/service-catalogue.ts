/** What DescribeServices and DescribeSeverityLevels answer: a small part of the real lists, with the real codes. */
export interface ServiceEntry {
  code: string;
  name: string;
  categories: readonly { code: string; name: string }[];
}

const GENERAL = { code: 'general-guidance', name: 'General Guidance' };
const OTHER = { code: 'other', name: 'Other' };

export const SERVICES: readonly ServiceEntry[] = [
  {
    code: 'amazon-elastic-compute-cloud-linux',
    name: 'Elastic Compute Cloud (EC2 - Linux)',
    categories: [
      { code: 'instance-issue', name: 'Instance Issue' },
      { code: 'connectivity', name: 'Connectivity' },
      GENERAL,
      OTHER,
    ],
  },
  {
    code: 'amazon-simple-storage-service',
    name: 'Simple Storage Service (S3)',
    categories: [
      { code: 'permissions', name: 'Permissions' },
      { code: 'performance', name: 'Performance' },
      GENERAL,
      OTHER,
    ],
  },
  {
    code: 'amazon-relational-database-service-postgresql',
    name: 'Relational Database Service (PostgreSQL)',
    categories: [
      { code: 'connectivity', name: 'Connectivity' },
      { code: 'performance', name: 'Performance' },
      GENERAL,
      OTHER,
    ],
  },
  {
    code: 'aws-lambda',
    name: 'Lambda',
    categories: [
      { code: 'invocation', name: 'Invocation' },
      { code: 'performance', name: 'Performance' },
      GENERAL,
      OTHER,
    ],
  },
  {
    code: 'general-info',
    name: 'General Info and Getting Started',
    categories: [
      { code: 'charges', name: 'How Will I Be Charged?' },
      { code: 'using-aws', name: 'Using AWS & Services' },
      OTHER,
    ],
  },
  {
    code: 'billing',
    name: 'Billing',
    categories: [{ code: 'billing-question', name: 'Billing Question' }, OTHER],
  },
];

export const SEVERITY_LEVELS: readonly { code: string; name: string }[] = [
  { code: 'low', name: 'Low' },
  { code: 'normal', name: 'Normal' },
  { code: 'high', name: 'High' },
  { code: 'urgent', name: 'Urgent' },
  { code: 'critical', name: 'Critical' },
];

/** Languages that a case may be handled in (facts 2.2 CreateCase). */
export const LANGUAGES = ['zh', 'en', 'ja', 'es', 'pt', 'fr', 'ko', 'tr'] as const;
