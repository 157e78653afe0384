/** A file as the workspace holds it. */
export interface StoredFile {
  readonly id: string;
  /** As it was given; its URLs carry a tidier one. */
  readonly name: string;
  title: string;
  /** Empty for an unknown kind of file. */
  readonly mimetype: string;
  /** Who put it there: a person, or the bot's user. */
  readonly user: string;
  /** When it was begun, in ms. */
  readonly at: number;
  /** In bytes, as announced; what is uploaded has just this length. */
  readonly size: number;
  readonly altText?: string;
  /** Undefined until it is uploaded. */
  data?: Uint8Array;
  /** Begun by an app, uploaded, complete (anybody may see it where it is shared), deleted. */
  state: 'awaited' | 'uploaded' | 'complete' | 'deleted';
  /** Whose bytes Slack does not give out, and why. */
  readonly held?: 'external' | 'of-others';
  /** The messages that show it. */
  shares: FileShare[];
  /** Given to the app in a modal: it may read the file although no message shows it. */
  givenToApp: boolean;
}

export interface FileShare {
  channel: string;
  ts: string;
  threadTs?: string;
}
