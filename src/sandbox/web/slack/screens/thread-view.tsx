import { useEffect } from 'react';
import { usePart } from '../../live.js';
import { openThread } from '../../selection.js';
import { Composer } from '../composer/composer.js';
import { Timeline } from '../timeline/timeline.js';

/** A thread beside its channel; in a narrow window it stands in its place. */
export function ThreadView({ channel, ts }: { channel: string; ts: string }) {
  const name = usePart(`channel:${channel}`)?.name;
  const exists = usePart(`message:${channel}:${ts}`) !== undefined;
  const close = () => openThread.set(null);

  // The last reply of a deleted message may go, and the thread with it.
  useEffect(() => {
    if (!exists) openThread.set(null);
  }, [exists]);

  return (
    <aside
      aria-label="Thread"
      className="slk-thread"
      onKeyDown={(event) => {
        if (event.key === 'Escape' && !event.defaultPrevented) close();
      }}
    >
      <header className="slk-head">
        <button
          aria-label="Back to channel"
          className="slk-icon-button slk-back"
          onClick={close}
          type="button"
        >
          ←
        </button>
        <h2 className="slk-head-title">
          Thread <span className="slk-head-more">{name === undefined ? '' : `#${name}`}</span>
        </h2>
        <button aria-label="Close thread" className="slk-icon-button slk-close" onClick={close} type="button">
          ✕
        </button>
      </header>
      <Timeline channel={channel} empty="" key={ts} label="Replies" threadTs={ts} />
      <Composer channel={channel} key={`composer-${ts}`} label="Reply in thread" threadTs={ts} />
    </aside>
  );
}
