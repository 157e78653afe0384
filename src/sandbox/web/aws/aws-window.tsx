/** AWS's Support Center, as its customers and its engineers see it. Drawn from the picture alone. */

// Before the styles of its parts, which go further.
import './console.css';
import './parts.css';
import { useEffect, useMemo, useRef } from 'react';
import type { CaseState } from '../../aws/case-state.js';
import { partsOf, usePicture } from '../live.js';
import { openCase } from '../selection.js';
import { creating } from './aws-view.js';
import { CaseList } from './case-list.js';
import { CasePage } from './case-page.js';
import { CreateForm } from './create-form.js';
import { SignedIn } from './signed-in.js';
import { useArrivals } from './use-arrivals.js';

export function AwsWindow() {
  const picture = usePicture();
  const { about } = picture.parts;
  const opened = openCase.use();
  const form = creating.use();
  const cases = useCases();
  const { fresh, news } = useArrivals(about === undefined ? undefined : cases);
  const shown = cases.find(({ caseId }) => caseId === opened);

  const root = useFocusKept(shown?.caseId ?? (form ? 'form' : 'list'));

  return (
    <section aria-label="AWS Support Center" className="aws" ref={root} tabIndex={-1}>
      <header className="aws-top">
        <svg aria-hidden="true" className="aws-top-sign" height="20" viewBox="0 0 20 20" width="20">
          <path
            d="M3.5 12V9.5a6.5 6.5 0 0 1 13 0V12M3.5 10.5h2V15h-2zM14.5 10.5h2V15h-2zM15.5 15.5c0 1.5-2 2-4 2"
            fill="none"
            stroke="currentColor"
            strokeLinejoin="round"
            strokeWidth="1.6"
          />
        </svg>
        <h2 className="aws-top-name">AWS Support Center</h2>
        {about === undefined ? null : <SignedIn about={about} />}
      </header>
      <p aria-live="polite" className="unseen">
        {news}
      </p>
      {about === undefined ? (
        <p className="aws-empty">Casethread starts…</p>
      ) : shown !== undefined ? (
        <CasePage about={about} case={shown} fresh={fresh} key={shown.caseId} />
      ) : form ? (
        <CreateForm about={about} />
      ) : (
        <CaseList about={about} cases={cases} fresh={fresh} />
      )}
    </section>
  );
}

/** What somebody pressed to get to another view is gone then; who uses the keyboard goes on in the new one. */
function useFocusKept(view: string) {
  const root = useRef<HTMLElement>(null);
  const before = useRef(view);
  useEffect(() => {
    if (before.current === view) return;
    before.current = view;
    if (document.activeElement === document.body) root.current?.focus({ preventScroll: true });
  }, [view]);
  return root;
}

/** The same array for as long as no case changes. */
function useCases(): CaseState[] {
  const picture = usePicture();
  const last = useRef<CaseState[]>([]);
  return useMemo(() => {
    const now = partsOf(picture, 'case').filter((each) => each !== undefined);
    const same = now.length === last.current.length && now.every((each, at) => each === last.current[at]);
    if (!same) last.current = now;
    return last.current;
  }, [picture]);
}
