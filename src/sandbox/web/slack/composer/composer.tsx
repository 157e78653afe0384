/** Where people type. What could not be sent comes back, so that nothing typed is lost. */
import { type KeyboardEvent, useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { usePart } from '../../live.js';
import { draft } from '../../selection.js';
import { cannotAdd, MOST_FILES } from '../files/add-files.js';
import { ChosenFiles } from '../files/chosen-files.js';
import { useInSlack, useParts } from '../in-slack.js';
import { tell } from '../notes.js';
import { CompletionList } from './completion-list.js';
import { completionsFor } from './completions.js';
import { Connection } from './connection.js';
import { send } from './send.js';
import './composer.css';

interface ComposerProps {
  channel: string;
  threadTs?: string;
  label: string;
}

/** What was typed and not sent, by place; it is still there after a look elsewhere. */
const kept = new Map<string, string>();
const keptFiles = new Map<string, readonly File[]>();
/** The last line sent, by place. */
const sent = new Map<string, string>();
let takenDraft = 0;

export function Composer({ channel, threadTs, label }: ComposerProps) {
  const { user, about, look } = useInSlack();
  const down = usePart('trouble')?.['slack-down'] === true;
  const where = `${channel} ${threadTs ?? ''}`;
  const [text, setText] = useState(kept.get(where) ?? '');
  const [files, setFiles] = useState(keptFiles.get(where) ?? []);
  const [cursor, setCursor] = useState(0);
  const [jump, setJump] = useState<{ to: number } | null>(null);
  const [active, setActive] = useState(-1);
  const [closedFor, setClosedFor] = useState<string | null>(null);
  const [sending, setSending] = useState(0);
  const area = useRef<HTMLTextAreaElement>(null);
  const picker = useRef<HTMLInputElement>(null);
  const listId = useId();

  const cases = useParts('case');
  const users = useParts('user');
  const before = text.slice(0, cursor);
  const completions = useMemo(
    () =>
      completionsFor(before, {
        commands: threadTs === undefined ? about.commands : [],
        cases: cases.filter((each) => each !== undefined),
        users: users.filter((each) => each !== undefined),
      }),
    [before, about.commands, threadTs, cases, users],
  );
  const said = completions?.complete === true && completions.items.length === 1;
  const open = completions !== undefined && !said && closedFor !== before && !down;
  const items = open ? completions.items : [];

  /** The cursor goes where the next thing is typed, before anybody can type it. */
  function put(next: string, at = next.length): void {
    write(next);
    setCursor(at);
    setJump({ to: at });
  }
  useLayoutEffect(() => {
    if (jump === null) return;
    area.current?.focus();
    area.current?.setSelectionRange(jump.to, jump.to);
  }, [jump]);

  function write(next: string): void {
    setText(next);
    kept.set(where, next);
  }

  function attach(next: readonly File[]): void {
    setFiles(next);
    keptFiles.set(where, next);
  }

  function note(error: string, typed?: string): void {
    const there = threadTs === undefined ? {} : { threadTs };
    tell({ user, channel, text: error, ...there, ...(typed === undefined ? {} : { typed }) }, look());
  }

  function choose(chosen: readonly File[]): void {
    const why = cannotAdd(files, chosen, { most: MOST_FILES });
    if (why === null) attach([...files, ...chosen]);
    else note(why);
    area.current?.focus();
  }

  const asked = draft.use();
  // biome-ignore lint/correctness/useExhaustiveDependencies: each draft is taken over once.
  useEffect(() => {
    if (threadTs !== undefined || asked.number <= takenDraft) return;
    takenDraft = asked.number;
    setClosedFor(asked.text);
    put(asked.text);
  }, [asked]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: what is typed decides what is meant.
  useEffect(() => {
    setActive(completions === undefined || completions.untouched || completions.complete ? -1 : 0);
  }, [before, open]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: it grows with what is typed.
  useLayoutEffect(() => {
    if (area.current === null) return;
    area.current.style.height = 'auto';
    area.current.style.height = `${area.current.scrollHeight}px`;
  }, [text]);

  function complete(index: number): void {
    const item = items[index];
    if (item === undefined || completions === undefined) return;
    const start = `${text.slice(0, completions.from)}${item.text} `;
    put(start + text.slice(cursor).replace(/^ /, ''), start.length);
  }

  async function submit(): Promise<void> {
    const line = text.trimEnd();
    if ((line === '' && files.length === 0) || down) return;
    write('');
    attach([]);
    setCursor(0);
    sent.set(where, line);
    setSending((count) => count + 1);
    const answer = await send({ user, channel, threadTs, text: line, files }, about.commands);
    setSending((count) => count - 1);
    if (answer.ok) return;
    const free = (kept.get(where) ?? '') === '';
    if (free) {
      // What went wrong stands right above: nothing may cover it.
      setClosedFor(line);
      put(line);
    }
    attach([...files, ...(keptFiles.get(where) ?? [])]);
    note(answer.error, free ? undefined : line);
  }

  function pressed(event: KeyboardEvent<HTMLTextAreaElement>): void {
    // An input method has the key first.
    if (event.nativeEvent.isComposing) return;
    if (items.length > 0) {
      if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
        event.preventDefault();
        const by = event.key === 'ArrowDown' ? 1 : -1;
        setActive(
          active === -1 && by === -1 ? items.length - 1 : (active + by + items.length) % items.length,
        );
        return;
      }
      if (event.key === 'Tab' && !event.shiftKey) {
        event.preventDefault();
        complete(Math.max(0, active));
        return;
      }
      if (event.key === 'Enter' && !event.shiftKey && active >= 0) {
        event.preventDefault();
        complete(active);
        return;
      }
      if (event.key === 'Escape') {
        event.preventDefault();
        event.stopPropagation();
        setClosedFor(before);
        return;
      }
    }
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      void submit();
    } else if (event.key === 'ArrowUp' && text === '') {
      const last = sent.get(where);
      if (last === undefined) return;
      event.preventDefault();
      setClosedFor(last);
      put(last);
    }
  }

  const optionId = (index: number) => `${listId}-${index}`;
  return (
    <div className="slk-composer">
      <Connection />
      <div className={down ? 'slk-composer-box slk-composer-off' : 'slk-composer-box'}>
        {open ? (
          <CompletionList
            active={active}
            id={listId}
            items={items}
            label={completions.label}
            onActive={setActive}
            onPick={complete}
            optionId={optionId}
          />
        ) : null}
        <textarea
          aria-activedescendant={open && active >= 0 ? optionId(active) : undefined}
          aria-autocomplete="list"
          aria-controls={open ? listId : undefined}
          aria-haspopup="listbox"
          aria-label={label}
          disabled={down}
          onBlur={() => setClosedFor(before)}
          onChange={({ target }) => {
            write(target.value);
            setCursor(target.selectionStart);
            setClosedFor(null);
          }}
          onKeyDown={pressed}
          onSelect={({ currentTarget }) => setCursor(currentTarget.selectionStart)}
          placeholder={label}
          ref={area}
          rows={1}
          value={text}
        />
        <ChosenFiles
          files={files.map((file) => ({
            key: `${file.name} ${file.size} ${file.lastModified}`,
            name: file.name,
            size: file.size,
          }))}
          onRemove={(index) => attach(files.filter((_, at) => at !== index))}
        />
        <div className="slk-composer-foot">
          <input
            aria-label="Files"
            className="unseen"
            disabled={down}
            multiple
            onChange={({ currentTarget }) => {
              const chosen = [...(currentTarget.files ?? [])];
              // So that the same file can be chosen again.
              currentTarget.value = '';
              choose(chosen);
            }}
            ref={picker}
            tabIndex={-1}
            type="file"
          />
          <button
            aria-label="Attach files"
            className="slk-attach"
            disabled={down}
            onClick={() => picker.current?.click()}
            title="Attach files"
            type="button"
          >
            <svg aria-hidden="true" fill="none" height="18" viewBox="0 0 24 24" width="18">
              <path d="M12 5v14M5 12h14" stroke="currentColor" strokeLinecap="round" strokeWidth="1.8" />
            </svg>
          </button>
          <span aria-live={sending > 0 ? 'polite' : 'off'} className="slk-composer-hint">
            {sending > 0 ? 'Sending…' : text === '' ? '' : 'Shift + Enter to add a new line'}
          </span>
          <button
            aria-label="Send"
            className="slk-send"
            disabled={down || (text.trim() === '' && files.length === 0)}
            onClick={() => void submit()}
            title="Send"
            type="button"
          >
            <svg aria-hidden="true" fill="currentColor" height="16" viewBox="0 0 24 24" width="16">
              <path d="M3 3.5 22 12 3 20.5 5.5 13.2 14 12 5.5 10.800z" />
            </svg>
          </button>
        </div>
      </div>
    </div>
  );
}
