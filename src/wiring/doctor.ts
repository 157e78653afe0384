import type { ConfigFile } from '../config/config-file.js';
import type { Config } from '../config.js';
import type { Examination } from '../doctor/examine.js';
import type { Finding } from '../doctor/finding.js';
import type { Patient } from '../doctor/patient.js';
import type { Storage } from '../storage/storage.js';
import type { AwsAccounts } from '../support/accounts.js';

export interface DoctorDeps {
  readonly config: Config;
  /** What CONFIG_FILE says now. */
  readonly file: () => ConfigFile;
  readonly storage: Storage;
  readonly accounts: AwsAccounts;
  /** For tests. */
  readonly patienceMs?: number;
  readonly ca?: Patient['ca'];
}

/** Less than the command waits for it. */
const PATIENCE_MS = 27_000;
/** For whoever was told only a part of it. */
const KEPT_MS = 300_000;

/**
 * Examines the bot from within. One examination at a time: who asks meanwhile gets what that finds. With many accounts it
 * may not be done in time; then what is known is told, and who asks next is told the rest. What it needs is loaded when
 * somebody asks.
 */
export function doctorFor({
  config,
  file,
  storage,
  accounts,
  patienceMs = PATIENCE_MS,
  ca,
}: DoctorDeps): () => Promise<readonly Finding[]> {
  let underWay: Promise<Examination> | null = null;
  let isOwed = false;
  const start = async () => {
    const { startExamination } = await import('../doctor/examine.js');
    const { configFile } = config;
    const patient: Patient = {
      config,
      file: file(),
      // The bot would not run with a problem in them.
      problems: [],
      secretFiles: ['.env', ...(configFile === null ? [] : [configFile])],
      open: storage,
      accounts: async () => accounts,
      now: Date.now,
      ca,
    };
    return startExamination(patient);
  };
  const begin = () => {
    const begun = start();
    const forget = () => {
      if (underWay === begun) underWay = null;
    };
    begun
      .then(({ running }) => Promise.all(running))
      .then(() => (isOwed ? setTimeout(forget, KEPT_MS).unref() : forget()), forget);
    isOwed = false;
    return begun;
  };
  return async () => {
    underWay ??= begin();
    const asked = underWay;
    const { running, soFar } = await asked;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<'late'>((resolve) => {
      timer = setTimeout(resolve, patienceMs, 'late');
    });
    const end = await Promise.race([Promise.all(running), late]).finally(() => clearTimeout(timer));
    isOwed = end === 'late';
    // What was kept is told once.
    if (!isOwed && underWay === asked) underWay = null;
    return soFar();
  };
}
