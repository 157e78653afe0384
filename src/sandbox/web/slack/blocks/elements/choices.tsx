import { useId } from 'react';
import { isObject, objectsIn } from '../../../../slack/json-object.js';
import { TextObject } from '../text-object.js';
import { type ElementProps, useElement } from './use-element.js';

/** Radio buttons: one of a few. Checkboxes: any of a few. */
export function Choices({ element, block, describedBy, id, invalid }: ElementProps) {
  const { chosen, choose, busy, dialog } = useElement(element, block);
  const name = useId();
  const many = element.type === 'checkboxes';
  const ticked = Array.isArray(chosen) ? chosen.map(String) : chosen === undefined ? [] : [String(chosen)];

  function toggle(value: string): void {
    if (!many) choose(value);
    else choose(ticked.includes(value) ? ticked.filter((each) => each !== value) : [...ticked, value]);
  }

  return (
    <div className="slk-choices">
      {objectsIn(element.options).map((option, index) => {
        const value = String(option.value);
        return (
          <label className="slk-choice" key={value}>
            <input
              aria-describedby={describedBy}
              aria-invalid={invalid}
              checked={ticked.includes(value)}
              disabled={busy}
              id={index === 0 ? id : undefined}
              name={name}
              onChange={() => toggle(value)}
              type={many ? 'checkbox' : 'radio'}
            />
            <span>
              <TextObject text={option.text} />
              {isObject(option.description) ? (
                <span className="slk-choice-description">
                  <TextObject text={option.description} />
                </span>
              ) : null}
            </span>
          </label>
        );
      })}
      {dialog}
    </div>
  );
}
