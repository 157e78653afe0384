import { useEffect, useState } from 'react';
import { usePicture } from '../live.js';
import { openThread } from '../selection.js';
import { keep, kept } from '../shell/kept.js';
import { freshProgress, type Progress, watch } from './progress.js';

const KEPT_AS = 'guide-progress';

function read(): Progress {
  const fresh = freshProgress(Date.now());
  try {
    const { since, done, seenOpen } = JSON.parse(kept(KEPT_AS) ?? '{}') as Partial<Progress>;
    if (typeof since !== 'number' || !Array.isArray(done) || !Array.isArray(seenOpen)) return fresh;
    return { ...fresh, since, done, seenOpen };
  } catch {
    return fresh;
  }
}

/** How far somebody is; it outlives a reload, and begins anew with another sandbox. */
export function useProgress(): { progress: Progress; startOver: () => void } {
  const picture = usePicture();
  const thread = openThread.use();
  const [progress, setProgress] = useState(read);

  useEffect(() => {
    setProgress((before) => watch(before, picture, thread, Date.now()));
  }, [picture, thread]);

  useEffect(() => keep(KEPT_AS, JSON.stringify(progress)), [progress]);

  return {
    progress,
    startOver() {
      openThread.set(null);
      setProgress(freshProgress(Date.now()));
    },
  };
}
