import type { z } from 'zod';
import { readInput } from '../../../src/sandbox/aws/input.js';
import type { Desk } from './state.js';

export type Output = Record<string, unknown>;
export type Input = Record<string, unknown>;

export interface Operation {
  /** The IAM actions that AWS wants of the caller besides the one named like the operation. */
  readonly alsoNeeds: (desk: Desk, input: Input) => readonly string[];
  readonly run: (desk: Desk, input: Input) => Output | Promise<Output>;
}

export type Operations = Readonly<Record<string, Operation>>;

/** @param shape a strict object: what the model does not know is refused. */
export function operation<S extends z.ZodType>(
  shape: S,
  run: (desk: Desk, input: z.output<S>) => Output | Promise<Output>,
  alsoNeeds: Operation['alsoNeeds'] = () => [],
): Operation {
  return { alsoNeeds, run: (desk, input) => run(desk, readInput(shape, input)) };
}
