import { fileSize } from '../../file-given.js';

/** As Slack has it, in one message and in one file input. */
export const MOST_FILES = 10;
/** What the sandbox's server takes at once, in base64. */
const MOST_BYTES = 16 * 1024 * 1024;

/** What somebody has given already: a file of theirs, or one that is in Slack. */
interface Given {
  readonly size: number;
}

export interface Limits {
  readonly most: number;
  /** Endings without a dot; undefined: any. */
  readonly endings?: readonly string[] | undefined;
}

/** Why these cannot be added, in a sentence; null when they can. */
export function cannotAdd(
  before: readonly Given[],
  chosen: readonly File[],
  { most, endings }: Limits,
): string | null {
  if (before.length + chosen.length > most)
    return `Slack takes ${most === 1 ? 'one file' : `${most} files`} here. Choose fewer.`;
  const strange = chosen.find(({ name }) => endings?.includes(endingOf(name)) === false);
  if (strange !== undefined) return `${strange.name} cannot be chosen: ${endings?.join(', ')} can.`;
  const empty = chosen.find(({ size }) => size === 0);
  if (empty !== undefined) return `${empty.name} is empty: Slack takes no empty file.`;
  const bytes = [...before, ...chosen].reduce((sum, { size }) => sum + size, 0);
  if (bytes > MOST_BYTES) return `The sandbox takes ${fileSize(MOST_BYTES)} at once. Choose smaller files.`;
  return null;
}

function endingOf(name: string): string {
  return /\.(\w+)$/.exec(name)?.[1]?.toLowerCase() ?? '';
}
