import type { ConsolePerson } from '../console-person.js';
import type { Caller } from '../sts/callers.js';
import { eventTime } from '../wire-time.js';

/** Who made a call, as its record has it. */
export interface Who {
  readonly userIdentity: Readonly<Record<string, unknown>>;
  readonly userAgent: string;
  readonly address: string;
  readonly fromConsole: boolean;
}

const BROWSER = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0';
/** What calls the API comes from this machine, which has no address that would say anything. */
const PROGRAM = '192.0.2.10';
/** People have signed in a while ago. */
const SIGNED_IN_MS = 3_600_000;

interface Session {
  readonly account: string;
  readonly role: string;
  readonly name: string;
  readonly roleId: string;
  readonly accessKeyId: string;
  readonly since: number;
}

function session({ account, role, name, roleId, accessKeyId, since }: Session) {
  return {
    type: 'AssumedRole',
    principalId: `${roleId}:${name}`,
    arn: `arn:aws:sts::${account}:assumed-role/${role}/${name}`,
    accountId: account,
    accessKeyId,
    sessionContext: {
      sessionIssuer: {
        type: 'Role',
        principalId: roleId,
        arn: `arn:aws:iam::${account}:role/${role}`,
        accountId: account,
        userName: role,
      },
      attributes: { creationDate: eventTime(since), mfaAuthenticated: 'false' },
    },
  };
}

/** Somebody in the console, with a role. */
export function inConsole({ name, role, address }: ConsolePerson, account: string, at: number): Who {
  const known = { account, role, name, roleId: 'AROASTANDINCONSOLE00', accessKeyId: 'ASIASTANDINCONSOLE00' };
  return {
    userIdentity: session({ ...known, since: at - SIGNED_IN_MS }),
    userAgent: BROWSER,
    address,
    fromConsole: true,
  };
}

/** Whoever has the password of the account itself, in the console, without a second factor. */
export function rootInConsole(account: string, at: number): Who {
  return {
    userIdentity: {
      type: 'Root',
      principalId: account,
      arn: `arn:aws:iam::${account}:root`,
      accountId: account,
      accessKeyId: 'ASIASTANDINROOT00000',
      sessionContext: {
        attributes: { creationDate: eventTime(at - SIGNED_IN_MS), mfaAuthenticated: 'false' },
      },
    },
    userAgent: BROWSER,
    address: '192.0.2.77',
    fromConsole: true,
  };
}

/** A program that signs its calls. */
export function byProgram(caller: Caller, userAgent: string, at: number): Who {
  const { account, arn, userId, accessKeyId } = caller;
  const [, role] = /:assumed-role\/([^/]+)\//.exec(arn) ?? [];
  const [roleId = '', name = ''] = userId.split(':');
  const userIdentity =
    role === undefined
      ? {
          type: 'IAMUser',
          principalId: userId,
          arn,
          accountId: account.id,
          accessKeyId,
          userName: arn.split('/').at(-1),
        }
      : session({ account: account.id, role, name, roleId, accessKeyId, since: at });
  return { userIdentity, userAgent, address: PROGRAM, fromConsole: false };
}
