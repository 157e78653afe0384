import { z } from 'zod';
import { member } from '../input.js';
import { caseOf, operation } from '../operation.js';

const shape = z.strictObject({ caseId: member.text, dryRun: member.flag });

export const resolveCase = operation(shape, (desk, account, input) => {
  const stored = caseOf(desk, account, input.caseId);
  return () => desk.book.resolve(stored);
});
