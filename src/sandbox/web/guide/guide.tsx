/** Seven things to try, one at a time. */
import { useState } from 'react';
import { type Picture, partsOf, usePicture } from '../live.js';
import { useBotWords } from '../shell/bot-words.js';
import { fittingCase } from './fitting-case.js';
import { guideOpen, openGuide } from './guide-open.js';
import type { Progress } from './progress.js';
import { STEPS, type Step, type StepId } from './steps.js';
import { useHelp } from './use-help.js';
import { useProgress } from './use-progress.js';
import './guide.css';

function firstUndone(done: readonly StepId[]): number {
  const at = STEPS.findIndex(({ id }) => !done.includes(id));
  return at < 0 ? STEPS.length : at;
}

export function Guide() {
  const open = guideOpen.use();
  // Also while it is hidden: what they do then is done.
  const { progress, startOver } = useProgress();
  const [chosen, setAt] = useState(() => firstUndone(progress.done));
  // With another sandbox everything begins anew.
  const at = chosen < STEPS.length ? chosen : firstUndone(progress.done);
  if (!open) return null;
  const step = STEPS[at];
  return (
    <section aria-label="Guide" className="gde">
      <h2 className="gde-name">Try this</h2>
      <Dots at={at} done={progress.done} onGo={setAt} />
      {step === undefined ? (
        <End
          onStartOver={() => {
            startOver();
            setAt(0);
          }}
        />
      ) : (
        <CurrentStep onNext={() => setAt(firstUndone(progress.done))} progress={progress} step={step} />
      )}
      <button
        aria-label="Hide the guide"
        className="gde-hide"
        onClick={() => openGuide(false)}
        title="Hide the guide"
        type="button"
      >
        ×
      </button>
    </section>
  );
}

interface DotsProps {
  at: number;
  done: readonly StepId[];
  onGo: (at: number) => void;
}

function Dots({ at, done, onGo }: DotsProps) {
  return (
    <ol aria-label="Steps" className="gde-dots">
      {STEPS.map(({ id, title }, index) => {
        const isDone = done.includes(id);
        return (
          <li key={id}>
            <button
              aria-current={index === at ? 'step' : undefined}
              aria-label={`Step ${index + 1}${isDone ? ', done' : ''}`}
              className="gde-dot"
              data-done={isDone}
              onClick={() => onGo(index)}
              title={title}
              type="button"
            >
              {isDone ? '✓' : index + 1}
            </button>
          </li>
        );
      })}
    </ol>
  );
}

interface StepProps {
  step: Step;
  progress: Progress;
  onNext: () => void;
}

function CurrentStep({ step, progress, onNext }: StepProps) {
  const picture = usePicture();
  const isDone = progress.done.includes(step.id);
  const { help, busy, problem, helped } = useHelp(step.id, isDone);
  const { words, label } = useTodo(step, picture, progress);
  const all = progress.done.length === STEPS.length;
  return (
    <>
      <p aria-live="polite" className="gde-step" data-done={isDone}>
        <strong>{isDone ? `✓ ${step.title}` : step.title}</strong>{' '}
        <span className="gde-words">{isDone ? step.seen : helped ? (step.finish ?? words) : words}</span>
        {problem === null || isDone ? null : <span className="gde-problem"> {problem}</span>}
      </p>
      <button
        className="gde-help"
        disabled={busy || picture.parts.about === undefined}
        onClick={() => (isDone ? onNext() : void help(step.id))}
        type="button"
      >
        {isDone ? (all ? 'Finish' : 'Next') : label}
      </button>
    </>
  );
}

/** What a step asks for as things stand, and what its button says. */
function useTodo(step: Step, picture: Picture, progress: Progress): { words: string; label: string } {
  const bot = useBotWords();
  const cases = partsOf(picture, 'case').filter((each) => each !== undefined);
  const fitting = fittingCase(step.id, cases);
  if (step.id === 'trouble' && picture.parts.bot !== undefined) {
    if (progress.behind && bot.tone === 'good')
      return { words: 'It is back and catches up…', label: step.help };
    if (progress.behind) {
      return { words: `AWS has answered meanwhile, and ${bot.words}. Watch the thread.`, label: step.help };
    }
    if (bot.tone === 'wait') return { words: `${bot.words}. Answer as AWS now!`, label: step.help };
  }
  if (picture.parts.about === undefined) return { words: 'Casethread starts…', label: step.help };
  if (fitting === undefined && step.id !== 'open') {
    const { cases: all, agreeing } = picture.parts.agreement ?? { cases: 0, agreeing: 0 };
    if (progress.done.length === 0 && agreeing < all) {
      return { words: 'The first cases are on their way…', label: step.help };
    }
    return { words: 'It needs an open case, and there is none. Create one first.', label: 'Open the form' };
  }
  const isAsked = fitting?.status === 'pending-customer-action';
  return { words: step.todo(fitting?.displayId ?? '', isAsked), label: step.help };
}

function End({ onStartOver }: { onStartOver: () => void }) {
  return (
    <>
      <p aria-live="polite" className="gde-step" data-done="true">
        <strong>That is Casethread.</strong>{' '}
        <span className="gde-words">
          The README tells how to set it up with your Slack and your AWS account.
        </span>
      </p>
      <button className="gde-help gde-quiet" onClick={onStartOver} type="button">
        Start over
      </button>
    </>
  );
}
