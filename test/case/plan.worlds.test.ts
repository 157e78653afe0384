import assert from 'node:assert/strict';
import type { Act, Answer, ReconcileHow } from './model/acts.js';
import { CaseWorld } from './model/case-world.js';

// Worlds in which the properties of plan.property.test.ts once failed, as small as they could be made.

const say = (from: 'aws' | 'customer', more: { gap?: number; body?: string } = {}): Act => ({
  act: 'say',
  from,
  gap: 0,
  body: 'thanks',
  jitter: 0,
  ...more,
});
const reply = (answer: Answer = 'clear', gap = 0): Act => ({
  act: 'reply',
  person: 'Alice',
  body: 'words',
  answer,
  gap,
});
const resolveFromSlack = (answer: Answer = 'clear', gap = 0): Act => ({
  act: 'resolve-from-slack',
  person: 'Alice',
  answer,
  gap,
});
const later = say('aws', { gap: 5_000 });
const resolve: Act = { act: 'resolve', gap: 0 };
const quote: Act = { act: 'quote', gap: 700_000 };
const settle: Act = { act: 'settle', gap: 0 };
const deliver = (which: number): Act => ({ act: 'deliver', which, gap: 0 });
const look = (how: Partial<ReconcileHow> & { gap?: number } = {}): Act => ({
  act: 'reconcile',
  gap: 0,
  behindMs: 0,
  readable: true,
  crashAfter: Number.POSITIVE_INFINITY,
  ...how,
});
const unreadable = (crashAfter = Number.POSITIVE_INFINITY) => look({ readable: false, crashAfter });

/** What a person finds in the thread at the end, `kind who text`, in no order. */
function finished(script: readonly Act[]): { shown: string[]; truth: string[] } {
  const world = new CaseWorld();
  for (const act of script) world.do(act);
  for (let event = world.emitted.length - 1; event >= 0; event--) world.deliver(event);
  world.finish();
  const shown = world.thread.shown().map((item) => {
    if (item.kind === 'communication') return `${item.kind} ${item.author.name} ${item.text}`;
    return 'by' in item ? `${item.kind} ${item.by?.name ?? ''} ` : item.kind;
  });
  const truth = world.truth.map(({ kind, author, text }) => `${kind} ${author} ${text}`);
  return { shown: shown.sort(), truth: truth.sort() };
}

const WORLDS: readonly [what: string, script: readonly Act[]][] = [
  [
    'a customer quotes a reply from Slack, and the reply is no longer among the newest',
    [reply(), later, later, look(), quote, later, later, look()],
  ],
  [
    'a customer quotes a reply that was shown while AWS could not be asked',
    [reply(), unreadable(), later, later, look(), quote, later, later, look()],
  ],
  [
    'of two messages in one second the event of one is late, and the text of the other takes its entry',
    [say('customer', { gap: 5_000 }), say('customer'), deliver(2), unreadable(), look({ crashAfter: 3 })],
  ],
  ['a reply is written down while AWS cannot be asked, and not posted', [reply(), unreadable(4)]],
  [
    'the event of a reply comes before the answer, while AWS cannot be asked',
    [reply('lost', 700_000), deliver(1), unreadable(), settle, unreadable()],
  ],
  [
    'a reply and a message of the same second, while AWS cannot be asked',
    [reply('clear', 45_000), say('customer'), deliver(2), unreadable()],
  ],
  [
    'one of two replies is shown under its own entry, and AWS cannot be asked any more',
    [
      reply('clear', 150_000),
      reply(),
      unreadable(5),
      look({ crashAfter: 5 }),
      look({ crashAfter: 3 }),
      unreadable(),
    ],
  ],
  [
    'a long text is posted in part in place of what announced it',
    [
      say('aws', { body: 'long story', gap: 5_000 }),
      say('aws'),
      deliver(1),
      deliver(2),
      unreadable(),
      look({ crashAfter: 6 }),
    ],
  ],
  ['a look after a resolve from Slack is behind', [resolveFromSlack(), look({ behindMs: 20_000 })]],
  ['a look after another that saw the resolving is behind', [resolve, look(), look({ behindMs: 2_000 })]],
  [
    'the event of an old reopening comes after a look that saw a new one',
    [
      resolve,
      say('customer'),
      resolveFromSlack('clear', 700_000),
      say('customer'),
      look({ gap: 70_000 }),
      deliver(2),
      look({ gap: 45_000, crashAfter: 1 }),
    ],
  ],
];

describe('plan: worlds that were shown wrongly', () => {
  for (const [what, script] of WORLDS) {
    it(what, () => {
      const { shown, truth } = finished(script);
      assert.deepEqual(shown, truth);
    });
  }
});
