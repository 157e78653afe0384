import assert from 'node:assert/strict';
import type { Stack } from './evaluate.js';
import type { Values } from './read.js';

/** The properties of a resource that has to be there. */
export function properties(stack: Stack, id: string): Values {
  const resource = stack.resources[id];
  assert.ok(resource !== undefined, `${id} is not there`);
  return resource.properties;
}

/** The inline policies of a role, by their names. */
export function inlinePolicies(stack: Stack, role: string): Readonly<Record<string, unknown>> {
  const policies = properties(stack, role).Policies as { PolicyName: string; PolicyDocument: unknown }[];
  return Object.fromEntries(policies.map((policy) => [policy.PolicyName, policy.PolicyDocument]));
}

/** Every way in which the parameters that are a choice can be set. */
export function choices(
  ...either: (readonly [name: string, ...values: string[]])[]
): Record<string, string>[] {
  return either.reduce<Record<string, string>[]>(
    (all, [name, ...values]) => all.flatMap((given) => values.map((value) => ({ ...given, [name]: value }))),
    [{}],
  );
}
