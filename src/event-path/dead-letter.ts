import { TEST_SOURCE } from './names.js';

/** A message of the queue for what could not be delivered, as SQS gives it out. */
export interface QueueMessage {
  readonly MessageId?: string | undefined;
  readonly ReceiptHandle?: string | undefined;
  readonly Body?: string | undefined;
  readonly MessageAttributes?:
    | Readonly<Record<string, { readonly StringValue?: string | undefined }>>
    | undefined;
}

/** An event that EventBridge could not deliver (facts: aws-support.md, section 4). */
export interface DeadLetter {
  /** Of the message. */
  readonly id: string;
  /** To delete it with, or to give it back. */
  readonly receipt: string;
  /** The event, as it came. */
  readonly body: string;
  /** `ERROR_FROM_TARGET`, `NO_PERMISSIONS` and the like, and what EventBridge adds to it: for people, on one line. */
  readonly code: string;
  readonly message: string;
  /** What may be shown of the event; null where it is none. */
  readonly about: AboutEvent | null;
}

export interface AboutEvent {
  /** `2026-02-21T15:51:31Z` */
  readonly time: string;
  /** `AddCommunicationToCase`; the detail-type where it is no event of a case. */
  readonly name: string;
  /** Empty where it has none. */
  readonly displayId: string;
}

const LONGEST_MESSAGE = 200;

export function deadLetterOf(message: QueueMessage): DeadLetter {
  const attribute = (name: string) => onOneLine(message.MessageAttributes?.[name]?.StringValue ?? '');
  const body = message.Body ?? '';
  return {
    id: message.MessageId ?? '',
    receipt: message.ReceiptHandle ?? '',
    body,
    code: attribute('ERROR_CODE') || 'no code',
    message: attribute('ERROR_MESSAGE') || 'EventBridge gave no reason',
    about: aboutEvent(body),
  };
}

/** Anybody who may write into the queue chose these words: shown is what looks as AWS writes it. */
function aboutEvent(body: string): AboutEvent | null {
  let event: unknown;
  try {
    event = JSON.parse(body);
  } catch {
    return null;
  }
  const word = (of: unknown, name: string, pattern: RegExp): string => {
    const value = typeof of === 'object' && of !== null ? Reflect.get(of, name) : undefined;
    return typeof value === 'string' && pattern.test(value) ? value : '';
  };
  const detail = typeof event === 'object' && event !== null ? Reflect.get(event, 'detail') : undefined;
  const time = word(event, 'time', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/);
  const isTest = word(event, 'source', /./) === TEST_SOURCE;
  const name = isTest ? 'a test event' : word(detail, 'event-name', /^[A-Za-z]{1,60}$/);
  const other = word(event, 'detail-type', /^[A-Za-z0-9 ._-]{1,80}$/);
  if (time === '' || (name === '' && other === '')) return null;
  return { time, name: name || other, displayId: word(detail, 'display-id', /^[\w-]{1,64}$/) };
}

/** Also what an answer in between has put into it. */
export function onOneLine(text: string): string {
  const line = text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();
  return line.length > LONGEST_MESSAGE ? `${line.slice(0, LONGEST_MESSAGE).trimEnd()} …` : line;
}
