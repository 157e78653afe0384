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

export type StepId = 'read' | 'answer' | 'take' | 'engineer' | 'resolve' | 'open' | 'trouble';

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
    todo: (displayId) => `Press Reply on the card of case ${displayId}, write a line and send it.`,
    finish: 'There it is. Press it, write a line, and press Send to AWS.',
    seen: 'AWS has your reply. It is on the case, and in the thread under your name.',
    help: 'Show me where',
  },
  {
    id: 'take',
    title: 'Take it',
    todo: (displayId) => `Press I'll take it on the card of case ${displayId}.`,
    finish: 'There it is. Press it: the card will say who has the case.',
    seen: 'The card says that the case is yours. AWS’s next answer comes to you as a direct message, too.',
    help: 'Show me where',
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
    todo: (displayId) => `Press Resolve on the card of case ${displayId}.`,
    finish: 'There it is. Press it; you are asked once more.',
    seen: 'The case is resolved at AWS. The thread says by whom, and the card keeps quiet from now on.',
    help: 'Show me where',
  },
  {
    id: 'open',
    title: 'Open a case',
    todo: () => 'Open a case from Slack: with /support create in the channel.',
    finish: 'It stands in the channel’s message box. Press Enter, and fill in the form.',
    seen: 'A new case at AWS, and a thread of its own.',
    help: 'Type it for me',
  },
  {
    id: 'trouble',
    title: 'Make trouble',
    todo: () => 'Kill the bot, answer as AWS while it is away, and see it catch up.',
    seen: 'It was killed, it came back, and no thread misses anything.',
    help: 'Do it for me',
  },
];
