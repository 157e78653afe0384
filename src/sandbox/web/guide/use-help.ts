/** What the guide's button does: it brings somebody to the place and fills in a text. Sending it stays theirs to do. */
import { useEffect, useRef, useState } from 'react';
import type { CaseState } from '../../aws/case-state.js';
import { formAsked, showCase, showForm } from '../aws/aws-view.js';
import { findThread, showThread } from '../aws/find-thread.js';
import { changeReplyDraft, replyAsked } from '../aws/reply-draft.js';
import { ENGINEERS_ANSWER } from '../aws/suggestions.js';
import { partsOf, usePicture } from '../live.js';
import { perform } from '../perform.js';
import { compose } from '../selection.js';
import { fittingCase } from './fitting-case.js';
import { pointAt } from './point-at.js';
import type { StepId } from './steps.js';

const WHILE_AWAY = 'Hello, a quick update while your bot is away: the fix is rolled out in all Regions now.';

/** What the buttons on a card are called. */
const BUTTONS = { answer: 'Reply', take: "I'll take it", resolve: 'Resolve' } as const;

const LOOK_EVERY_MS = 30;
const PATIENCE_MS = 2_000;

export interface Help {
  help: (step: StepId) => Promise<void>;
  busy: boolean;
  problem: string | null;
  /** The button has done its part, and the rest is theirs to do. */
  helped: boolean;
}

/** @param current the step that is shown @param isDone whether it is done: then no help is remembered */
export function useHelp(current: StepId, isDone: boolean): Help {
  const picture = usePicture();
  const latest = useRef(picture);
  latest.current = picture;
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [helped, setHelped] = useState(false);

  // biome-ignore lint/correctness/useExhaustiveDependencies: with another step, or a done one, it is over.
  useEffect(() => {
    setProblem(null);
    setHelped(false);
  }, [current, isDone]);

  async function untilAway(): Promise<void> {
    const end = Date.now() + PATIENCE_MS;
    while (latest.current.parts.bot?.state === 'running' && Date.now() < end) {
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    }
  }

  /** Both sides of a case, to watch what goes from one to the other. */
  function showBoth({ caseId, displayId }: CaseState): void {
    const thread = findThread(latest.current, displayId);
    if (thread !== undefined) showThread(thread);
    showCase(caseId);
  }

  async function killAndAnswer(caseId: string): Promise<string | null> {
    const killed = await perform('kill-bot', {});
    if (!killed.ok) return killed.error;
    await untilAway();
    const answered = await perform('reply-to-case', { caseId, from: 'aws', body: WHILE_AWAY });
    return answered.ok ? null : answered.error;
  }

  async function help(step: StepId): Promise<void> {
    setProblem(null);
    const cases = partsOf(latest.current, 'case').filter((each) => each !== undefined);
    const fitting = fittingCase(step, cases);
    if (step === 'open') {
      compose(`${latest.current.parts.about?.commands[0]?.command ?? '/support'} create`);
      setHelped(true);
      return;
    }
    if (fitting === undefined) {
      showForm();
      formAsked.set(true);
      return;
    }
    const { caseId, displayId } = fitting;
    switch (step) {
      case 'read': {
        const thread = findThread(latest.current, displayId);
        if (thread === undefined) setProblem('It has no thread yet. Wait a moment and try again.');
        else showThread(thread);
        break;
      }
      case 'answer':
      case 'take':
      case 'resolve': {
        const card = findThread(latest.current, displayId);
        if (card !== undefined) showThread(card);
        if (card !== undefined && (await pointAt(card.ts, BUTTONS[step]))) setHelped(true);
        else setProblem('Its card has no such button yet. Wait a moment and try again.');
        break;
      }
      case 'engineer':
        showBoth(fitting);
        changeReplyDraft(caseId, { from: 'aws', text: ENGINEERS_ANSWER });
        replyAsked.set(caseId);
        setHelped(true);
        break;
      case 'trouble':
        showBoth(fitting);
        setBusy(true);
        setProblem(await killAndAnswer(caseId));
        setBusy(false);
        break;
    }
  }

  return { help, busy, problem, helped };
}
