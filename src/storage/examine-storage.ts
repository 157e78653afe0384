/** How the storage is found, without opening it: nothing is created, written or locked. */
import { accessSync, constants, existsSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { examineRedis, type RedisState } from '../redis/examine-redis.js';
import { examineFile, type FileState } from '../sqlite/examine-file.js';
import type { Log } from '../telemetry/log.js';

export interface SqliteState {
  readonly file: FileState;
  /** Whether files can be created in its folder, or where that is not there yet, the folder itself. */
  readonly canCreate: boolean;
  /** Of the disk, for this user; null where the system does not say. */
  readonly freeBytes: number | null;
}

export interface RedisStorageSettings {
  readonly redisUrl: string;
  readonly slackChannel: string;
  readonly awsAccounts: readonly string[];
}

export async function examineSqliteStorage(path: string): Promise<SqliteState> {
  const folder = nearestFolder(dirname(resolve(path)));
  return {
    canCreate: canCreateIn(folder),
    file: await examineFile(path),
    freeBytes: await freeBytes(folder),
  };
}

/** Rejects with a sentence for people when Redis cannot be used. */
export function examineRedisStorage(
  { redisUrl, slackChannel, awsAccounts }: RedisStorageSettings,
  log: Log,
): Promise<RedisState> {
  return examineRedis(redisUrl, { channel: slackChannel, accounts: awsAccounts }, log);
}

/** Of the disk on which the file is or will be; null where the system does not say. */
export async function freeBytes(path: string): Promise<number | null> {
  try {
    const { bavail, bsize } = await statfs(nearestFolder(resolve(path)));
    return bavail * bsize;
  } catch {
    return null;
  }
}

function nearestFolder(folder: string): string {
  return existsSync(folder) || dirname(folder) === folder ? folder : nearestFolder(dirname(folder));
}

function canCreateIn(folder: string): boolean {
  try {
    // Below a file, nothing can be created, whoever it belongs to.
    accessSync(`${folder}/.`, constants.W_OK | constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
