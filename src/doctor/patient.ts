import type { Config, Problem } from '../config.js';
import type { Storage } from '../storage/storage.js';
import type { PublicUrlDeps } from './check-public-url.js';

/** An installation of the bot, as the doctor is told of it. */
export interface Patient {
  /** What is wrong in the settings is undefined here. */
  readonly config: Partial<Config>;
  readonly problems: readonly Problem[];
  /** Files with secrets. */
  readonly secretFiles: readonly string[];
  /** What this process has open, where it is the bot itself; else null. */
  readonly open: Pick<Storage, 'name' | 'store' | 'risks'> | null;
  readonly now: () => number;
  /** For tests: whom to trust. */
  readonly ca?: PublicUrlDeps['ca'];
}
