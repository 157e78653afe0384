/** Slack may know more than this page does: then it says so. */
export function NotDrawn({ type, what }: { type: string; what: 'block' | 'element' }) {
  return (
    <p className="slk-not-drawn">
      This {what} ({type}) is not drawn here.
    </p>
  );
}
