/**
 * Everything that can go wrong between AWS, EventBridge, the bot and Slack, to be switched on, and whether the threads
 * still agree with AWS. A bar below the windows, or a page of its own (`whole`).
 */
import { useId, useState } from 'react';
import { usePart } from '../live.js';
import { Counts } from './counts.js';
import { KillButton } from './kill-button.js';
import { Switches } from './switches.js';
import { openTrouble, troubleOpen } from './trouble-open.js';
import { useVerdict } from './use-verdict.js';
import type { Verdict } from './verdict.js';
import './trouble.css';
import './panel.css';
import './whole.css';

export function Trouble({ whole }: { whole: boolean }) {
  const wanted = troubleOpen.use();
  const [problem, setProblem] = useState<string | null>(null);
  const said = useVerdict();
  const panel = useId();
  const open = whole || wanted;
  return (
    <section aria-label="Trouble" className="trb" data-open={open} data-whole={whole}>
      <div className="trb-bar" data-lit={said.lit} data-tone={said.tone}>
        <VerdictLine {...said} />
        {open ? null : <SwitchedOn />}
        <div className="trb-acts">
          <KillButton onProblem={setProblem} />
          {whole ? null : (
            <button
              aria-controls={open ? panel : undefined}
              aria-expanded={open}
              className="trb-button"
              onClick={() => openTrouble(!open)}
              type="button"
            >
              Make trouble
              <span aria-hidden="true" className="trb-arrow">
                {open ? '▾' : '▴'}
              </span>
            </button>
          )}
        </div>
      </div>
      {problem === null ? null : (
        <p className="trb-problem" role="alert">
          {problem}
        </p>
      )}
      {open ? (
        <div className="trb-panel" id={panel}>
          <Switches onProblem={setProblem} />
          <Counts />
        </div>
      ) : null}
    </section>
  );
}

function VerdictLine({ tone, title, more }: Verdict) {
  return (
    <p className="trb-verdict" data-tone={tone}>
      <span aria-hidden="true" className="trb-sign">
        {tone === 'good' ? '✓' : tone === 'wait' ? '…' : '!'}
      </span>
      <span className="trb-words" title={`${title}. ${more}`.trim()}>
        <strong>{title}</strong>
        {more === '' ? null : <span className="trb-more">{more}</span>}
      </span>
    </p>
  );
}

/** A closed bar says which trouble is on. */
function SwitchedOn() {
  const switches = usePart('about')?.switches ?? [];
  const trouble = usePart('trouble');
  const on = switches.filter(({ name }) => trouble?.[name] === true);
  if (on.length === 0) return null;
  return (
    <ul aria-label="Switched on" className="trb-on">
      {on.map(({ name, label }) => (
        <li key={name}>{label}</li>
      ))}
    </ul>
  );
}
