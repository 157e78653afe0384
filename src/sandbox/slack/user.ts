export interface User {
  id: string;
  name: string;
  realName: string;
  displayName: string;
  isBot: boolean;
  /** Of another company, which shares a channel (Slack Connect); not there: of the app's own. */
  teamId?: string;
  /** Deactivated by an admin. */
  isDeactivated?: boolean;
}
