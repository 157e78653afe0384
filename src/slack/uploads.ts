import type { EntryTag } from './message.js';
import type { Place, PostUrgency } from './slack.js';

/** A file that is to be shown: its name is foreign, its bytes are read once, to the end or until they are cancelled. */
export interface Upload {
  readonly fileName: string;
  /** In bytes; just so many have to come. */
  readonly size: number;
  readonly bytes: ReadableStream<Uint8Array>;
}

/** Below a file that is shown, and what finds it again. */
export interface FileCaption {
  /** Slack markup, foreign text in it escaped. At most 300 characters. */
  readonly text: string;
  readonly tag: EntryTag;
}

/**
 * Files on their way into Slack. Methods reject with a SlackError, with what `atTurn` throws, or with what the bytes failed
 * with: then {@link BrokenSource}.
 */
export interface Uploads {
  /**
   * Brings the bytes to Slack, where nobody sees them yet.
   *
   * @returns Slack's id of the file.
   */
  send(file: Upload, signal: AbortSignal): Promise<string>;
  /**
   * Shows a file that was sent, in a thread. Waits for its turn in the channel. Sent once: Slack would show it twice when it
   * is asked twice, so whether it is safe to repeat, the error's `happened` says. Rejects with the code `file_not_found`
   * when Slack has forgotten what was sent.
   */
  share(
    place: Place,
    fileId: string,
    fileName: string,
    caption: FileCaption,
    urgency: PostUrgency,
    atTurn: () => void | Promise<void>,
  ): Promise<void>;
  /** The `ts` of the message that shows the file there; null where none does, as far as Slack says. */
  shownAs(fileId: string, place: Place): Promise<string | null>;
}

/** What was to be uploaded could not be read to its end. */
export class BrokenSource extends Error {
  override readonly name = 'BrokenSource';
}
