import { guideOpen, openGuide } from './guide-open.js';

/** Brings the guide back. */
export function GuideButton() {
  if (guideOpen.use()) return null;
  return (
    <button className="shl-text-button" onClick={() => openGuide(true)} type="button">
      Try this
    </button>
  );
}
