import { useEffect } from 'react';
import type { Completion } from './completions.js';

interface CompletionListProps {
  id: string;
  label: string;
  items: readonly Completion[];
  /** -1: none. */
  active: number;
  optionId(index: number): string;
  onActive(index: number): void;
  onPick(index: number): void;
}

/** Above the composer: what may be meant. The composer keeps the focus, and with it the keys. */
export function CompletionList({
  id,
  label,
  items,
  active,
  optionId,
  onActive,
  onPick,
}: CompletionListProps) {
  useEffect(() => {
    document.getElementById(optionId(active))?.scrollIntoView({ block: 'nearest' });
  }, [active, optionId]);
  return (
    <div className="slk-completions">
      <div className="slk-completions-head">
        {label}
        <span aria-hidden="true">↑ ↓ to choose · Tab to complete · Esc to close</span>
      </div>
      <div aria-label={label} className="slk-completions-list" id={id} role="listbox" tabIndex={-1}>
        {items.map((item, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the composer has the focus and hears the keys.
          <div
            aria-selected={index === active}
            className={index === active ? 'slk-completion slk-completion-active' : 'slk-completion'}
            id={optionId(index)}
            key={item.key}
            onClick={() => onPick(index)}
            onMouseDown={(event) => event.preventDefault()}
            onMouseMove={() => {
              if (index !== active) onActive(index);
            }}
            role="option"
            tabIndex={-1}
          >
            <span className="slk-completion-label">{item.label}</span>
            <span className="slk-completion-hint">{item.hint}</span>
          </div>
        ))}
      </div>
    </div>
  );
}
