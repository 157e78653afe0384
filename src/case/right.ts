/**
 * What people may be allowed to do with a case.
 *
 * - `read`: find it in lists, searches, the Home tab and previews, and ask for it.
 * - `attach`: send files with a reply or a new case.
 * - `administer`: what is for administrators, such as the doctor and the audit trail.
 */
export const RIGHTS = ['read', 'reply', 'resolve', 'create', 'attach', 'administer'] as const;
export type Right = (typeof RIGHTS)[number];
