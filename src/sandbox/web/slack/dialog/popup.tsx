/** Something that opens beside an element and lies over everything else, also over dialogs. */
import { type ReactNode, type RefObject, useEffect, useLayoutEffect, useRef } from 'react';
import './popup.css';

interface PopupProps {
  /** What it opens beside. */
  anchor: RefObject<HTMLElement | null>;
  /** Somebody pressed elsewhere, or Escape within it. */
  onClose(): void;
  align?: 'start' | 'end';
  /** At least as wide as what it opens beside. */
  wide?: boolean;
  children: ReactNode;
}

const GAP = 4;
const EDGE = 8;

/** Below the anchor, or above it where there is more room. */
function put(popup: HTMLElement, beside: DOMRect, { align, wide }: Pick<PopupProps, 'align' | 'wide'>): void {
  if (wide === true) popup.style.minWidth = `${beside.width}px`;
  popup.style.maxWidth = `${Math.max(beside.width, Math.min(400, window.innerWidth - 2 * EDGE))}px`;
  const below = window.innerHeight - beside.bottom - GAP - EDGE;
  const above = beside.top - GAP - EDGE;
  const up = below < Math.min(popup.scrollHeight, 200) && above > below;
  popup.style.maxHeight = `${Math.min(320, up ? above : below)}px`;
  const { width, height } = popup.getBoundingClientRect();
  const left = align === 'end' ? beside.right - width : beside.left;
  popup.style.left = `${Math.max(EDGE, Math.min(left, window.innerWidth - width - EDGE))}px`;
  popup.style.top = `${up ? beside.top - GAP - height : beside.bottom + GAP}px`;
}

export function Popup({ anchor, onClose, align = 'start', wide = false, children }: PopupProps) {
  const popup = useRef<HTMLDivElement>(null);
  const close = useRef(onClose);
  close.current = onClose;

  // What it holds may have become shorter or longer, so it is put in place after every drawing.
  useLayoutEffect(() => {
    const [shown, beside] = [popup.current, anchor.current];
    if (shown === null || beside === null) return;
    if (!shown.matches(':popover-open')) shown.showPopover();
    put(shown, beside.getBoundingClientRect(), { align, wide });
  });

  useEffect(() => {
    const pressed = (event: PointerEvent) => {
      const at = event.target as Node;
      if (popup.current?.contains(at) !== true && anchor.current?.contains(at) !== true) close.current();
    };
    const moved = (event: Event) => {
      if (event.target instanceof Node && popup.current?.contains(event.target)) return;
      if (popup.current !== null && anchor.current !== null) {
        put(popup.current, anchor.current.getBoundingClientRect(), { align, wide });
      }
    };
    document.addEventListener('pointerdown', pressed);
    window.addEventListener('scroll', moved, true);
    window.addEventListener('resize', moved);
    return () => {
      document.removeEventListener('pointerdown', pressed);
      window.removeEventListener('scroll', moved, true);
      window.removeEventListener('resize', moved);
    };
  }, [anchor, align, wide]);

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it hears the Escape of whatever it holds.
    <div
      className="slk-popup"
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        // Only this closes, not the dialog below it.
        event.preventDefault();
        event.stopPropagation();
        onClose();
      }}
      popover="manual"
      ref={popup}
    >
      {children}
    </div>
  );
}
