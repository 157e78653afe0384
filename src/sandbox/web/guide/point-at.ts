/** A message is drawn again when its place is shown: the button may be there only some frames later. */
const FRAMES = 30;
const GLOW_MS = 700;
const GLOWS = 4;

/**
 * Points at a button of a message: it comes into sight, takes the focus and glows for a moment. Pressing it stays theirs to
 * do. False when no such button is to be seen.
 */
export async function pointAt(ts: string, label: string): Promise<boolean> {
  for (let frame = 0; frame < FRAMES; frame += 1) {
    await new Promise(requestAnimationFrame);
    const button = visibleButton(ts, label);
    if (button === undefined) continue;
    button.scrollIntoView({ block: 'center' });
    button.focus({ preventScroll: true });
    glow(button);
    return true;
  }
  return false;
}

/** The message may be shown twice: in the channel, and above its thread. */
function visibleButton(ts: string, label: string): HTMLButtonElement | undefined {
  const buttons = document.querySelectorAll<HTMLButtonElement>(`[data-ts="${CSS.escape(ts)}"] button`);
  return [...buttons].find(
    (button) => button.textContent.trim() === label && button.getClientRects().length > 0,
  );
}

function glow(button: HTMLButtonElement): void {
  const color = getComputedStyle(button).getPropertyValue('--slk-link');
  button.animate(
    [
      { boxShadow: `0 0 0 2px ${color}` },
      { boxShadow: `0 0 0 7px color-mix(in srgb, ${color} 35%, transparent)` },
      { boxShadow: `0 0 0 2px ${color}` },
    ],
    { duration: GLOW_MS, iterations: GLOWS },
  );
}
