import { readFileSync } from 'node:fs';
import type { SupportEvent } from '../../src/sandbox/aws/support-event.js';
import { type Message, type Slack, shownText } from '../../src/sandbox/slack/start-slack.js';
import { CHANNEL } from './world.js';

/** What a person reads in the entries of a channel's threads: one list of texts per thread, card left out. */
export function entries(slack: Slack, channel = CHANNEL): string[][] {
  return slack.threads(channel).map(({ replies }) => replies.map((reply) => shownText(reply)));
}

/** The one thread there is. Fails when there are more, or none. */
export function onlyThread(slack: Slack): { card: Message; replies: Message[]; texts: string[] } {
  const threads = slack.threads(CHANNEL);
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
