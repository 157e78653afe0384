/** Reads policy documents strictly, and says what they allow. What it does not understand, it refuses. */
import { z } from 'zod';

const OneOrMore = z.union([z.string(), z.array(z.string()).min(1)]);

const Statement = z
  .strictObject({
    Sid: z.string().optional(),
    Effect: z.enum(['Allow', 'Deny']),
    Principal: z
      .union([z.literal('*'), z.partialRecord(z.enum(['AWS', 'Service', 'Federated']), OneOrMore)])
      .optional(),
    Action: OneOrMore,
    Resource: OneOrMore.optional(),
    Condition: z.record(z.string(), z.record(z.string(), OneOrMore)).optional(),
  })
  .readonly();

const Document = z.strictObject({
  Version: z.enum(['2012-10-17', '2008-10-17']),
  Id: z.string().optional(),
  Statement: z.union([Statement, z.array(Statement).min(1)]),
});

export type PolicyStatement = z.output<typeof Statement>;

/** Its statements; undefined for what is no policy document. */
export function readPolicy(text: string): readonly PolicyStatement[] | undefined {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return undefined;
  }
  const result = Document.safeParse(json);
  if (!result.success) return undefined;
  return [result.data.Statement].flat();
}

export interface Question {
  /** `events.amazonaws.com`; undefined where the policy is that of an identity. */
  readonly service?: string;
  readonly action: string;
  readonly resource?: string;
  readonly context: Readonly<Record<string, string>>;
}

export function allows(statements: readonly PolicyStatement[], question: Question): boolean {
  const fitting = statements.filter((statement) => fits(statement, question));
  return fitting.length > 0 && fitting.every(({ Effect }) => Effect === 'Allow');
}

function fits(statement: PolicyStatement, { service, action, resource, context }: Question): boolean {
  if (![statement.Action].flat().some((pattern) => isLike(action.toLowerCase(), pattern.toLowerCase())))
    return false;
  if (
    resource !== undefined &&
    ![statement.Resource ?? []].flat().some((pattern) => isLike(resource, pattern))
  )
    return false;
  if (service !== undefined && !isPrincipal(statement.Principal, service)) return false;
  return Object.entries(statement.Condition ?? {}).every(([operator, keys]) =>
    Object.entries(keys).every(([key, wanted]) => {
      const actual = context[key];
      return actual !== undefined && [wanted].flat().some((each) => holds(operator, actual, each));
    }),
  );
}

function isPrincipal(principal: PolicyStatement['Principal'], service: string): boolean {
  if (principal === undefined) return false;
  if (principal === '*') return true;
  return [principal.Service ?? []].flat().includes(service);
}

function holds(operator: string, actual: string, wanted: string): boolean {
  switch (operator) {
    case 'StringEquals':
      return actual === wanted;
    case 'StringLike':
    case 'ArnEquals':
    case 'ArnLike':
      return isLike(actual, wanted);
    default:
      throw new Error(`the stand-in does not know the condition ${operator}`);
  }
}

/** With `*` and `?`, as IAM has them. */
function isLike(text: string, pattern: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`).test(text);
}
