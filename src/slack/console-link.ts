import type { CaseKey } from '../case/case-key.js';

/** The case in the AWS console, as AWS's own samples link to it (facts: aws-support.md, 2.3, displayId). */
export function consoleLink(displayId: string, key: CaseKey): string {
  const id = /^\d+$/.test(displayId) ? displayId : '';
  return id === ''
    ? `https://console.aws.amazon.com/support/home#/case/?caseId=${encodeURIComponent(key.caseId)}`
    : `https://console.aws.amazon.com/support/home#/case/?displayId=${id}`;
}
