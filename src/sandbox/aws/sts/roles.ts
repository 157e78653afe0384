import type { Callers, RoleOptions } from './callers.js';

/** Roles that programs take, and their sessions. */
export interface Roles {
  /** A role that AWS STS, at the same address, gives sessions of. Replaces one of the same ARN. */
  addRole(role: RoleOptions): void;
  removeRole(arn: string): void;
  /** The keys of a role's session, as the machine of a program has them; they do not end. */
  giveSession(roleArn: string, name: string): SessionKeys;
  /** All sessions that were given out so far are over. */
  endSessions(): void;
}

export interface SessionKeys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

export function makeRoles(callers: Callers): Roles {
  return {
    addRole: (role) => callers.addRole(role),
    removeRole: (arn) => callers.removeRole(arn),
    giveSession(roleArn, name) {
      const { accessKeyId, caller } = callers.give(roleArn, name);
      const { secretAccessKey, session } = caller;
      return { accessKeyId, secretAccessKey, sessionToken: session?.token ?? '' };
    },
    endSessions: () => callers.endSessions(),
  };
}
