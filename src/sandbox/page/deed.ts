import { z } from 'zod';
import type { Answer } from './protocol.js';

export type Deed = (input: unknown) => Answer | Promise<Answer>;

/** Its message is a sentence for the person at the page. */
export class CannotBeDone extends Error {}

/** A deed that is done only with input of the right shape. */
export function deed<Input>(
  shape: z.ZodType<Input>,
  perform: (input: Input) => Answer | Promise<Answer>,
): Deed {
  return (input) => {
    const read = shape.safeParse(input);
    if (read.success) return perform(read.data);
    const [issue] = read.error.issues;
    const where = issue?.path.join('.') ?? '';
    throw new CannotBeDone(
      `${where === '' ? 'This' : `“${where}”`} is not right: ${issue?.message ?? 'unknown'}.`,
    );
  };
}

const file = z.strictObject({
  fileName: z.string().min(1, 'a file needs a name').max(255, '255 characters at most'),
  data: z.base64(),
});

export const fields = {
  id: z.string().min(1).max(200),
  /** What people type, up to what the page can hold well. */
  text: z.string().max(40_000),
  file,
  /** What AWS takes at a time. */
  files: z.array(file).max(3, 'three files at most').optional(),
};
