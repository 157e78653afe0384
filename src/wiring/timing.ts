import { WALK_EVERY_MS } from '../case/must-walk.js';
import { type Backoff, DEFAULT_BACKOFF } from '../inbox/backoff.js';
import { ROUND_EVERY_MS } from '../outbox/rounds.js';
import { SEND_TIMING, type SendTiming } from '../outbox/send.js';
import type { Rate, Window } from '../pace/gate.js';
import type { FileRules } from '../reconcile/files/upload-file.js';
import { POST_PACE, READ_PACE, UPDATE_PACE } from '../slack/paces.js';
import { PEOPLE_TIMING, type PeopleTiming } from '../slack/people.js';
import { AWS_LIMIT } from '../support/call-pace.js';

/** Speeds and delays. The defaults are what Slack and AWS allow; tests are quicker. */
export interface Timing {
  /** How long it counts what somebody is in Slack. */
  readonly people: PeopleTiming;
  readonly posts: Rate;
  readonly updates: Rate;
  readonly reads: Rate;
  readonly calls: Window;
  readonly backoff: Backoff;
  readonly send: SendTiming;
  readonly roundMs: number;
  readonly parkedMs: number;
  /** How long work is left to a replica that gives no sign of life. Undefined: as each kind of work has it. */
  readonly leaseMs: number | undefined;
  /** Null: as configured. */
  readonly sweepMs: number | null;
  readonly walkEveryMs: number;
  readonly settlesWithinMs: number;
  /** How long AWS may take to show a case after its first event. */
  readonly appearsWithinMs: number;
  /** How long CloudTrail may take to tell of a call: before that, that it tells of none means nothing. */
  readonly callsArriveWithinMs: number;
  /** Records of calls of one case that come together are one look at it. */
  readonly callsGatherMs: number;
  /** However much happens on a case, its card is shown anew so often at most. */
  readonly cardEveryMs: number;
  readonly files: Pick<FileRules, 'withinMs' | 'tries' | 'inOneLookMs'>;
  readonly notices: {
    /** Cases that park together are told of together. */
    readonly gatherMs: number;
    readonly updateEveryMs: number;
  };
  /** A message of the audit channel is changed so often at most; and so often calls are looked for that nobody has marked. */
  readonly audit: {
    /** Records that come together are one look; none is waited for where one of them is an alarm. */
    readonly gatherMs: number;
    readonly updateEveryMs: number;
    readonly lookEveryMs: number;
  };
  /** A Home tab that somebody opened is shown anew so often, for so long. */
  readonly home: { readonly everyMs: number; readonly watchMs: number };
}

export const TIMING: Timing = {
  people: PEOPLE_TIMING,
  posts: POST_PACE,
  updates: UPDATE_PACE,
  reads: READ_PACE,
  calls: AWS_LIMIT,
  backoff: DEFAULT_BACKOFF,
  send: SEND_TIMING,
  roundMs: ROUND_EVERY_MS,
  parkedMs: 300_000,
  leaseMs: undefined,
  sweepMs: null,
  walkEveryMs: WALK_EVERY_MS,
  // Slack answers within 3 s or so; a message of a process that was killed is on its way no longer than that.
  settlesWithinMs: 5_000,
  appearsWithinMs: 10_000,
  // It delivers within 5 minutes on average, and promises nothing.
  callsArriveWithinMs: 900_000,
  callsGatherMs: 2_000,
  cardEveryMs: 3_000,
  files: { withinMs: 30_000, tries: 3, inOneLookMs: 60_000 },
  notices: { gatherMs: 2_000, updateEveryMs: 10_000 },
  audit: { gatherMs: 2_000, updateEveryMs: 10_000, lookEveryMs: 60_000 },
  home: { everyMs: 10_000, watchMs: 600_000 },
};
