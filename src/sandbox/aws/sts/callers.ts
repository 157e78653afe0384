import { randomBytes } from 'node:crypto';
import type { Account } from '../account.js';
import { ApiError } from '../api-error.js';

/** Whoever may sign a call: an account's own user, or the session of a role. */
export interface Caller {
  readonly account: Account;
  /** `arn:aws:iam::111122223333:user/casethread`, or `arn:aws:sts::…:assumed-role/<role>/<session>`. */
  readonly arn: string;
  readonly userId: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Null of a user, whose keys come without one and do not end. */
  readonly session: { readonly token: string; readonly expires: number } | null;
}

export interface RoleOptions {
  /** `arn:aws:iam::444455556666:role/casethread`, in any partition and with a path or without. */
  arn: string;
  /** In which account it is; taken from its ARN unless given, and has to be the same. */
  account?: string | undefined;
  /** The account whose principals may assume it, where they are allowed to call sts:AssumeRole. */
  trusts: string;
  /** Has to be given by whoever assumes it. */
  externalId?: string | undefined;
  /** Its MaxSessionDuration, 3600 (AWS's default) to 43200. */
  maxSessionSeconds?: number | undefined;
}

export interface Asked {
  readonly roleArn: string;
  readonly sessionName: string;
  readonly externalId: string | undefined;
  readonly seconds: number;
}

export interface Session {
  readonly accessKeyId: string;
  readonly caller: Caller;
}

const ROLE_ARN = /^arn:(aws|aws-us-gov|aws-cn):iam::(\d{12}):role\/(?:[\w+=,.@/-]+\/)?([\w+=,.@-]{1,64})$/;
/** A session that was got with one, not with a user's keys, lives for an hour at most. */
const CHAINED_SECONDS = 3_600;

/** Users, roles, and the sessions that were given out. */
export class Callers {
  readonly #accounts: readonly Account[];
  readonly #now: () => number;
  readonly #roles = new Map<string, RoleOptions>();
  readonly #sessions = new Map<string, Caller>();

  constructor(accounts: readonly Account[], now: () => number) {
    this.#accounts = accounts;
    this.#now = now;
  }

  addRole(role: RoleOptions): void {
    const id = ROLE_ARN.exec(role.arn)?.[2];
    if (id === undefined) throw new Error(`not the ARN of a role: ${role.arn}`);
    if ((role.account ?? id) !== id) throw new Error(`${role.arn} is not in the account ${role.account}`);
    if (!this.#accounts.some((account) => account.id === id)) throw new Error(`there is no account ${id}`);
    this.#roles.set(role.arn, { ...role });
  }

  /** The sessions that were got through it live on, as at AWS. */
  removeRole(arn: string): void {
    this.#roles.delete(arn);
  }

  /** Nothing that was given out so far is taken any more. */
  endSessions(): void {
    for (const [key, caller] of this.#sessions) {
      if (caller.session !== null)
        this.#sessions.set(key, { ...caller, session: { ...caller.session, expires: 0 } });
    }
  }

  /**
   * Whoever has these keys. Throws the refusal for a token that is not the one that came with them, and for a session
   * that is over; undefined for keys that nobody has.
   */
  find(accessKeyId: string, token: string | undefined): Caller | undefined {
    const caller = this.#sessions.get(accessKeyId) ?? this.#user(accessKeyId);
    if (caller === undefined || caller.session?.token !== token) return undefined;
    if (caller.session !== null && caller.session.expires <= this.#now()) {
      throw new ApiError('ExpiredTokenException', 'The security token included in the request is expired');
    }
    return caller;
  }

  /** Throws the refusal that AWS would send: the same for a role that is not there as for one that does not trust. */
  assume(caller: Caller, { roleArn, sessionName, externalId, seconds }: Asked): Session {
    const role = this.#roles.get(roleArn);
    const isTrusted = role?.trusts === caller.account.id;
    const isNamed = role?.externalId === undefined || role.externalId === externalId;
    if (role === undefined || !isTrusted || !isNamed || caller.account.deny.includes('AssumeRole')) {
      throw new ApiError(
        'AccessDenied',
        `User: ${caller.arn} is not authorized to perform: sts:AssumeRole on resource: ${roleArn}`,
        403,
      );
    }
    if (caller.session !== null && seconds > CHAINED_SECONDS)
      throw invalidValue(
        'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining',
      );
    if (seconds > (role.maxSessionSeconds ?? CHAINED_SECONDS))
      throw invalidValue('The requested DurationSeconds exceeds the MaxSessionDuration set for this role.');
    return this.#begin(roleArn, sessionName, seconds);
  }

  /** A session that somebody was given by another way than AWS STS; it does not end by itself. */
  give(roleArn: string, sessionName: string): Session {
    return this.#begin(roleArn, sessionName, Number.POSITIVE_INFINITY);
  }

  #begin(roleArn: string, sessionName: string, seconds: number): Session {
    const [, partition = '', id = '', name = ''] = ROLE_ARN.exec(roleArn) ?? [];
    const account = this.#accounts.find((each) => each.id === id);
    if (account === undefined) throw new Error(`there is no account ${id}`);
    const accessKeyId = `ASIA${randomBytes(8).toString('hex').toUpperCase()}`;
    const caller: Caller = {
      account,
      arn: `arn:${partition}:sts::${id}:assumed-role/${name}/${sessionName}`,
      userId: `AROASTANDIN${id}:${sessionName}`,
      accessKeyId,
      secretAccessKey: randomBytes(30).toString('base64'),
      session: { token: randomBytes(60).toString('base64'), expires: this.#now() + seconds * 1000 },
    };
    this.#sessions.set(accessKeyId, caller);
    return { accessKeyId, caller };
  }

  #user(accessKeyId: string): Caller | undefined {
    const account = this.#accounts.find((each) => each.accessKeyId === accessKeyId);
    if (account === undefined) return undefined;
    return {
      account,
      arn: `arn:aws:iam::${account.id}:user/casethread`,
      userId: `AIDASTANDIN${account.id}`,
      accessKeyId,
      secretAccessKey: account.secretAccessKey,
      session: null,
    };
  }
}

export function invalidValue(message: string): ApiError {
  return new ApiError('ValidationError', message);
}
