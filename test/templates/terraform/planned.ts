import assert from 'node:assert/strict';
import type { Values } from '../cloudformation/read.js';
import type { Plan } from './evaluate.js';

/** A resource of a plan that has to be there, its JSON read. */
export function planned(plan: Pick<Plan, 'resources'>, address: string): Values {
  const block = plan.resources[address];
  assert.ok(block !== undefined, `${address} is not there`);
  return Object.fromEntries(
    Object.entries(block).map(([name, value]) => [
      name,
      typeof value === 'string' && value.startsWith('{') ? JSON.parse(value) : value,
    ]),
  );
}
