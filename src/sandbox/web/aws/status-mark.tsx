import { statusWords } from './console-words.js';

export function StatusMark({ status }: { status: string }) {
  const { words, tone } = statusWords(status);
  return (
    <span className="aws-status" data-tone={tone}>
      <span aria-hidden="true" className="aws-status-dot" />
      {words}
    </span>
  );
}
