import { readFileSync } from 'node:fs';
import type { SupportEvent } from '../../src/sandbox/aws/support-event.js';
import { type Message, type Slack, shownText } from '../../src/sandbox/slack/start-slack.js';
import { CHANNEL } from './world.js';

/** What the channel is told of cases that need a person. */
const NOTICE = /^:warning: \d+ cases? needs? a person\.|^:white_check_mark: Settled: /;

/** The threads of cases. */
export function caseThreads(slack: Slack, channel = CHANNEL): ReturnType<Slack['threads']> {
  return slack.threads(channel).filter(({ card }) => !NOTICE.test(shownText(card)));
}

/** What a person reads in the channel of cases that need somebody, oldest first. */
export function notices(slack: Slack, channel = CHANNEL): string[] {
  return slack
    .messages(channel)
    .map((message) => shownText(message))
    .filter((text) => NOTICE.test(text));
}

/** What a person reads in the entries of a channel's threads: one list of texts per thread, card left out. */
export function entries(slack: Slack, channel = CHANNEL): string[][] {
  return caseThreads(slack, channel).map(({ replies }) => replies.map((reply) => shownText(reply)));
}

/** The one thread there is. Fails when there are more, or none. */
export function onlyThread(slack: Slack): { card: Message; replies: Message[]; texts: string[] } {
  const threads = caseThreads(slack);
  const [thread] = threads;
  if (thread === undefined || threads.length > 1) {
    throw new Error(`there are ${threads.length} threads\n${slack.picture()}`);
  }
  return { ...thread, texts: thread.replies.map((reply) => shownText(reply)) };
}

/** What one person was told, oldest first. */
export function toldTo(slack: Slack, user: string): string[] {
  return slack.ephemerals
    .filter((each) => each.user === user && !each.deleted)
    .map((each) => shownText(each));
}

/** One of AWS's documented events. */
export function fixture(name: SupportEvent['detail']['event-name']): SupportEvent {
  return JSON.parse(readFileSync(`test/fixtures/support-case-update/${name}.json`, 'utf8')) as SupportEvent;
}

export function count(texts: readonly string[], part: string): number {
  return texts.filter((text) => text.includes(part)).length;
}
