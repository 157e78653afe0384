/** The one in which the app is installed, as `auth.test` names it. */
export interface Workspace {
  readonly team: string | undefined;
  /** Not there where it is part of no Enterprise Grid. */
  readonly enterprise: string | undefined;
}

/** What `users.info` says of where somebody belongs. */
export interface Belonging {
  readonly team_id?: string;
  readonly is_stranger?: boolean;
  readonly enterprise_user?: { readonly enterprise_id?: string };
}

/**
 * Whether somebody is of another company. Within an Enterprise Grid, another workspace is none. Not where Slack does not
 * say: as with mentions, nobody is turned away on a guess.
 */
export function isStranger(user: Belonging, home: Workspace | null): boolean {
  if (user.is_stranger === true) return true;
  if (home?.team === undefined || user.team_id === undefined || user.team_id === home.team) return false;
  return home.enterprise === undefined || user.enterprise_user?.enterprise_id !== home.enterprise;
}
