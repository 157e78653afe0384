/** Where something stands in a file, as the keys and positions that lead to it: `['routes', 1, 'channel']`. */
export type Path = readonly (string | number)[];

/** A place in CONFIG_FILE, for people. */
export interface FilePlace {
  /** As CONFIG_FILE names it. */
  readonly file: string;
  /** Both from 1; null where the file as a whole is meant. The column only where the line alone would not do. */
  readonly line: number | null;
  readonly column: number | null;
  /** `routes[1].channel`; '' for the file as a whole. */
  readonly path: string;
}

/** What is wrong with CONFIG_FILE; without a place where it could not even be opened. */
export interface FileProblem {
  readonly place: FilePlace | null;
  /** What is wrong, and what to do. Never holds an external id. */
  readonly says: string;
}

/**
 * Takes a problem; `key` points at the key itself in place of what stands behind it, and `unnamed` at a key that is not to be
 * named: it might be a secret in the wrong place.
 */
export type Report = (path: Path, says: string, on?: 'key' | 'unnamed') => void;

/** `routes[1].channel` */
export function pathText(path: Path): string {
  return path
    .map((step, index) =>
      typeof step === 'number' ? `[${step}]` : `${index === 0 ? '' : '.'}${shown(step)}`,
    )
    .join('');
}

/** `casethread.yml:12  routes[1].channel` */
export function placeText({ file, line, column, path }: FilePlace): string {
  const position = [file, line, column].filter((part) => part !== null).join(':');
  return path === '' ? position : `${position}  ${path}`;
}

/** A key that looks like none may be a secret in the wrong place, or hold what a terminal obeys. */
function shown(key: string): string {
  return /^[A-Za-z][\w-]{0,39}$/.test(key) ? key : '…';
}
