/** Policy documents that templates write, whichever language they are written in. */
import { PERMISSIONS } from '../../src/support/permissions.js';

type Values = Readonly<Record<string, unknown>>;

/** For which AWS knows nothing finer than every resource, and those that may look at trails of another account. */
const WITHOUT_RESOURCE = [/^support:/, /^cloudtrail:(DescribeTrails|GetTrailStatus|GetEventSelectors)$/];
const OF_STATEMENT = ['Sid', 'Effect', 'Principal', 'Action', 'Resource', 'Condition'];

/** The statements that permit the twelve actions of AWS Support. */
export const SUPPORT_STATEMENTS = PERMISSIONS.map(({ sid, actions }) => ({
  Sid: sid,
  Effect: 'Allow',
  Action: actions.map((action) => `support:${action}`),
  Resource: '*',
}));

/** What is wider than it has to be in all policy documents within a value, in sentences. */
export function policyFaults(at: string, value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const { Version: version, Statement: statements, ...rest } = value as Values;
  if (statements === undefined || 'Effect' in value) {
    return Object.entries(value).flatMap(([key, each]) => policyFaults(`${at}.${key}`, each));
  }
  const odd = Object.keys(rest);
  // The statement of an EventBusPolicy has no version.
  if (!Array.isArray(statements)) return statementFaults(at, statements as Values);
  return [
    ...(version === '2012-10-17' ? [] : [`${at} is of the version ${String(version)}`]),
    ...(odd.length === 0 ? [] : [`${at} has ${odd.join()}`]),
    ...statements.flatMap((statement, index) => statementFaults(`${at}[${index}]`, statement)),
  ];
}

function statementFaults(at: string, statement: Values): string[] {
  const faults = Object.keys(statement)
    .filter((key) => !OF_STATEMENT.includes(key))
    .map((key) => `${at} has ${key}`);
  if (statement.Effect !== 'Allow') faults.push(`${at} does not allow`);
  const actions = [statement.Action].flat().map(String);
  for (const action of actions) {
    if (!/^[a-z]+:[A-Z][A-Za-z]+$/.test(action)) faults.push(`${at} names no single action: ${action}`);
  }
  const resources = [statement.Resource ?? []].flat().map(String);
  const wide = actions.filter((action) => !WITHOUT_RESOURCE.some((known) => known.test(action)));
  if (resources.some((resource) => /^\*?$/.test(resource)) && wide.length > 0) {
    faults.push(`${at} is not limited to a resource: ${wide.join()}`);
  }
  const condition = JSON.stringify(statement.Condition ?? {});
  if (resources.some((resource) => /::\*:/.test(resource)) && !condition.includes('"aws:ResourceOrgID"')) {
    faults.push(`${at} reaches into every account`);
  }
  // Principals that are not of this account, or are AWS itself, are held to a condition.
  const principal = JSON.stringify(statement.Principal ?? null);
  const required = principal.includes('"*"')
    ? '"aws:PrincipalOrgID"'
    : principal.includes('.amazonaws.com')
      ? '"aws:SourceArn"'
      : principal.includes('arn:')
        ? '"sts:ExternalId"'
        : '';
  if (!condition.includes(required)) faults.push(`${at} lets ${principal} in without ${required}`);
  return faults;
}
