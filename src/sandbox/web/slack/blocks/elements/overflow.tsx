import { useRef, useState } from 'react';
import { objectsIn, stringIn } from '../../../../slack/json-object.js';
import { Menu } from '../../dialog/menu.js';
import { wordsOf } from '../text-object.js';
import { type ElementProps, useElement } from './use-element.js';

export function Overflow({ element, block }: ElementProps) {
  const { act, busy, dialog } = useElement(element, block);
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  return (
    <>
      <button
        aria-busy={busy}
        aria-expanded={open}
        aria-haspopup="menu"
        aria-label="More actions"
        className="slk-button slk-overflow"
        disabled={busy}
        onClick={() => setOpen(!open)}
        ref={button}
        type="button"
      >
        ⋯
      </button>
      {open ? (
        <Menu
          anchor={button}
          items={objectsIn(element.options).map((option) => {
            const href = stringIn(option, 'url');
            const description = wordsOf(option.description);
            return {
              key: String(option.value),
              label: wordsOf(option.text),
              ...(description === '' ? {} : { description }),
              ...(href === undefined ? {} : { href }),
              choose: () => act({ actionId: String(element.action_id), chosen: String(option.value) }),
            };
          })}
          label="More actions"
          onClose={() => setOpen(false)}
        />
      ) : null}
      {dialog}
    </>
  );
}
