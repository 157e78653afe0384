import { type FormEvent, useEffect, useId, useRef, useState } from 'react';
import { isObject } from '../../../slack/json-object.js';
import { type ScreenView, topModal } from '../../../slack/people/screen-view.js';
import { perform } from '../../perform.js';
import { Blocks } from '../blocks/blocks.js';
import { Words } from '../blocks/text-object.js';
import { Dialog } from '../dialog/dialog.js';
import { useInSlack, useParts } from '../in-slack.js';
import { problemsOf } from './view-problems.js';
import { useValues, ViewSurface, valuesOf } from './view-surface.js';

const NONE = {};

type Errors = { readonly [blockId: string]: string };

function OpenModal({ view }: { view: ScreenView }) {
  const { user } = useInSlack();
  const id = useId();
  const form = useRef<HTMLFormElement>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [found, setFound] = useState<Errors>(NONE);
  const { title, submit, close, blocks } = view.view;
  const values = useValues(view);
  const errors = Object.keys(found).length > 0 ? found : view.errors;
  // What has been mended needs no words any more, though nothing was sent since.
  const left = errors === found ? stillThere(found, problemsOf(blocks, values)) : errors;

  // They stand where somebody may not look.
  useEffect(() => {
    const [first] = Object.keys(errors);
    if (first === undefined) return;
    const input = form.current?.querySelector(`[data-block="${CSS.escape(first)}"]`);
    input?.scrollIntoView({ block: 'nearest' });
    input?.querySelector<HTMLElement>('input, textarea, select')?.focus();
  }, [errors]);

  async function leave(): Promise<void> {
    const answer = await perform('close', { user, view: view.id });
    if (!answer.ok) setProblem(answer.error);
  }

  async function send(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (busy) return;
    const sent = valuesOf(view);
    const problems = problemsOf(blocks, sent);
    setFound(problems);
    setProblem(null);
    if (Object.keys(problems).length > 0) return;
    setBusy(true);
    const answer = await perform('submit', { user, view: view.id, values: sent });
    setBusy(false);
    if (!answer.ok) setProblem(answer.error);
  }

  return (
    <Dialog focusOn={view.id} labelledBy={id} onEscape={() => void leave()}>
      <form className="slk-modal" noValidate onSubmit={(event) => void send(event)} ref={form}>
        <div className="slk-dialog-head">
          <h2 className="slk-dialog-title" id={id}>
            <Words text={title} />
          </h2>
          <button
            aria-label="Close"
            className="slk-icon-button"
            onClick={() => void leave()}
            title="Close"
            type="button"
          >
            ✕
          </button>
        </div>
        <div className="slk-dialog-body">
          <ViewSurface errors={left} failed={setProblem} view={view}>
            <Blocks blocks={blocks} />
          </ViewSurface>
        </div>
        <div className="slk-dialog-foot">
          {problem === null ? null : (
            <p className="slk-dialog-problem" role="alert">
              {problem}
            </p>
          )}
          <button className="slk-button" onClick={() => void leave()} type="button">
            {isObject(close) ? <Words text={close} /> : 'Cancel'}
          </button>
          {isObject(submit) ? (
            <button aria-busy={busy} className="slk-button slk-button-primary" disabled={busy} type="submit">
              <Words text={submit} />
            </button>
          ) : null}
        </div>
      </form>
    </Dialog>
  );
}

function stillThere(found: Errors, now: Errors): Errors {
  return Object.fromEntries(Object.entries(found).filter(([blockId]) => now[blockId] !== undefined));
}

/** The modal that this person has in front of them. */
export function Modal() {
  const { user } = useInSlack();
  const views = useParts('view').filter((view) => view !== undefined);
  const top = topModal(views, user);
  return top === undefined ? null : <OpenModal key={top.id} view={top} />;
}
