import type { Author } from '../case/author.js';

/** Who said or did it, and by which way; where nobody knows, it says so. Not escaped. */
export function who(author: Author): string {
  switch (author.side) {
    case 'aws':
      return author.name;
    case 'customer':
      if (author.name === '') return 'Your side (AWS does not say who)';
      if (author.way === 'unknown') return author.name;
      return author.way === 'slack' ? `${author.name}, from Slack` : `${author.name}, outside Slack`;
    case 'unknown':
      return 'Somebody (AWS does not say who)';
  }
}
