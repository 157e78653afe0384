/** A dialog over the Slack window. Nothing below it can be reached by keyboard or mouse until it is closed. */
import { type ReactNode, useEffect, useLayoutEffect, useRef } from 'react';
import { createPortal } from 'react-dom';
import { useInSlack } from '../in-slack.js';
import './dialog.css';

interface DialogProps {
  /** The id of the element that holds its title. */
  labelledBy: string;
  small?: boolean;
  /** Another one has the focus when this changes: a view was pushed or replaced. */
  focusOn?: string;
  onEscape(): void;
  children: ReactNode;
}

const FOCUSABLE =
  'a[href], button:not(:disabled), input:not(:disabled), select:not(:disabled), textarea:not(:disabled), [tabindex="0"]';

function focusable(within: HTMLElement): HTMLElement[] {
  return [...within.querySelectorAll<HTMLElement>(FOCUSABLE)].filter((each) => each.offsetParent !== null);
}

export function Dialog({ labelledBy, small = false, focusOn = '', onEscape, children }: DialogProps) {
  const { root } = useInSlack();
  const dialog = useRef<HTMLDivElement>(null);

  useEffect(() => {
    const before = document.activeElement;
    const slack = root.current;
    return () => {
      if (before instanceof HTMLElement && before !== document.body && before.isConnected) before.focus();
      // A menu that opened it is gone by now.
      else slack?.querySelector<HTMLElement>('.slk-composer textarea')?.focus();
    };
  }, [root]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: focusOn says when to do it again.
  useLayoutEffect(() => {
    const box = dialog.current;
    if (box === null) return;
    const wanted =
      box.querySelector<HTMLElement>('[data-autofocus]') ??
      box.querySelector<HTMLElement>('.slk-dialog-body :is(input, textarea, select):not(:disabled)') ??
      box.querySelector<HTMLElement>('.slk-dialog-foot button:not(:disabled):last-child');
    (wanted ?? box).focus();
  }, [focusOn]);

  if (root.current === null) return null;
  return createPortal(
    <div className={small ? 'slk-overlay slk-overlay-small' : 'slk-overlay'}>
      <div
        aria-labelledby={labelledBy}
        aria-modal="true"
        className={small ? 'slk-dialog slk-dialog-small' : 'slk-dialog'}
        onKeyDown={(event) => {
          event.stopPropagation();
          if (event.key === 'Escape') {
            event.preventDefault();
            onEscape();
          }
          if (event.key !== 'Tab' || dialog.current === null) return;
          const all = focusable(dialog.current);
          const [first, last] = [all[0], all.at(-1)];
          const leaving = event.shiftKey
            ? document.activeElement === first || document.activeElement === dialog.current
            : document.activeElement === last;
          if (!leaving) return;
          event.preventDefault();
          (event.shiftKey ? last : first)?.focus();
        }}
        ref={dialog}
        role="dialog"
        tabIndex={-1}
      >
        {children}
      </div>
    </div>,
    root.current,
  );
}
