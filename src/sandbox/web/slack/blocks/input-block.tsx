import { useId } from 'react';
import { isObject, type JsonObject } from '../../../slack/json-object.js';
import { Element } from './elements/element.js';
import { useSurface } from './surface.js';
import { Words, wordsOf } from './text-object.js';

/** A question with its label, what helps to answer it, and what is wrong with the answer. */
export function InputBlock({ block }: { block: JsonObject }) {
  const id = useId();
  const error = useSurface().errors[String(block.block_id)];
  const optional = block.optional === true;
  const element = isObject(block.element) ? block.element : {};
  const several = element.type === 'radio_buttons' || element.type === 'checkboxes';
  const describedBy =
    error !== undefined ? `${id}-error` : block.hint === undefined ? undefined : `${id}-hint`;
  const inside = (
    <>
      <Element
        block={block}
        describedBy={describedBy}
        element={element}
        id={`${id}-input`}
        invalid={error !== undefined}
        label={wordsOf(block.label)}
      />
      {error === undefined ? null : (
        <p className="slk-input-error" id={`${id}-error`} role="alert">
          {error}
        </p>
      )}
      {block.hint === undefined ? null : (
        <div className="slk-input-hint" id={`${id}-hint`}>
          <Words text={block.hint} />
        </div>
      )}
    </>
  );
  const title = (
    <>
      <Words text={block.label} />
      {optional ? <span className="slk-optional"> (optional)</span> : null}
    </>
  );
  return several ? (
    <fieldset className="slk-input" data-block={String(block.block_id)}>
      <legend className="slk-input-label">{title}</legend>
      {inside}
    </fieldset>
  ) : (
    <div className="slk-input" data-block={String(block.block_id)}>
      <label className="slk-input-label" htmlFor={`${id}-input`}>
        {title}
      </label>
      {inside}
    </div>
  );
}
