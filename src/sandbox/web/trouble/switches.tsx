import { useId } from 'react';
import type { About, SwitchName } from '../../page/protocol.js';
import { usePart } from '../live.js';
import { perform } from '../perform.js';

export function Switches({ onProblem }: { onProblem: (sentence: string | null) => void }) {
  const switches = usePart('about')?.switches ?? [];
  const trouble = usePart('trouble');

  async function turn(name: SwitchName, on: boolean): Promise<void> {
    const answer = await perform('switch', { name, on });
    onProblem(answer.ok ? null : answer.error);
  }

  return (
    <div className="trb-switches">
      {switches.map((each) => (
        <Switch
          key={each.name}
          on={trouble?.[each.name] === true}
          onTurn={(on) => turn(each.name, on)}
          switch={each}
        />
      ))}
    </div>
  );
}

interface SwitchProps {
  switch: About['switches'][number];
  on: boolean;
  onTurn: (on: boolean) => void;
}

function Switch({ switch: { label, explanation }, on, onTurn }: SwitchProps) {
  const labelId = useId();
  const explanationId = useId();
  return (
    <div className="trb-switch" data-on={on}>
      <button
        aria-checked={on}
        aria-describedby={explanationId}
        aria-labelledby={labelId}
        className="trb-track"
        onClick={() => onTurn(!on)}
        role="switch"
        type="button"
      >
        <span className="trb-knob" />
      </button>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/noStaticElementInteractions: the switch beside it takes the keys. */}
      <div className="trb-switch-words" onClick={() => onTurn(!on)}>
        <div className="trb-label" id={labelId}>
          {label}
        </div>
        <div className="trb-explanation" id={explanationId}>
          {explanation}
        </div>
      </div>
    </div>
  );
}
