/** What somebody is invited to try, in the order in which it makes sense. */
export interface Step {
  readonly id: StepId;
  readonly title: string;
  /** What to do, in a sentence. @param displayId of a case that fits @param isAsked whether it waits for the customer */
  readonly todo: (displayId: string, isAsked: boolean) => string;
  /** What is left to do when the button has helped; none where that was all. */
  readonly finish?: string;
  /** What they have seen when it is done. */
  readonly seen: string;
  /** On the button that helps. */
  readonly help: string;
}

export type StepId = 'read' | 'answer' | 'engineer' | 'resolve' | 'open' | 'trouble';

export const STEPS: readonly Step[] = [
  {
    id: 'read',
    title: 'Read a case',
    todo: (displayId, isAsked) =>
      isAsked
        ? `AWS has answered case ${displayId} and waits for your side. Open its thread in Slack.`
        : `Open the thread of case ${displayId} in Slack.`,
    seen: 'All that was said on the case is in its thread: in full, oldest first.',
    help: 'Open the thread',
  },
  {
    id: 'answer',
    title: 'Answer from Slack',
    todo: (displayId) => `Reply to case ${displayId} with one line in the channel.`,
    finish: 'It stands in the channel’s message box. Now press Enter.',
    seen: 'AWS has your reply. It is on the case, and in the thread under your name.',
    help: 'Type it for me',
  },
  {
    id: 'engineer',
    title: 'Play AWS’s engineer',
    todo: (displayId) => `Answer case ${displayId} in AWS Support Center, and see it appear in the thread.`,
    finish: 'The answer is written in AWS Support Center. Now press Send reply.',
    seen: 'What AWS answered is in the thread: once, and whole.',
    help: 'Write it for me',
  },
  {
    id: 'resolve',
    title: 'Resolve it from Slack',
    todo: (displayId) => `Close case ${displayId} with one line in the channel.`,
    finish: 'It stands in the channel’s message box. Now press Enter.',
    seen: 'The case is resolved at AWS, and the thread says so.',
    help: 'Type it for me',
  },
  {
    id: 'open',
    title: 'Open a case',
    todo: () => 'Create a case in AWS Support Center. It becomes a thread by itself.',
    finish: 'Fill in the form, or press Fill in an example. Then press Create case.',
    seen: 'A new case, a new thread. Nobody had to do anything in Slack.',
    help: 'Open the form',
  },
  {
    id: 'trouble',
    title: 'Make trouble',
    todo: () => 'Kill the bot, answer as AWS while it is away, and see it catch up.',
    seen: 'It was killed, it came back, and no thread misses anything.',
    help: 'Do it for me',
  },
];
