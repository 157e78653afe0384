import type { Author } from '../case/author.js';
import { readSubmittedBy } from '../case/submitted-by.js';

/** Who said or did it, and by which way; where nobody knows, it says so. Not escaped. */
export function who(author: Author): string {
  switch (author.side) {
    case 'aws':
      return author.name;
    case 'customer':
      if (author.name === '') return 'Your side (AWS does not say who)';
      if (author.way === 'slack') return `${author.name}, from Slack`;
      // An API call and the console look the same, so no more can be said.
      return author.way === 'elsewhere' ? `${submitter(author.name)}, outside Slack` : submitter(author.name);
    case 'unknown':
      return 'Somebody (AWS does not say who)';
  }
}

/** The address first, which people know; the role by which they came in brackets. */
function submitter(submittedBy: string): string {
  const { address, principal } = readSubmittedBy(submittedBy);
  return principal === '' ? address : `${address} (${principal})`;
}
