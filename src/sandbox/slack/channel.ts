export interface Channel {
  id: string;
  name: string;
  isPrivate: boolean;
  isArchived: boolean;
  /** Whether the bot is in it. */
  isMember: boolean;
  /** The person at the other end, when this is a direct message. */
  im?: string;
}
