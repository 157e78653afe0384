import {
  examineRedisStorage,
  examineSqliteStorage,
  freeBytes,
  type RedisStorageSettings,
  type SqliteState,
} from '../storage/examine-storage.js';
import type { Storage } from '../storage/storage.js';
import type { Log } from '../telemetry/log.js';
import type { Finding } from './finding.js';
import { type Found, found, splitSentence } from './found.js';

const MB = 1_000_000;
const LITTLE_BYTES = 500 * MB;
const TOO_LITTLE_BYTES = 50 * MB;

const CHECK = 'store';
const ANOTHER_PLACE =
  'Give this user the folder, or set DATABASE_PATH to a file in one that it may write to.';

/** The file at DATABASE_PATH, which nobody in this process has open. */
export async function checkFileStore(path: string): Promise<Finding[]> {
  const state = await examineSqliteStorage(path);
  const make = found('bot', CHECK);
  return [ofFile(path, state, make), ...ofDisk(state.freeBytes, make)];
}

function ofFile(path: string, { file, canCreate }: SqliteState, { ok, warn, fail }: Found): Finding {
  switch (file) {
    case 'no-file':
      return fail(
        `No file can be at ${path}: a link leads to itself, it is the name of a folder, or it is too long.`,
        'Set DATABASE_PATH to a file, such as ./data/casethread.db.',
      );
    case 'in-use':
      return ok(`${path} is in use by a bot that runs.`);
    case 'locked-out':
      return fail(
        `This user may not read and write ${path}.`,
        'Start the bot as the user to whom it belongs.',
      );
    case 'foreign':
      return fail(
        `${path} is no database of Casethread.`,
        'Set DATABASE_PATH to another file, or to one that is not there yet.',
      );
    case 'newer':
      return fail(
        `${path} was written by a newer Casethread.`,
        'Start that version, or put back the copy from before the upgrade.',
      );
    case 'damaged':
      return fail(
        `${path} is damaged.`,
        'Put back your last copy, or move the file away: the bot builds a new one from AWS and Slack.',
      );
  }
  if (!canCreate) return fail(`Nothing can be created in the folder of ${path}.`, ANOTHER_PLACE);
  switch (file) {
    case 'absent':
      return ok(`${path} is not there yet; the first start creates it.`);
    case 'sound':
      return ok(`${path} is sound; no bot uses it at the moment.`);
    case 'slow':
      return warn(`${path} could not be read as a whole in time, so it was not checked.`);
    case 'unfinished':
      return warn(
        `The bot that used ${path} last ended uncleanly. The next start puts the file right, and checks it.`,
      );
  }
}

function ofDisk(free: number | null, { warn, fail }: Found): Finding[] {
  if (free === null || free >= LITTLE_BYTES) return [];
  const says = `The disk of the database has ${Math.floor(free / MB)} MB left.`;
  const remedy = 'Make room: without it the bot takes no events and no replies.';
  return [free < TOO_LITTLE_BYTES ? fail(says, remedy) : warn(says, remedy)];
}

export async function checkRedisStore(settings: RedisStorageSettings, log: Log): Promise<Finding[]> {
  const { ok, fail } = found('bot', CHECK);
  try {
    const { server, risks } = await examineRedisStorage(settings, log);
    return [ok(`${server} can be reached and used.`), ...ofRisks(risks)];
  } catch (error) {
    // Errors that begin with the name of a setting are written for people.
    const sentence = error instanceof Error ? /^REDIS_URL: (.*)/s.exec(error.message)?.[1] : undefined;
    const { says, remedy } = splitSentence(sentence ?? 'Redis could not be looked at.');
    return [fail(says, remedy ?? 'Check REDIS_URL.')];
  }
}

/** What this process has open, by its own means: the file must not be touched beside that. */
export async function checkOpenStore(
  storage: Pick<Storage, 'name' | 'store' | 'risks'>,
  databasePath: string,
): Promise<Finding[]> {
  const make = found('bot', CHECK);
  const isFile = storage.name === 'sqlite';
  const free = isFile ? ofDisk(await freeBytes(databasePath), make) : [];
  try {
    await storage.store.check();
  } catch {
    const says = `${isFile ? databasePath : 'Redis'} cannot be written to.`;
    const remedy = isFile
      ? 'Is the disk full, or was the file deleted or replaced? Make room, or put it back and restart.'
      : 'Is Redis away, full or read-only? Its log says more.';
    return [make.fail(says, remedy), ...free];
  }
  return [
    make.ok(`${isFile ? databasePath : 'Redis'} can be written to.`),
    ...ofRisks(storage.risks()),
    ...free,
  ];
}

function ofRisks(risks: readonly string[]): Finding[] {
  return risks.map((risk) => {
    const { says, remedy } = splitSentence(risk);
    return found('bot', CHECK).warn(says, remedy);
  });
}
