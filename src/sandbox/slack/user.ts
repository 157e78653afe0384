export interface User {
  id: string;
  name: string;
  realName: string;
  displayName: string;
  isBot: boolean;
  /** Of another company, which shares a channel (Slack Connect); not there: of the app's own. */
  teamId?: string;
  /** A guest: of several channels, or of a single one. */
  guest?: 'multi-channel' | 'single-channel';
  /** Deactivated by an admin. */
  isDeactivated?: boolean;
}
