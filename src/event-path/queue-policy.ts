import type { PolicyDocument } from './documents.js';
import { saySame, serviceOf, sidOf, statementsOf, withoutSid } from './same-policy.js';

/**
 * The policy of the queue with our statements in place of what they were. What others wrote stays: beside the
 * statements (Version, Id), and statements of theirs, at most without a name that is ours.
 *
 * @param text the policy that is there, as SQS gives it out; undefined where there is none.
 */
export function withStatements(text: string | undefined, ours: PolicyDocument): object {
  const there = parsed(text);
  const same = (one: unknown, other: unknown) => saySame(withoutSid(one), withoutSid(other));
  const others = statementsOf(there).flatMap((each) => {
    if (ours.Statement.some((statement) => same(statement, each))) return [];
    if (!ours.Statement.some((statement) => sidOf(statement) === sidOf(each))) return [each];
    return serviceOf(each) === 'events.amazonaws.com' ? [] : [withoutSid(each)];
  });
  return { ...ours, ...there, Statement: [...others, ...ours.Statement] };
}

function parsed(text: string | undefined): object {
  try {
    return JSON.parse(text ?? '{}') as object;
  } catch {
    return {};
  }
}
