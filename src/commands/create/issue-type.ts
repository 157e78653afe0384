import type { IssueType } from '../../support/support-api.js';

/**
 * What such a case most likely is. AWS takes `technical` where nothing is said, and says nowhere which services are for
 * `customer-service` (facts: aws-support.md, 2.2); those of account and billing are named so. The person may choose
 * otherwise.
 */
export function likelyIssueType(service: string): IssueType {
  return /(^|-)(account|accounts|billing|payment|payments|tax|taxes)(-|$)/.test(service)
    ? 'customer-service'
    : 'technical';
}
