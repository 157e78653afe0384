import { z } from 'zod';
import { EVENT_NAMES, type EventName, type Fact } from '../case/fact.js';
import { TEST_SOURCE } from '../event-path/names.js';
import { readTestEvent, type TestEvent } from './test-event.js';

/** What became of one element of a delivery. */
export type ParsedEvent =
  | { readonly kind: 'fact'; readonly fact: Fact }
  | TestEvent
  /** A true event of a kind that we do not use; `name` for the log. */
  | { readonly kind: 'unused'; readonly name: string }
  | { readonly kind: 'account-not-accepted'; readonly account: string }
  | { readonly kind: 'not-an-event'; readonly why: string };

const Envelope = z.object({
  source: z.string(),
  'detail-type': z.string(),
  account: z.string().regex(/^\d{12}$/, 'must have 12 digits'),
  time: z.string().refine((time) => !Number.isNaN(Date.parse(time)), 'must be a time'),
  detail: z.record(z.string(), z.unknown()),
});

/** The detail of a "Support Case Update" (user guide, event detail). Ids are opaque, but never this long. */
const Detail = z.object({
  'case-id': z.string().regex(/^[^\p{Cc}\p{Cs}]{1,200}$/u, 'must have 1 to 200 characters'),
  'event-name': z.string(),
  'display-id': word(100),
  'communication-id': word(500),
  origin: word(100),
});

/** The store ends a text at a NUL and knows no half characters, so neither is part of any id. */
function word(longest: number) {
  const pattern = new RegExp(`^[^\\p{Cc}\\p{Cs}]{0,${longest}}$`, 'u');
  return z.string().regex(pattern, `must have at most ${longest} characters`).default('');
}

const DETAIL_TYPE = 'Support Case Update';

/** @param accounts whose events are accepted; empty for any. */
export function parseEvent(element: unknown, accounts: readonly string[], receivedAt: number): ParsedEvent {
  const envelope = Envelope.safeParse(element);
  if (!envelope.success) return notAnEvent(envelope.error);
  const { source, account, time, detail } = envelope.data;
  const detailType = envelope.data['detail-type'];
  // From whatever account it comes: the key is proof enough for what does no harm.
  if (source === TEST_SOURCE) {
    const test = readTestEvent(detailType, detail);
    return 'wrong' in test ? { kind: 'not-an-event', why: test.wrong } : test;
  }
  if (accounts.length > 0 && !accounts.includes(account)) return { kind: 'account-not-accepted', account };
  if (source !== 'aws.support' || detailType !== DETAIL_TYPE)
    return { kind: 'unused', name: `${source} / ${detailType}` };
  const parsed = Detail.safeParse(detail);
  if (!parsed.success) return notAnEvent(parsed.error);
  const event = parsed.data['event-name'];
  if (!isEventName(event)) return { kind: 'unused', name: `${detailType} / ${event}` };
  return {
    kind: 'fact',
    fact: {
      key: { account, caseId: parsed.data['case-id'] },
      displayId: parsed.data['display-id'],
      event,
      communicationId: parsed.data['communication-id'],
      origin: parsed.data.origin,
      at: Date.parse(time),
      receivedAt,
    },
  };
}

function isEventName(name: string): name is EventName {
  return (EVENT_NAMES as readonly string[]).includes(name);
}

/** Names the fields, never their values. */
function notAnEvent(error: z.ZodError): ParsedEvent {
  const fields = error.issues.slice(0, 3).map((issue) => `${issue.path.join('.') || 'it'}: ${issue.message}`);
  return { kind: 'not-an-event', why: fields.join('; ') };
}
