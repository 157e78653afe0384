export const AWS = 'Amazon Web Services';

/** `AdminRole (Role) <janedoe@example.com>` in its parts; an address alone is a name without address. */
export function speaker(submittedBy: string): { name: string; address: string } {
  const match = /^(.*\S)\s*<([^<>]+)>\s*$/.exec(submittedBy);
  return match === null
    ? { name: submittedBy, address: '' }
    : { name: match[1] ?? '', address: match[2] ?? '' };
}
