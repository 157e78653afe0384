/** Files that somebody attaches, with AWS's limits. */
import { fileSize } from '../file-given.js';

const MOST = 3;
const LARGEST = 5 * 1024 * 1024;

/** The files together with those chosen now, or a sentence that says why AWS would not take them. */
export function addFiles(
  before: readonly File[],
  chosen: readonly File[],
): { files: File[] } | { problem: string } {
  const files = [...before, ...chosen];
  if (files.length > MOST) return { problem: `AWS takes ${MOST} files at a time. Remove some.` };
  const large = files.find(({ size }) => size > LARGEST);
  if (large !== undefined) {
    return {
      problem: `${large.name} is ${fileSize(large.size)}: AWS takes 5 MB per file. Choose a smaller one.`,
    };
  }
  const empty = files.find(({ size }) => size === 0);
  if (empty !== undefined) return { problem: `${empty.name} is empty. Choose another file.` };
  return { files };
}
