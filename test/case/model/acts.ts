import fc from 'fast-check';

/** What can happen in the world around one case, each `gap` milliseconds after the act before. */
export type Act = { readonly gap: number } & (
  | { readonly act: 'say'; readonly from: 'aws' | 'customer'; readonly body: string; readonly jitter: number }
  | { readonly act: 'quote' }
  | { readonly act: 'resolve' }
  /** AWS changes it, and no event tells. */
  | { readonly act: 'change'; readonly what: 'status' | 'severity'; readonly to: number }
  | { readonly act: 'reply'; readonly person: string; readonly body: string; readonly answer: Answer }
  | { readonly act: 'resolve-from-slack'; readonly person: string; readonly answer: Answer }
  /** The answer that was lost becomes known. */
  | { readonly act: 'settle' }
  | { readonly act: 'deliver'; readonly which: number }
  /** A record of CloudTrail comes. */
  | { readonly act: 'hear'; readonly which: number }
  | ({ readonly act: 'reconcile' } & ReconcileHow)
  /** All that the bot remembers is gone. */
  | { readonly act: 'lose-store' }
);

export type Answer = 'clear' | 'lost' | 'refused';

export interface ReconcileHow {
  /** The reading is the truth of so long ago. */
  readonly behindMs: number;
  /** False while AWS cannot be asked. */
  readonly readable: boolean;
  /** The process dies after so many writes. */
  readonly crashAfter: number;
}

const BODIES = ['thanks', 'any news?', 'long story', 'thanks'] as const;
const PEOPLE = ['Alice', 'Bob'] as const;

export interface ActsOptions {
  /** Milliseconds between a communication and its event, at most. */
  readonly jitterMs?: number;
  readonly readable?: fc.Arbitrary<boolean>;
  readonly gaps?: readonly number[];
  /** Whether the store gets lost at times. */
  readonly losesStore?: boolean;
  /** Whether status and severity change without an event. */
  readonly changes?: boolean;
  /** Whether CloudTrail tells of calls. */
  readonly hears?: boolean;
}

export function acts({
  jitterMs = 0,
  readable = fc.constant(true),
  gaps = [0, 0, 1_000, 5_000, 45_000, 70_000, 150_000, 700_000],
  losesStore = false,
  changes = true,
  hears = false,
}: ActsOptions = {}): fc.Arbitrary<Act[]> {
  const gap = fc.constantFrom(...gaps);
  const body = fc.constantFrom(...BODIES);
  const person = fc.constantFrom(...PEOPLE);
  const answer = fc.constantFrom<Answer>('clear', 'clear', 'lost', 'refused');
  const jitter = fc.integer({ min: 0, max: jitterMs / 1_000 }).map((seconds) => seconds * 1_000);
  const one: fc.Arbitrary<Act> = fc.oneof(
    {
      weight: losesStore ? 2 : 0,
      arbitrary: fc.record({ gap, act: fc.constant('lose-store' as const) }),
    },
    {
      weight: 5,
      arbitrary: fc.record({
        gap,
        act: fc.constant('say' as const),
        from: fc.constantFrom('aws' as const, 'customer' as const),
        body,
        jitter,
      }),
    },
    { weight: 1, arbitrary: fc.record({ gap: fc.constant(700_000), act: fc.constant('quote' as const) }) },
    { weight: 2, arbitrary: fc.record({ gap, act: fc.constant('resolve' as const) }) },
    { weight: 2, arbitrary: fc.record({ gap, act: fc.constant('reply' as const), person, body, answer }) },
    {
      weight: 1,
      arbitrary: fc.record({ gap, act: fc.constant('resolve-from-slack' as const), person, answer }),
    },
    { weight: 1, arbitrary: fc.record({ gap, act: fc.constant('settle' as const) }) },
    {
      weight: changes ? 2 : 0,
      arbitrary: fc.record({
        gap,
        act: fc.constant('change' as const),
        what: fc.constantFrom('status' as const, 'severity' as const),
        to: fc.nat(2),
      }),
    },
    { weight: 5, arbitrary: fc.record({ gap, act: fc.constant('deliver' as const), which: fc.nat(30) }) },
    {
      weight: hears ? 5 : 0,
      arbitrary: fc.record({ gap, act: fc.constant('hear' as const), which: fc.nat(30) }),
    },
    {
      weight: 5,
      arbitrary: fc.record({
        gap,
        act: fc.constant('reconcile' as const),
        behindMs: fc.constantFrom(0, 0, 2_000, 20_000),
        readable,
        crashAfter: fc.oneof(fc.constant(Number.POSITIVE_INFINITY), fc.nat(12)),
      }),
    },
  );
  return fc.array(one, { maxLength: 40, size: 'max' });
}
