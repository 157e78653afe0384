import { wordsOf } from '../text-object.js';
import { type ElementProps, useElement } from './use-element.js';

/** `2026-11-21T09:30`, in the reader's own time, as the browser's field has it. */
function localTime(seconds: number): string {
  const at = new Date(seconds * 1_000);
  const two = (n: number) => String(n).padStart(2, '0');
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${day}T${two(at.getHours())}:${two(at.getMinutes())}`;
}

const FIELD: { [type: string]: { type: string; name: string } } = {
  datepicker: { type: 'date', name: 'Date' },
  timepicker: { type: 'time', name: 'Time' },
  datetimepicker: { type: 'datetime-local', name: 'Date and time' },
};

/** A date, a time, or both, chosen with the browser's own field. */
export function Picker({ element, block, describedBy, id, invalid, label }: ElementProps) {
  const { chosen, choose, busy, dialog } = useElement(element, block);
  const field = FIELD[String(element.type)];
  const both = element.type === 'datetimepicker';
  const shown = chosen === undefined ? '' : both ? localTime(Number(chosen)) : String(chosen);
  return (
    <>
      <input
        aria-busy={busy}
        aria-describedby={describedBy}
        aria-invalid={invalid}
        aria-label={label === undefined ? wordsOf(element.placeholder) || field?.name : undefined}
        className="slk-field slk-picker"
        id={id}
        onChange={({ target: { value } }) => {
          if (value === '') choose(undefined);
          else choose(both ? Math.floor(new Date(value).getTime() / 1_000) : value);
        }}
        type={field?.type}
        value={shown}
      />
      {dialog}
    </>
  );
}
