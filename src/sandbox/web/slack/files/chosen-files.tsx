import { fileSize } from '../../file-given.js';
import './chosen-files.css';

interface ChosenFilesProps {
  files: readonly { readonly key: string; readonly name: string; readonly size: number }[];
  onRemove(index: number): void;
}

/** Files that go along when something is sent, each to be taken out again. */
export function ChosenFiles({ files, onRemove }: ChosenFilesProps) {
  if (files.length === 0) return null;
  return (
    <ul aria-label="Files to send" className="slk-chosen-files">
      {files.map(({ key, name, size }, index) => (
        <li key={key}>
          <span className="slk-chosen-name" title={name}>
            {name}
          </span>
          <small>{fileSize(size)}</small>
          <button aria-label={`Remove ${name}`} onClick={() => onRemove(index)} type="button">
            ✕
          </button>
        </li>
      ))}
    </ul>
  );
}
