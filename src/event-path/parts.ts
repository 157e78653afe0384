import type { Desired } from './desired.js';

/** What is there for calls that CloudTrail has recorded; the last four in the Region of the plans. */
export const CALLS_PARTS = [
  'rule of calls',
  'target of calls',
  'rule of plans',
  'forward role',
  'forward policy',
  'target of plans',
] as const;
export type CallsPart = (typeof CALLS_PARTS)[number];
/** Those of them that are in the Region of the plans, or used there. */
export const PLANS_PARTS: readonly Part[] = CALLS_PARTS.slice(2);

export type Part =
  | 'connection'
  | 'API destination'
  | 'queue'
  | 'queue policy'
  | 'rule'
  | 'role'
  | 'role policy'
  | 'target'
  | 'bus policy'
  | CallsPart;

/** In the order in which one needs the other. */
export const PARTS: readonly Part[] = [
  'connection',
  'API destination',
  'queue',
  'queue policy',
  'rule',
  'rule of calls',
  'role',
  'role policy',
  'target',
  'target of calls',
  'rule of plans',
  'forward role',
  'forward policy',
  'target of plans',
  'bus policy',
];

export function isCallsPart(part: Part): part is CallsPart {
  return (CALLS_PARTS as readonly Part[]).includes(part);
}

/** Whether the part belongs to what was asked for. */
export function isWanted(
  part: Part,
  { calls, busStatement }: Pick<Desired, 'calls' | 'busStatement'>,
): boolean {
  if (part === 'bus policy') return busStatement !== null;
  if (PLANS_PARTS.includes(part)) return calls !== null && calls.plans !== null;
  return !isCallsPart(part) || calls !== null;
}

/** What each part is called at AWS. */
export function nameOf(part: Part, { names }: Pick<Desired, 'names'>): string {
  switch (part) {
    case 'queue':
    case 'queue policy':
      return names.queue;
    case 'role':
      return names.role;
    case 'role policy':
      return names.policy;
    case 'rule of calls':
    case 'target of calls':
      return names.calls;
    case 'rule of plans':
    case 'target of plans':
      return names.plans;
    case 'forward role':
      return names.forwardRole;
    case 'forward policy':
      return names.forwardPolicy;
    case 'bus policy':
      return 'default';
    default:
      return names.base;
  }
}
