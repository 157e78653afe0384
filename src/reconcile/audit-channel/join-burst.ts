import { createHash } from 'node:crypto';
import type { ApiCall } from '../../case/calls/api-call.js';
import { changedBy, changeIn } from '../../case/calls/changed-by.js';
import { operationOf } from '../../case/calls/operations/operation-of.js';
import type { KeptCall } from '../../store/store.js';
import { type OpenBurst, type Tally, together } from './open-burst.js';

/** Calls so far apart, by their own time, belong together. */
const APART_MS = 600_000;
/** And no more than this: a message of yesterday that is merely changed is seen by nobody. */
const LONGEST_MS = 3_600_000;

export interface Counted extends KeptCall {
  readonly before: Tally['before'];
  /** The Slack user for whom the bot made it; null where it was not the bot, or is not known. */
  readonly user: string | null;
}

/**
 * Counts a call: with the burst that it is nearest to, or as the first of one. Records come in any order, so it may be
 * older than all that are counted.
 */
export function joinBurst(bursts: readonly OpenBurst[], counted: Counted, now: number): OpenBurst[] {
  const { call, place, before, user } = counted;
  const joins = joinsOf(call, user);
  const tally: Tally = { id: idOf(joins, call), count: 1, samples: [{ place, at: call.at }], before };
  const nearest = bursts
    .filter((burst) => burst.joins === joins && mayJoin(burst, call.at) && !isPast(burst, bursts))
    .reduce<OpenBurst | null>(
      (best, each) => (best !== null && apart(best, call.at) <= apart(each, call.at) ? best : each),
      null,
    );
  if (nearest === null) {
    const subject = subjectOf(call);
    const fresh = {
      joins,
      subject,
      user,
      from: call.at,
      to: call.at,
      joinedAt: now,
      told: null,
      more: tally,
    };
    return [...bursts, fresh];
  }
  const joined: OpenBurst = {
    ...nearest,
    from: Math.min(nearest.from, call.at),
    to: Math.max(nearest.to, call.at),
    joinedAt: now,
    more: together(nearest.more, tally),
  };
  return bursts.map((burst) => (burst === nearest ? joined : burst));
}

function mayJoin({ from, to }: OpenBurst, at: number): boolean {
  return apart({ from, to }, at) <= APART_MS && Math.max(to, at) - Math.min(from, at) <= LONGEST_MS;
}

function apart({ from, to }: Pick<OpenBurst, 'from' | 'to'>, at: number): number {
  return Math.max(from - at, at - to, 0);
}

/**
 * What a call has in common with those that it may join: all that the message says of them but when, on which case and of
 * which check. A message that is merely changed notifies nobody, so it must not come to say anything worse.
 */
function joinsOf(call: ApiCall, user: string | null): string {
  const { source, name, account, region, error, principal, mfa, way, address } = call;
  const { kind, name: who, role, arn, account: home } = principal;
  const by = [kind, who, role, arn, home, user, mfa, way, address];
  return hashOf([source, name, account, region, error, ...by, isShownAlone(call) ? whatIn(call) : null]);
}

/** Each of these is news, unless it only repeats the one before. */
function isShownAlone(call: ApiCall): boolean {
  const about = operationOf(call)?.about;
  return about === 'plan-changes' || about === 'support-app-changes';
}

function whatIn(call: ApiCall): readonly unknown[] {
  const change = changeIn(call);
  return change === null ? sorted(call.told) : [change.subject, sorted(change.after)];
}

function sorted(fields: Readonly<Record<string, string>>) {
  return Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1));
}

function subjectOf(call: ApiCall): string | null {
  const changed = changedBy(call);
  return changed === null ? null : `${call.account} ${changed.subject}`;
}

/** Whether the same was changed again since: what puts it back is news, and no second time of what it stood like before. */
function isPast(burst: OpenBurst, bursts: readonly OpenBurst[]): boolean {
  const { subject, to } = burst;
  return (
    subject !== null && bursts.some((each) => each !== burst && each.subject === subject && each.to >= to)
  );
}

function idOf(joins: string, { id }: ApiCall): string {
  return `calls-${hashOf([joins, id])}`;
}

function hashOf(parts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 22);
}
