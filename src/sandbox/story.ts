/**
 * The opening story: what a team would find in its channel on an ordinary, slightly unlucky day. One case is resolved, one
 * waits for AWS, one waits for us. Together they are 14 messages in Slack, which takes one in a second.
 */
import type { Aws } from './aws/start-aws.js';
import { emptyBucket } from './story/empty-bucket.js';
import { failingOver } from './story/failing-over.js';
import { slowCheckout } from './story/slow-checkout.js';
import { clockAt, type StoryCase } from './story/story-case.js';

/** The display ids of the cases, in the order in which they are told. */
export const STORY = {
  resolved: '1702498851',
  waitingForAws: '1702513306',
  waitingForUs: '1702520947',
} as const;

export interface Telling {
  /** In ms; everything lies so and so long before. */
  readonly now: () => number;
  /** Resolves when the thread of the case shows all of it, or has had time enough. */
  readonly settled: (caseId: string) => Promise<void>;
}

/** Plays the story into a stand-in without cases, one case after the other. */
export async function tellStory(aws: Aws, { now, settled }: Telling): Promise<void> {
  const began = now();
  const clock = clockAt(began);
  await settled(play(aws, STORY.resolved, emptyBucket(), began));
  await settled(play(aws, STORY.waitingForAws, failingOver(clock), began));
  await settled(play(aws, STORY.waitingForUs, slowCheckout(clock), began));
}

/** Without a pause: whoever reads the case at its first event finds it as it stands. */
function play(aws: Aws, displayId: string, story: StoryCase, now: number): string {
  const at = (minutesAgo: number) => now - minutesAgo * 60_000;
  const { subject, severity, service, category, end } = story;
  const [first, ...replies] = story.said;
  const { caseId } = aws.openCase({
    subject,
    body: first.body,
    severity,
    service,
    category,
    displayId,
    ...(first.by !== null && { by: first.by }),
    at: at(first.minutesAgo),
  });
  for (const { minutesAgo, by, body, files = [] } of replies) {
    aws.reply(caseId, {
      from: by === null ? 'aws' : 'customer',
      ...(by !== null && { by }),
      body,
      attachments: files.map(({ fileName, text }) => ({ fileName, data: Buffer.from(text) })),
      at: at(minutesAgo),
    });
  }
  if ('status' in end) aws.setStatus(caseId, end.status);
  else aws.resolve(caseId, { at: at(end.resolvedMinutesAgo), by: end.by });
  return caseId;
}
