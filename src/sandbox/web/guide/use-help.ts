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
import type { StepId } from './steps.js';

const REPLY =
  'The request IDs are 8f2c1a7e-5b1d and c40d92b3-77aa, both from this morning. Thank you for looking into it.';
const WHILE_AWAY = 'Hello, a quick update while your bot is away: the fix is rolled out in all Regions now.';

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
    if (fitting === undefined || step === 'open') {
      showForm();
      formAsked.set(true);
      setHelped(step === 'open');
      return;
    }
    const { caseId, displayId } = fitting;
    const command = latest.current.parts.about?.commands[0]?.command ?? '/support';
    switch (step) {
      case 'read': {
        const thread = findThread(latest.current, displayId);
        if (thread === undefined) setProblem('It has no thread yet. Wait a moment and try again.');
        else showThread(thread);
        break;
      }
      case 'answer':
        compose(`${command} reply ${displayId} ${REPLY}`);
        setHelped(true);
        break;
      case 'engineer':
        showBoth(fitting);
        changeReplyDraft(caseId, { from: 'aws', text: ENGINEERS_ANSWER });
        replyAsked.set(caseId);
        setHelped(true);
        break;
      case 'resolve':
        compose(`${command} resolve ${displayId}`);
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
