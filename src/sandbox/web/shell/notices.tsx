/** What somebody has to know before they look at anything else. */
import { usePicture } from '../live.js';
import { useNow } from './use-now.js';

/** A page that has just been opened needs a moment until it is connected. */
const PATIENCE_MS = 3_000;
const openedAt = Date.now();

export function Notices() {
  const { parts, connected } = usePicture();
  const isNew = parts.about === undefined;
  const now = useNow(!connected && isNew ? 1_000 : null);
  const lost = !connected && (!isNew || now - openedAt > PATIENCE_MS);
  if (lost) {
    return (
      <p className="shl-notice" role="alert">
        <strong>The sandbox has stopped.</strong> Start it again with <code>npm run sandbox</code>; this page
        connects by itself.
      </p>
    );
  }
  if (parts.bot?.state === 'ended') {
    return (
      <p className="shl-notice" role="alert">
        <strong>Casethread has ended.</strong>{' '}
        {parts.bot.problem ?? 'Stop the sandbox with Ctrl-C and start it again with npm run sandbox.'}
      </p>
    );
  }
  return null;
}
