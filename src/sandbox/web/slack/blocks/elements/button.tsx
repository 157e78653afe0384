import { stringIn } from '../../../../slack/json-object.js';
import { Words } from '../text-object.js';
import { type ElementProps, useElement } from './use-element.js';

export function Button({ element, block }: ElementProps) {
  const { act, busy, dialog } = useElement(element, block);
  const style = stringIn(element, 'style');
  const url = stringIn(element, 'url');
  const value = stringIn(element, 'value');
  const looks = `slk-button${style === undefined ? '' : ` slk-button-${style}`}`;
  const pressed = () =>
    act({ actionId: String(element.action_id), ...(value === undefined ? {} : { value }) });
  const label = stringIn(element, 'accessibility_label');
  // One with an address opens it, and the app hears of it as well.
  return url === undefined ? (
    <>
      <button
        aria-busy={busy}
        aria-label={label}
        className={looks}
        disabled={busy}
        onClick={pressed}
        type="button"
      >
        <Words text={element.text} />
      </button>
      {dialog}
    </>
  ) : (
    <>
      <a
        aria-label={label}
        className={looks}
        href={url}
        onClick={pressed}
        rel="noopener noreferrer"
        target="_blank"
      >
        <Words text={element.text} />
      </a>
      {dialog}
    </>
  );
}
