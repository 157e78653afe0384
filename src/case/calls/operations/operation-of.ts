import { type ApiCall, SUPPORT_SOURCE } from '../api-call.js';
import type { Operation, Operations } from './operation.js';
import { RECOMMENDATIONS } from './recommendations.js';
import { SUPPORT_APP } from './support-app.js';
import { SUPPORT_CASES } from './support-cases.js';
import { SUPPORT_PLANS, SUPPORT_SUBSCRIPTION } from './support-plans.js';
import { TRUSTED_ADVISOR } from './trusted-advisor.js';

interface Service {
  /** What people call it. */
  readonly name: string;
  readonly operations: Operations;
}

export const SERVICES: Readonly<Record<string, Service>> = {
  [SUPPORT_SOURCE]: { name: 'AWS Support', operations: { ...SUPPORT_CASES, ...TRUSTED_ADVISOR } },
  'supportplans.amazonaws.com': { name: 'AWS Support Plans', operations: SUPPORT_PLANS },
  'supportapp.amazonaws.com': { name: 'the AWS Support App', operations: SUPPORT_APP },
  'supportrecommendations.amazonaws.com': {
    name: 'AWS Support Recommendations',
    operations: RECOMMENDATIONS,
  },
  'support-subscription.amazonaws.com': {
    name: 'the subscriptions of AWS Support',
    operations: SUPPORT_SUBSCRIPTION,
  },
};

/** Null for one that nobody has told us of yet. */
export function operationOf({ source, name }: Pick<ApiCall, 'source' | 'name'>): Operation | null {
  const operations = Object.hasOwn(SERVICES, source) ? SERVICES[source]?.operations : undefined;
  return operations !== undefined && Object.hasOwn(operations, name) ? (operations[name] ?? null) : null;
}

/** What people call the service that was called. */
export function serviceOfCall({ source }: Pick<ApiCall, 'source'>): string {
  return (Object.hasOwn(SERVICES, source) ? SERVICES[source]?.name : undefined) ?? source;
}

const READS =
  /^(BatchGet|Check|Count|Describe|Download|Get|List|Lookup|Preview|Query|Read|Scan|Search|View)(?![a-z])/;

/** Whether it only looks: as we know of it, else as CloudTrail says, and in old records by its name. */
export function isReading(call: Pick<ApiCall, 'source' | 'name' | 'readOnly'>): boolean {
  return operationOf(call)?.reads ?? call.readOnly ?? READS.test(call.name);
}
