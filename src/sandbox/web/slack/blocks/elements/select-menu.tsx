import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { Popup } from '../../dialog/popup.js';

export interface MenuOption {
  value: string;
  words: string;
  description?: string;
  /** How the choice is told. */
  chosen: string | Record<string, unknown>;
}

export interface OptionGroup {
  label?: string;
  options: MenuOption[];
}

interface SelectMenuProps {
  groups: OptionGroup[];
  selected: MenuOption[];
  many: boolean;
  /** Of many: how many at most. */
  max: number;
  clearable: boolean;
  onChange(selected: MenuOption[]): void;
  /** Where the app is asked for the options. */
  search: { minLength: number; find(typed: string): Promise<MenuOption[]> } | undefined;
  placeholder: string;
  busy: boolean;
  invalid: boolean;
  label: string | undefined;
  id: string | undefined;
  describedBy: string | undefined;
}

const ASK_AFTER_MS = 200;

/** What the app offers for what was typed, and whether it is still being asked. */
function useFound(search: SelectMenuProps['search'], typed: string, open: boolean) {
  const [found, setFound] = useState<{ typed: string; options: MenuOption[] } | null>(null);
  const find = useRef(search?.find);
  find.current = search?.find;
  const asks = search !== undefined && open && typed.length >= search.minLength;
  useEffect(() => {
    if (!asks) return;
    let late = false;
    const timer = setTimeout(async () => {
      const options = (await find.current?.(typed)) ?? [];
      if (!late) setFound({ typed, options });
    }, ASK_AFTER_MS);
    return () => {
      late = true;
      clearTimeout(timer);
    };
  }, [asks, typed]);
  return { options: found?.options ?? [], asking: asks && found?.typed !== typed };
}

/** A menu that can be searched by typing, for one or for several options. */
export function SelectMenu(props: SelectMenuProps) {
  const { groups, selected, many, max, search, placeholder } = props;
  const [open, setOpen] = useState(false);
  const [typed, setTyped] = useState('');
  const [active, setActive] = useState(0);
  const box = useRef<HTMLDivElement>(null);
  const input = useRef<HTMLInputElement>(null);
  const listId = useId();
  const found = useFound(search, typed, open);

  const wanted = typed.trim().toLowerCase();
  const fitting = (search === undefined ? groups : [{ options: found.options }])
    .map((group) => ({
      ...group,
      options: group.options.filter(
        (option) =>
          !(many && selected.some(({ value }) => value === option.value)) &&
          (search !== undefined || option.words.toLowerCase().includes(wanted)),
      ),
    }))
    .filter(({ options }) => options.length > 0);
  const flat = fitting.flatMap(({ options }) => options);
  const activeOption = flat[Math.min(active, flat.length - 1)];
  const optionId = (option: MenuOption) => `${listId}-${flat.indexOf(option)}`;
  const none =
    search !== undefined && typed.length < search.minLength
      ? 'Type to search'
      : found.asking
        ? 'Searching…'
        : 'No matches';

  // biome-ignore lint/correctness/useExhaustiveDependencies: the active option may have come out of sight.
  useEffect(() => {
    document.getElementById(`${listId}-${active}`)?.scrollIntoView({ block: 'nearest' });
  }, [active, open]);

  function show(): void {
    if (props.busy || open) return;
    const at = many ? 0 : flat.findIndex(({ value }) => value === selected[0]?.value);
    setActive(Math.max(0, at));
    setOpen(true);
  }

  function close(): void {
    setOpen(false);
    setTyped('');
  }

  function pick(option: MenuOption): void {
    setTyped('');
    if (many) {
      if (selected.length < max) props.onChange([...selected, option]);
      input.current?.focus();
    } else {
      setOpen(false);
      props.onChange([option]);
    }
  }

  function remove(option: MenuOption): void {
    props.onChange(selected.filter(({ value }) => value !== option.value));
    input.current?.focus();
  }

  function pressed(event: KeyboardEvent): void {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (!open) {
        show();
        return;
      }
      const by = event.key === 'ArrowDown' ? 1 : -1;
      setActive((Math.min(active, flat.length - 1) + by + flat.length) % Math.max(1, flat.length));
    } else if (event.key === 'Enter') {
      event.preventDefault();
      if (!open) show();
      else if (activeOption !== undefined) pick(activeOption);
    } else if (event.key === 'Escape' && open) {
      event.preventDefault();
      event.stopPropagation();
      close();
    } else if (event.key === 'Backspace' && typed === '' && many) {
      const last = selected.at(-1);
      if (last !== undefined) remove(last);
    } else if (event.key === 'Tab') close();
  }

  const shown = many ? '' : (selected[0]?.words ?? '');
  return (
    <div className={props.invalid ? 'slk-select slk-select-invalid' : 'slk-select'} ref={box}>
      {many
        ? selected.map((option) => (
            <span className="slk-chip" key={option.value}>
              {option.words}
              <button aria-label={`Remove ${option.words}`} onClick={() => remove(option)} type="button">
                ×
              </button>
            </span>
          ))
        : null}
      <input
        aria-activedescendant={open && activeOption !== undefined ? optionId(activeOption) : undefined}
        aria-autocomplete="list"
        aria-busy={props.busy || found.asking}
        aria-controls={listId}
        aria-describedby={props.describedBy}
        aria-expanded={open}
        aria-invalid={props.invalid}
        aria-label={props.label === undefined ? placeholder : undefined}
        autoComplete="off"
        disabled={props.busy}
        id={props.id}
        onBlur={() => {
          // Options are pressed without taking the focus away, so the focus leaves only for good.
          close();
        }}
        onChange={({ target: { value } }) => {
          setTyped(value);
          setActive(0);
          setOpen(true);
        }}
        onClick={show}
        onKeyDown={pressed}
        placeholder={many && selected.length > 0 ? '' : shown || placeholder}
        ref={input}
        role="combobox"
        value={open ? typed : shown}
      />
      {props.clearable && !many && selected.length > 0 ? (
        <button aria-label="Clear" className="slk-clear" onClick={() => props.onChange([])} type="button">
          ×
        </button>
      ) : (
        <span aria-hidden="true" className="slk-caret" />
      )}
      {open ? (
        <Popup anchor={box} onClose={close} wide>
          <div aria-label={props.label ?? placeholder} id={listId} role="listbox" tabIndex={-1}>
            {flat.length === 0 ? <div className="slk-option-none">{none}</div> : null}
            {fitting.map((group, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: groups have nothing but their place.
              // biome-ignore lint/a11y/useSemanticElements: a fieldset groups inputs, not options.
              <div aria-label={group.label} key={index} role="group">
                {group.label === undefined ? null : <div className="slk-option-group">{group.label}</div>}
                {group.options.map((option) => (
                  <div
                    aria-selected={selected.some(({ value }) => value === option.value)}
                    className={option === activeOption ? 'slk-option slk-option-active' : 'slk-option'}
                    id={optionId(option)}
                    key={option.value}
                    onClick={() => pick(option)}
                    onKeyDown={pressed}
                    onMouseDown={(event) => event.preventDefault()}
                    onMouseMove={() => setActive(flat.indexOf(option))}
                    role="option"
                    tabIndex={-1}
                  >
                    {option.words}
                    {option.description === undefined ? null : <small>{option.description}</small>}
                  </div>
                ))}
              </div>
            ))}
          </div>
        </Popup>
      ) : null}
    </div>
  );
}
