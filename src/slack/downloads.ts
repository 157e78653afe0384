/** The files that people give to Slack, as a port. Methods reject with a FileTrouble only. */
export interface Downloads {
  /** What Slack knows of a file. Rejects for one whose bytes nobody can have, and for an empty one. */
  describe(fileId: string): Promise<FileInSlack>;
  /**
   * The bytes of a file, exactly `size` of them: what comes ends with a FileTrouble when there are more or fewer. May be
   * called again to begin anew.
   */
  open(file: FileInSlack): Promise<AsyncIterable<Uint8Array>>;
}

export interface FileInSlack {
  /** `F…` */
  readonly id: string;
  readonly name: string;
  /** Bytes; at least 1. */
  readonly size: number;
  /** Empty for a kind that Slack does not know. */
  readonly mimetype: string;
  /** Where its bytes are, for those who show a token. */
  readonly url: string;
}
