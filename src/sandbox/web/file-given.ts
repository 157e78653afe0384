/** Files that somebody gives to the page, and how they travel to its server. */
import type { FileGiven } from '../page/protocol.js';

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
