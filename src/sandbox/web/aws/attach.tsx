import { useRef, useState } from 'react';
import { fileSize } from '../file-given.js';
import { addFiles } from './given-files.js';

interface Props {
  files: readonly File[];
  onChange: (files: File[]) => void;
}

export function Attach({ files, onChange }: Props) {
  const [problem, setProblem] = useState('');
  const input = useRef<HTMLInputElement>(null);

  function choose(chosen: readonly File[]): void {
    const added = addFiles(files, chosen);
    if ('problem' in added) setProblem(added.problem);
    else {
      setProblem('');
      onChange(added.files);
    }
    // So that the same file can be chosen again.
    if (input.current !== null) input.current.value = '';
  }

  return (
    <div className="aws-attach">
      <input
        aria-label="Attachments"
        className="unseen"
        multiple
        onChange={(event) => choose([...(event.currentTarget.files ?? [])])}
        ref={input}
        tabIndex={-1}
        type="file"
      />
      <button className="aws-button aws-small" onClick={() => input.current?.click()} type="button">
        Attach files
      </button>
      <span className="aws-hint">Up to 3 files, 5 MB each</span>
      {files.length === 0 ? null : (
        <ul aria-label="Files to send" className="aws-files">
          {files.map((file) => (
            <li className="aws-file" key={`${file.name} ${file.size} ${file.lastModified}`}>
              <span className="aws-file-name">{file.name}</span>
              <span className="aws-hint">{fileSize(file.size)}</span>
              <button
                aria-label={`Remove ${file.name}`}
                className="aws-file-remove"
                onClick={() => {
                  setProblem('');
                  onChange(files.filter((each) => each !== file));
                }}
                type="button"
              >
                ×
              </button>
            </li>
          ))}
        </ul>
      )}
      {problem === '' ? null : (
        <p className="aws-field-problem" role="alert">
          {problem}
        </p>
      )}
    </div>
  );
}
