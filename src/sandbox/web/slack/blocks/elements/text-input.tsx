import { type KeyboardEvent, useLayoutEffect, useRef } from 'react';
import type { Chosen } from '../../../../page/protocol.js';
import { isObject, type JsonObject, objectsIn } from '../../../../slack/json-object.js';
import { useSurface } from '../surface.js';
import { wordsOf } from '../text-object.js';
import { type ElementProps, useElement } from './use-element.js';

const TYPES: { [type: string]: string } = { email_text_input: 'email', url_text_input: 'url' };
/** Slack counts down when this many characters are left. */
const SHOW_LEFT = 100;
const LONGEST = 3_000;

function asRichText(text: string): JsonObject {
  return { type: 'rich_text', elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text }] }] };
}

function words(chosen: Chosen | undefined): string {
  if (!isObject(chosen)) return chosen === undefined || Array.isArray(chosen) ? '' : String(chosen);
  return objectsIn(chosen.elements)
    .flatMap((part) => objectsIn(part.elements))
    .map((each) => (typeof each.text === 'string' ? each.text : ''))
    .join('');
}

/** Whether the app wants to hear of each of these. */
function triggers(element: JsonObject, on: 'on_enter_pressed' | 'on_character_entered'): boolean {
  const config = element.dispatch_action_config;
  const wanted = isObject(config) ? config.trigger_actions_on : undefined;
  return Array.isArray(wanted) ? wanted.includes(on) : on === 'on_enter_pressed';
}

export function TextInput({ element, block, describedBy, id, invalid, label }: ElementProps) {
  const surface = useSurface();
  const { chosen, act, busy, dispatches } = useElement(element, block);
  const area = useRef<HTMLTextAreaElement>(null);
  const rich = element.type === 'rich_text_input';
  const multiline = element.multiline === true || rich;
  const typed = words(chosen);
  const actionId = String(element.action_id);
  const max = typeof element.max_length === 'number' ? element.max_length : LONGEST;
  const left = max - [...typed].length;
  const counted = element.max_length !== undefined || left < SHOW_LEFT;

  // biome-ignore lint/correctness/useExhaustiveDependencies: it grows with what is typed.
  useLayoutEffect(() => {
    if (area.current === null) return;
    area.current.style.height = 'auto';
    area.current.style.height = `${area.current.scrollHeight + 2}px`;
  }, [typed]);

  function change(text: string): void {
    const next = rich && text !== '' ? asRichText(text) : text;
    surface.touch(String(block.block_id), actionId, next);
    if (dispatches && triggers(element, 'on_character_entered')) act({ actionId, chosen: next });
  }

  function enter(event: KeyboardEvent): void {
    if (event.key !== 'Enter' || event.shiftKey || multiline) return;
    if (!dispatches || !triggers(element, 'on_enter_pressed')) return;
    event.preventDefault();
    act({ actionId, chosen: rich ? asRichText(typed) : typed });
  }

  const field = {
    'aria-busy': busy,
    'aria-describedby': describedBy,
    'aria-invalid': invalid,
    'aria-label': label === undefined ? wordsOf(element.placeholder) : undefined,
    className: 'slk-field',
    'data-autofocus': element.focus_on_load === true ? true : undefined,
    id,
    onChange: ({ target }: { target: { value: string } }) => change(target.value),
    onKeyDown: enter,
    placeholder: wordsOf(element.placeholder),
    value: typed,
  };
  return (
    <div className="slk-text-input">
      {multiline ? (
        <textarea {...field} ref={area} rows={4} />
      ) : (
        <input
          {...field}
          inputMode={element.type === 'number_input' ? 'decimal' : undefined}
          type={TYPES[String(element.type)] ?? 'text'}
        />
      )}
      {counted ? (
        <span className={left < 0 ? 'slk-left slk-left-over' : 'slk-left'} aria-hidden="true">
          {left}
        </span>
      ) : null}
    </div>
  );
}
