/** Where a call is kept (see `callsSince`), and when it was made. */
export interface Sample {
  readonly place: number;
  readonly at: number;
}

/** Calls that were counted together. The calls themselves stay in the store: what is kept of them here is small. */
export interface Tally {
  /** Of the message that shows them first: made of the call that came first, so that it is the same after a loss. */
  readonly id: string;
  readonly count: number;
  /** Oldest first: all of them, or the first one and the newest; {@link MOST_SAMPLES} at most. */
  readonly samples: readonly Sample[];
  /** How what the first of them changed stood before, where that is known. */
  readonly before: Readonly<Record<string, string>> | null;
}

/** The message of a burst. */
export interface ToldBurst {
  /** In its tag, by which it is found again. */
  readonly id: string;
  readonly channel: string;
  readonly intendedAt: number;
  /** Slack's id of it; null while nobody knows whether it was posted. */
  readonly ts: string | null;
  /** When it was changed last, milliseconds since 1970. */
  readonly changedAt: number;
  readonly shows: Tally;
}

/**
 * Calls that belong into one message; see `Burst`. Each of them is counted in one place: in what the
 * message shows, or in what has come since.
 */
export interface OpenBurst {
  /** The same for all that may join it. */
  readonly joins: string;
  /** What they changed, with its account; null where that has no before and after. */
  readonly subject: string | null;
  /** The Slack user for whom the bot made them. */
  readonly user: string | null;
  /** See `isAlarm`; not there: they are none. */
  readonly isAlarm?: true;
  /** When the first and the last of them were made, by their own time. */
  readonly from: number;
  readonly to: number;
  /** When one joined it last. */
  readonly joinedAt: number;
  /** Null before there is a message, and once somebody has deleted it. */
  readonly told: ToldBurst | null;
  /** What the message does not show yet; null for nothing. */
  readonly more: Tally | null;
}

export const MOST_SAMPLES = 20;

/** Messages of the audit channel carry this in place of a case. It is no case key: those begin with an account. */
export const AUDIT_CASE = 'casethread/audit-channel';

/** What a message of both shows. */
export function together(shown: Tally | null, more: Tally): Tally {
  if (shown === null) return more;
  const samples = [...shown.samples, ...more.samples].sort((a, b) => a.at - b.at || a.place - b.place);
  const first = samples[0];
  const isFirstShown = shown.samples.some(({ place }) => place === first?.place);
  return {
    id: shown.id,
    count: shown.count + more.count,
    samples: first === undefined ? [] : [first, ...samples.slice(1).slice(1 - MOST_SAMPLES)],
    before: isFirstShown ? shown.before : more.before,
  };
}

/** What nobody knows to be posted, and is certainly not, is yet to be shown. */
export function untold(burst: OpenBurst): OpenBurst {
  const { told, more } = burst;
  if (told === null) return burst;
  return { ...burst, told: null, more: more === null ? told.shows : together(told.shows, more) };
}
