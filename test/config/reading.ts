import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ConfigFile } from '../../src/config/config-file.js';
import { type FileProblem, placeText } from '../../src/config/file-problem.js';
import { type FileEnvironment, type FileReading, readConfigFile } from '../../src/config/read-config-file.js';
import { temporaryFolder } from '../temporary-folder.js';

export const NOTHING_SAID: FileEnvironment = { awsAccounts: [], awsAccountAliases: new Map() };

/** Reads a file with these lines, or bytes. */
export function reading(text: string | Uint8Array, environment = NOTHING_SAID): FileReading {
  const folder = temporaryFolder();
  try {
    const path = join(folder.path, 'casethread.yml');
    writeFileSync(path, text);
    return readConfigFile(path, environment);
  } finally {
    folder.remove();
  }
}

export function problemsIn(text: string | Uint8Array, environment?: FileEnvironment): readonly FileProblem[] {
  const read = reading(text, environment);
  return 'problems' in read ? read.problems : [];
}

export function fileOf(text: string, environment?: FileEnvironment): ConfigFile {
  const read = reading(text, environment);
  if ('file' in read) return read.file;
  throw new Error(linesOf(read.problems).join('\n'));
}

/** `casethread.yml:3  accounts[0].id: what is wrong`, without the folder. */
export function linesOf(problems: readonly FileProblem[]): readonly string[] {
  return problems.map(({ place, says }) =>
    place === null ? says : `${placeText({ ...place, file: 'casethread.yml' })}: ${says}`,
  );
}
