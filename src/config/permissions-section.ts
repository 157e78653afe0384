import { entry, listOf, text } from './field-rules.js';
import { fieldsOf } from './fields.js';
import type { Report } from './file-problem.js';
import { USER_ID } from './slack-ids.js';

const PERMISSIONS = entry(
  {
    administer: listOf(
      text(
        USER_ID,
        "This is not the ID of a Slack user: those begin with U or W. A person's profile has it: ⋮, Copy member ID.",
      ),
      'U0123456789',
    )
      // What somebody means who empties the list is hardly everybody.
      .min(1, { error: 'Nobody is named. Name somebody, or leave it out for everybody.' })
      .optional(),
  },
  'permissions',
);

export interface Permissions {
  readonly administrators: readonly string[];
}

export function readPermissions(raw: unknown, report: Report): Permissions {
  if (raw === undefined || raw === null) return { administrators: [] };
  const { fields } = fieldsOf(PERMISSIONS, raw, ['permissions'], report);
  return { administrators: [...new Set(fields.administer ?? [])] };
}
