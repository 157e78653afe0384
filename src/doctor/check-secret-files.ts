import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import type { Finding } from './finding.js';
import { found } from './found.js';

const OTHERS = 0o077;

/** Whether other users of the machine can read what holds secrets. @param files those that are not there are passed over. */
export async function checkSecretFiles(files: readonly string[], platform: string): Promise<Finding[]> {
  // Elsewhere the mode does not say who may read.
  if (platform === 'win32') return [];
  return (await Promise.all(files.map(checkSecretFile))).flat();
}

async function checkSecretFile(file: string): Promise<Finding[]> {
  const { ok, warn } = found('bot', file);
  const mode = await access(file, constants.R_OK).then(
    async () => (await stat(file)).mode,
    () => null,
  );
  // That it cannot be read is said of the settings.
  if (mode === null) return [];
  if ((mode & OTHERS) === 0) return [ok('Only its owner can read it.')];
  return [warn('Other users of this machine may read it, and it holds secrets.', `chmod 600 ${file}`)];
}
