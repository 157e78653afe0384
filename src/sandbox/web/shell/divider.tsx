/** The line between the two windows: dragged, or moved by the arrow keys. */
import { type KeyboardEvent, type PointerEvent, useState } from 'react';
import { keep, kept } from './kept.js';

const LEAST = 35;
const MOST = 70;
const USUAL = 58;
const STEP = 2;

function within(percent: number): number {
  return Math.round(Math.min(MOST, Math.max(LEAST, percent)) * 10) / 10;
}

/** How much of the width the left window has, in percent. */
export function useSplit(): [split: number, setSplit: (percent: number) => void] {
  const [split, set] = useState(() => within(Number(kept('split') ?? USUAL) || USUAL));
  return [
    split,
    (percent) => {
      set(within(percent));
      keep('split', String(within(percent)));
    },
  ];
}

export function Divider({ split, onChange }: { split: number; onChange: (percent: number) => void }) {
  function drag(event: PointerEvent<HTMLDivElement>): void {
    const room = event.currentTarget.parentElement?.getBoundingClientRect();
    if (room !== undefined && event.currentTarget.hasPointerCapture(event.pointerId)) {
      onChange(((event.clientX - room.left) / room.width) * 100);
    }
  }

  function press(event: KeyboardEvent): void {
    const to = { ArrowLeft: split - STEP, ArrowRight: split + STEP, Home: LEAST, End: MOST }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    onChange(to);
  }

  return (
    // biome-ignore lint/a11y/useSemanticElements: a separator that is moved is no <hr>.
    <div
      aria-label="Width of the Slack window"
      aria-orientation="vertical"
      aria-valuemax={MOST}
      aria-valuemin={LEAST}
      aria-valuenow={split}
      className="shl-divider"
      onDoubleClick={() => onChange(USUAL)}
      onKeyDown={press}
      onPointerDown={(event) => {
        event.preventDefault();
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={drag}
      role="separator"
      tabIndex={0}
    />
  );
}
