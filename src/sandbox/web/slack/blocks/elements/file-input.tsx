import { useRef, useState } from 'react';
import { givenFiles } from '../../../file-given.js';
import { perform } from '../../../perform.js';
import { cannotAdd, MOST_FILES } from '../../files/add-files.js';
import { ChosenFiles } from '../../files/chosen-files.js';
import { useInSlack } from '../../in-slack.js';
import { useSurface } from '../surface.js';
import { type ElementProps, useElement } from './use-element.js';

/** What is known of files that were put into Slack here, by id: a form holds ids only. */
const known = new Map<string, { readonly name: string; readonly size: number }>();

/** Files from the person's device. Slack has them as soon as they are chosen; the app, when the form is sent. */
export function FileInput({ element, block, describedBy, id, invalid }: ElementProps) {
  const { user } = useInSlack();
  const surface = useSurface();
  const { chosen } = useElement(element, block);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const ids = Array.isArray(chosen) ? chosen.map(String) : [];
  const files = ids.map((key) => ({ key, ...(known.get(key) ?? { name: key, size: 0 }) }));
  const most = typeof element.max_files === 'number' ? element.max_files : MOST_FILES;
  const endings = Array.isArray(element.filetypes) ? element.filetypes.map(String) : undefined;

  function put(next: string[]): void {
    surface.touch(String(block.block_id), String(element.action_id), next.length === 0 ? undefined : next);
  }

  async function add(given: readonly File[]): Promise<void> {
    const why = cannotAdd(files, given, { most, endings });
    setProblem(why);
    if (why !== null) return;
    setBusy(true);
    const added: string[] = [];
    for (const [index, file] of (await givenFiles(given)).entries()) {
      const answer = await perform('upload', { user, file });
      if (!answer.ok) setProblem(answer.error);
      else if (answer.fileId !== undefined) {
        known.set(answer.fileId, { name: file.fileName, size: given[index]?.size ?? 0 });
        added.push(answer.fileId);
      }
    }
    setBusy(false);
    put([...ids, ...added]);
  }

  return (
    <div className="slk-file-input">
      <input
        accept={endings?.map((ending) => `.${ending}`).join(',')}
        aria-describedby={describedBy}
        aria-invalid={invalid}
        className="unseen"
        id={id}
        multiple={most > 1}
        onChange={({ currentTarget }) => {
          const given = [...(currentTarget.files ?? [])];
          // So that the same file can be chosen again.
          currentTarget.value = '';
          void add(given);
        }}
        ref={input}
        tabIndex={-1}
        type="file"
      />
      <button
        aria-busy={busy}
        className="slk-button"
        disabled={busy || ids.length >= most}
        onClick={() => input.current?.click()}
        type="button"
      >
        {most === 1 ? 'Add a file' : 'Add files'}
      </button>
      <ChosenFiles
        files={files}
        onRemove={(index) => {
          setProblem(null);
          put(ids.filter((_, at) => at !== index));
        }}
      />
      {problem === null ? null : (
        <p className="slk-input-error" role="alert">
          {problem}
        </p>
      )}
    </div>
  );
}
