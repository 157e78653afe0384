/** What AWS says of what somebody tried. */
export function Flash({ problem, onClose }: { problem: string | null; onClose: () => void }) {
  if (problem === null) return null;
  return (
    <div className="aws-flash" role="alert">
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
