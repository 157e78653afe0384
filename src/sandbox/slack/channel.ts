export interface Channel {
  id: string;
  name: string;
  isPrivate: boolean;
  isArchived: boolean;
  /** Whether the bot is in it. */
  isMember: boolean;
  /** Only some people may write there. */
  isReadOnly?: boolean;
  /** People of other companies are in it as well (Slack Connect). */
  isShared?: boolean;
  /** The people in it; all of the workspace unless given. */
  members?: readonly string[];
  /** The person at the other end, when this is a direct message. */
  im?: string;
}
