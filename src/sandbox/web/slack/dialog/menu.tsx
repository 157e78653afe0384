import { type RefObject, useEffect, useRef } from 'react';
import { Popup } from './popup.js';

export interface MenuItem {
  key: string;
  label: string;
  description?: string;
  /** Opens in a new tab, beside whatever else it does. */
  href?: string;
  choose(): void;
}

interface MenuProps {
  anchor: RefObject<HTMLElement | null>;
  label: string;
  items: readonly MenuItem[];
  onClose(): void;
}

/** A few things to do, opened by a button. The arrow keys go through them. */
export function Menu({ anchor, label, items, onClose }: MenuProps) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const opener = anchor.current;
    list.current?.querySelector<HTMLElement>('[role=menuitem]')?.focus();
    return () => {
      // Unless they pressed somewhere else.
      if (document.activeElement === document.body || document.activeElement === null) opener?.focus();
    };
  }, [anchor]);

  function move(by: number) {
    const all = [...(list.current?.querySelectorAll<HTMLElement>('[role=menuitem]') ?? [])];
    const at = all.indexOf(document.activeElement as HTMLElement);
    all[(at + by + all.length) % all.length]?.focus();
  }

  return (
    <Popup align="end" anchor={anchor} onClose={onClose}>
      <div
        aria-label={label}
        onKeyDown={(event) => {
          if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
            event.preventDefault();
            move(event.key === 'ArrowDown' ? 1 : -1);
          } else if (event.key === 'Tab') onClose();
        }}
        ref={list}
        role="menu"
        tabIndex={-1}
      >
        {items.map(({ key, label: words, description, href, choose }) => {
          const inside = (
            <>
              {words}
              {description === undefined ? null : <small>{description}</small>}
            </>
          );
          const chosen = () => {
            onClose();
            choose();
          };
          return href === undefined ? (
            <button className="slk-menu-item" key={key} onClick={chosen} role="menuitem" type="button">
              {inside}
            </button>
          ) : (
            <a
              className="slk-menu-item"
              href={href}
              key={key}
              onClick={chosen}
              rel="noopener noreferrer"
              role="menuitem"
              target="_blank"
            >
              {inside}
            </a>
          );
        })}
      </div>
    </Popup>
  );
}
