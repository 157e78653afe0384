import type { FileProgress } from '../../outbox/file-progress.js';
import { megabytes } from '../../outbox/files-problem.js';
import { quoted } from '../quoted.js';

/** What is said of files on their way to AWS. What AWS does not take of them says outbox/files-problem.ts. */
export const FILE_WORDS = {
  progress: (name: string, { name: file, done, total }: FileProgress) =>
    `Uploading ${quoted(file, 100)} for your reply on ${name}: ${megabytes(done)} of ${megabytes(total)}. It is sent when all of it is at AWS.`,

  delayed: (name: string) =>
    `Slack does not give me the files of your reply on ${name} at the moment. I keep trying for ten minutes, and tell you how it ends; nothing goes to AWS without them.`,

  link: (name: string) => `Here is *${name}*, straight from AWS.`,
  download: 'Download',
  /** @param until a date token; null where AWS does not say. */
  linkLasts: (until: string | null) =>
    until === null
      ? 'The link works for a short while only, and for everybody who has it: do not pass it on.'
      : `The link works until ${until}, and for everybody who has it: do not pass it on.`,
  noLink: (name: string, why: string, consoleUrl: string) =>
    `I could not get a link to *${name}*. ${why} The <${consoleUrl}|AWS console> has the file, too.`,
  trying: (name: string) =>
    `I am fetching *${name}* once more. It appears in this thread in a moment; else the message with the button says why.`,
  here: (name: string) => `*${name}* is in this thread already, further below.`,
  oldButton: 'This button does nothing any more. The AWS console has the files of the case.',
} as const;
