/** Files that somebody attaches, with AWS's limits, and how they travel. */
import type { FileGiven } from '../../page/protocol.js';

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

export function givenFiles(files: readonly File[]): Promise<FileGiven[]> {
  return Promise.all(files.map(async (file) => ({ fileName: file.name, data: await inBase64(file) })));
}

function inBase64(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => {
      const url = String(reader.result);
      resolve(url.slice(url.indexOf(',') + 1));
    };
    reader.onerror = () => reject(new Error(`${file.name} cannot be read`, { cause: reader.error }));
    reader.readAsDataURL(file);
  });
}

export function fileSize(bytes: number): string {
  if (bytes < 1024) return `${bytes} bytes`;
  const kilo = bytes / 1024;
  return kilo < 1024 ? `${Math.ceil(kilo)} KB` : `${(Math.ceil((kilo / 1024) * 10) / 10).toFixed(1)} MB`;
}
