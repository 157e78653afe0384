/**
 * Whether a policy or a pattern lets something through. Where there is something in it that is not known here, it is
 * taken to do so: nobody is alarmed for nothing. Pure.
 */
import { statementsOf } from './same-policy.js';

export interface Question {
  readonly action: string;
  /** To what it is done, where the policy is that of a role. */
  readonly resource?: string;
  /** Which service of AWS asks, where the policy says who may. */
  readonly service?: string;
  readonly context?: Readonly<Record<string, string>>;
}

/** Whether a statement of the policy allows it. What another denies is not looked at. */
export function policyAdmits(policy: unknown, question: Question): boolean {
  return statementsOf(policy).some((statement) => statementAdmits(statement, question));
}

function statementAdmits(statement: unknown, { action, resource, service, context = {} }: Question): boolean {
  if (!isObject(statement) || statement.Effect !== 'Allow') return false;
  const { Action, Resource, Principal, Condition } = statement;
  // What is written the other way round (NotAction …) is not known here.
  if (Action !== undefined && !someLike(Action, action, true)) return false;
  if (resource !== undefined && Resource !== undefined && !someLike(Resource, resource)) return false;
  if (service !== undefined && Principal !== undefined && Principal !== '*') {
    const services = isObject(Principal) ? Principal.Service : undefined;
    if (services === undefined || !someLike(services, service)) return false;
  }
  return !isObject(Condition) || Object.entries(Condition).every((each) => holds(each, context));
}

const KNOWN = /^(StringEquals|StringLike|ArnEquals|ArnLike)$/;

function holds([operator, keys]: [string, unknown], context: Readonly<Record<string, string>>): boolean {
  if (!KNOWN.test(operator) || !isObject(keys)) return true;
  const known = new Map(Object.entries(context).map(([key, value]) => [key.toLowerCase(), value]));
  return Object.entries(keys).every(([key, wanted]) => {
    const actual = known.get(key.toLowerCase());
    if (actual === undefined) return true;
    return operator === 'StringEquals' ? list(wanted).includes(actual) : someLike(wanted, actual);
  });
}

/** With `*` and `?`, as IAM has them; actions in any case. */
function someLike(patterns: unknown, text: string, anyCase = false): boolean {
  return list(patterns).some((pattern) => {
    const source = String(pattern)
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.');
    return new RegExp(`^${source}$`, anyCase ? 'i' : '').test(text);
  });
}

/** Whether a rule with this pattern takes the event. Of EventBridge's language, plain values are known here. */
export function patternAdmits(pattern: unknown, event: unknown): boolean {
  if (!isObject(pattern)) return false;
  return Object.entries(pattern).every(([field, wanted]) => {
    if (field === '$or') return true;
    const actual = isObject(event) ? event[field] : undefined;
    if (!Array.isArray(wanted)) return patternAdmits(wanted, actual);
    return wanted.some((each) => isObject(each) || list(actual).includes(each));
  });
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
