/** Where there is room for one window only: which one. */
import type { KeyboardEvent } from 'react';
import { usePart } from '../live.js';
import { pane } from '../selection.js';
import { agrees } from './agreement-badge.js';

export const PANES = [
  { id: 'slack', label: 'Slack' },
  { id: 'aws', label: 'AWS Support' },
  { id: 'trouble', label: 'Trouble' },
] as const;

export type PaneName = (typeof PANES)[number]['id'];

export function Tabs() {
  const current = pane.use();
  const agreement = usePart('agreement');
  const waiting = agreement !== undefined && !agrees(agreement);

  function press(event: KeyboardEvent<HTMLDivElement>): void {
    const at = PANES.findIndex(({ id }) => id === current);
    const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: PANES.length - 1 }[event.key];
    const next = to === undefined ? undefined : PANES[(to + PANES.length) % PANES.length];
    if (next === undefined) return;
    event.preventDefault();
    pane.set(next.id);
    document.getElementById(`tab-${next.id}`)?.focus();
  }

  return (
    <div aria-label="Windows" className="shl-tabs" onKeyDown={press} role="tablist" tabIndex={-1}>
      {PANES.map(({ id, label }) => (
        <button
          aria-controls={`pane-${id}`}
          aria-selected={id === current}
          className="shl-tab"
          id={`tab-${id}`}
          key={id}
          onClick={() => pane.set(id)}
          role="tab"
          tabIndex={id === current ? 0 : -1}
          type="button"
        >
          {label}
          {id === 'trouble' && waiting ? <span aria-hidden="true" className="shl-tab-dot" /> : null}
        </button>
      ))}
    </div>
  );
}
