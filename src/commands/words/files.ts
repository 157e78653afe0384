import type { FileProgress } from '../../outbox/file-progress.js';
import { megabytes } from '../../outbox/files-problem.js';
import { quoted } from '../quoted.js';

/** What is said of files on their way to AWS. What AWS does not take of them says outbox/files-problem.ts. */
export const FILE_WORDS = {
  progress: (name: string, { name: file, done, total }: FileProgress) =>
    `Uploading ${quoted(file, 100)} for your reply on ${name}: ${megabytes(done)} of ${megabytes(total)}. It is sent when all of it is at AWS.`,

  delayed: (name: string) =>
    `Slack does not give me the files of your reply on ${name} at the moment. I keep trying for ten minutes and tell you how it ends; nothing goes to AWS without them.`,
} as const;
