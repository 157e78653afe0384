/**
 * What DescribeServices and DescribeSeverityLevels answer: a small part of the real lists. Severities and the services
 * that are spelled out have the real codes; the others, and most categories, are only made after AWS's manner.
 */
export interface ServiceEntry {
  code: string;
  name: string;
  categories: readonly { code: string; name: string }[];
}

const GENERAL = { code: 'general-guidance', name: 'General Guidance' };
const OTHER = { code: 'other', name: 'Other' };

const USUAL = [
  { code: 'configuration', name: 'Configuration' },
  { code: 'performance', name: 'Performance' },
  GENERAL,
  OTHER,
];

function likeIt(code: string, name: string): ServiceEntry {
  return { code, name, categories: USUAL };
}

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
  {
    code: 'amazon-elastic-compute-cloud-windows',
    name: 'Elastic Compute Cloud (EC2 - Windows)',
    categories: USUAL,
  },
  { code: 'amazon-elastic-block-store', name: 'Elastic Block Store (EBS)', categories: USUAL },
  { code: 'amazon-virtual-private-cloud', name: 'Virtual Private Cloud (VPC)', categories: USUAL },
  {
    code: 'amazon-relational-database-service-aurora',
    name: 'Relational Database Service (Aurora)',
    categories: USUAL,
  },
  { code: 'amazon-dynamodb', name: 'DynamoDB', categories: USUAL },
  { code: 'amazon-cloudfront', name: 'CloudFront', categories: USUAL },
  { code: 'amazon-cloudwatch', name: 'CloudWatch', categories: USUAL },
  { code: 'auto-scaling', name: 'Auto Scaling', categories: USUAL },
  { code: 'elastic-load-balancing', name: 'Elastic Load Balancing (ELB)', categories: USUAL },
  {
    code: 'aws-identity-and-access-management',
    name: 'Identity and Access Management (IAM)',
    categories: USUAL,
  },
  { code: 'service-eks', name: 'Elastic Kubernetes Service (EKS)', categories: USUAL },
  likeIt('account-management', 'Account'),
  likeIt('amazon-api-gateway', 'API Gateway'),
  likeIt('amazon-athena', 'Athena'),
  likeIt('aws-backup', 'Backup'),
  likeIt('aws-certificate-manager', 'Certificate Manager (ACM)'),
  likeIt('aws-cloudformation', 'CloudFormation'),
  likeIt('aws-cloudtrail', 'CloudTrail'),
  likeIt('aws-codebuild', 'CodeBuild'),
  likeIt('aws-codepipeline', 'CodePipeline'),
  likeIt('amazon-cognito', 'Cognito'),
  likeIt('aws-direct-connect', 'Direct Connect'),
  likeIt('amazon-elasticache', 'ElastiCache'),
  likeIt('ec2-container-service', 'Elastic Container Service (ECS)'),
  likeIt('amazon-elastic-file-system', 'Elastic File System (EFS)'),
  likeIt('amazon-eventbridge', 'EventBridge'),
  likeIt('aws-glue', 'Glue'),
  likeIt('amazon-guardduty', 'GuardDuty'),
  likeIt('aws-key-management-service', 'Key Management Service (KMS)'),
  likeIt('amazon-kinesis', 'Kinesis'),
  likeIt('amazon-redshift', 'Redshift'),
  likeIt('amazon-relational-database-service-mysql', 'Relational Database Service (MySQL)'),
  likeIt('amazon-route53', 'Route 53'),
  likeIt('amazon-sagemaker', 'SageMaker'),
  likeIt('aws-secrets-manager', 'Secrets Manager'),
  likeIt('amazon-simple-notification-service', 'Simple Notification Service (SNS)'),
  likeIt('amazon-simple-queue-service', 'Simple Queue Service (SQS)'),
  likeIt('aws-step-functions', 'Step Functions'),
  likeIt('aws-systems-manager', 'Systems Manager'),
  likeIt('aws-waf', 'Web Application Firewall (WAF)'),
];

export const SEVERITY_LEVELS: readonly { code: string; name: string }[] = [
  { code: 'low', name: 'Low' },
  { code: 'normal', name: 'Normal' },
  { code: 'high', name: 'High' },
  { code: 'urgent', name: 'Urgent' },
  { code: 'critical', name: 'Critical' },
];

export function categoryOf(service: string, category: string): { code: string; name: string } | undefined {
  return SERVICES.find(({ code }) => code === service)?.categories.find(({ code }) => code === category);
}

/** What a plan has: the older Business plan goes no further than `urgent` (facts 2.3 "severity"). */
export function severitiesOf(plan: string): readonly { code: string; name: string }[] {
  return plan === 'old-business'
    ? SEVERITY_LEVELS.filter(({ code }) => code !== 'critical')
    : SEVERITY_LEVELS;
}

/** Languages that a case may be handled in (facts 2.2 CreateCase). */
export const LANGUAGES = ['zh', 'en', 'ja', 'es', 'pt', 'fr', 'ko', 'tr'] as const;

/** `display` of DescribeSupportedLanguages. */
export const LANGUAGE_NAMES: { [code in (typeof LANGUAGES)[number]]: string } = {
  zh: 'Chinese',
  en: 'English',
  ja: 'Japanese',
  es: 'Spanish',
  pt: 'Portuguese',
  fr: 'French',
  ko: 'Korean',
  tr: 'Turkish',
};

/** Which cases are handled in which language, AWS does not list: here, technical ones in four of them. */
export function languagesFor(issueType: string): readonly (typeof LANGUAGES)[number][] {
  return issueType === 'technical' ? ['en', 'ja', 'ko', 'zh'] : LANGUAGES;
}
