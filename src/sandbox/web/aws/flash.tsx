import { useEffect, useRef } from 'react';

/** What AWS says of what somebody tried; it comes into sight by itself. */
export function Flash({ problem, onClose }: { problem: string | null; onClose: () => void }) {
  const root = useRef<HTMLDivElement>(null);

  useEffect(() => {
    if (problem !== null) root.current?.scrollIntoView({ block: 'nearest' });
  }, [problem]);

  if (problem === null) return null;
  return (
    <div className="aws-flash" ref={root} role="alert">
      <span aria-hidden="true" className="aws-flash-sign">
        !
      </span>
      <span className="aws-flash-words">{problem}</span>
      <button aria-label="Close this message" className="aws-flash-close" onClick={onClose} type="button">
        ×
      </button>
    </div>
  );
}
