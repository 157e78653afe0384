import { fileRefusal, isAboutFile } from '../../slack/file-refusals.js';
import { SlackError } from '../../slack/slack-error.js';
import { BrokenSource } from '../../slack/uploads.js';
import { passesByItself, SupportError } from '../../support/support-error.js';

/** Why a file is not in the thread. The case goes on without it. */
export class FileTrouble extends Error {
  override readonly name = 'FileTrouble';

  /**
   * @param passes by itself, so that it is tried again soon.
   * @param sentence for people: what is wrong and what to do.
   * @param happened whether the thread may show the file all the same.
   * @param isTry whether it counts as one: what is put off for another reason does not.
   */
  constructor(
    readonly passes: boolean,
    readonly sentence: string,
    readonly happened: 'no' | 'maybe',
    readonly afterMs: number | undefined = undefined,
    readonly isTry = true,
    options?: ErrorOptions,
  ) {
    super(passes ? 'a file could not be brought yet' : 'a file cannot be brought', options);
  }
}

/** What an error means for a file. Anything that concerns more than the file is thrown on. */
export function fileTrouble(error: unknown): FileTrouble {
  if (error instanceof FileTrouble) return error;
  const cause = { cause: error };
  const passing = (sentence: string, happened: 'no' | 'maybe' = 'no', afterMs?: number) =>
    new FileTrouble(true, sentence, happened, afterMs, true, cause);
  if (error instanceof BrokenSource) return passing('AWS broke off while it sent the file. Try again later.');
  if (error instanceof SupportError) {
    const passes = passesByItself(error);
    return new FileTrouble(passes, error.sentence, 'no', undefined, true, cause);
  }
  if (error instanceof SlackError) {
    if (isAboutFile(error)) return new FileTrouble(false, fileRefusal(error), 'no', undefined, true, cause);
    if (error.kind === 'rate-limited') return passing(error.sentence, 'no', error.retryAfterMs ?? undefined);
    if (error.kind === 'unreachable') return passing(error.sentence, error.happened);
  }
  throw error;
}
