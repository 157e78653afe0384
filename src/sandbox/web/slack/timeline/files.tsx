import type { MessageFile } from '../../../slack/message.js';

function sizeOf(bytes: number): string {
  if (bytes < 1_000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${Math.round(bytes / 1_000)} kB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}

/** Pictures are shown, other files are offered. */
export function Files({ files }: { files: readonly MessageFile[] }) {
  return (
    <ul className="slk-files">
      {files.map(({ id, name, mimetype, size, deleted }) => (
        <li key={id}>
          {deleted === true ? (
            <span className="slk-file slk-file-gone">This file was deleted.</span>
          ) : mimetype.startsWith('image/') ? (
            <a className="slk-picture" href={`slack-file/${id}`} rel="noopener noreferrer" target="_blank">
              <span className="slk-picture-name">{name}</span>
              <img alt={name} src={`slack-file/${id}`} />
            </a>
          ) : (
            <a className="slk-file" href={`slack-file/${id}`} rel="noopener noreferrer" target="_blank">
              <svg aria-hidden="true" fill="none" height="32" viewBox="0 0 24 24" width="32">
                <path d="M6 3h8l4 4v14H6z" stroke="currentColor" strokeLinejoin="round" strokeWidth="1.5" />
                <path d="M14 3v4h4M9 12h6M9 15.500h6" stroke="currentColor" strokeWidth="1.5" />
              </svg>
              <span>
                <strong>{name}</strong>
                <small>{sizeOf(size)}</small>
              </span>
            </a>
          )}
        </li>
      ))}
    </ul>
  );
}
