/** Whether every thread shows what AWS has, at a glance; what differs, on a click. */
import { useEffect, useId, useRef, useState } from 'react';
import type { Agreement } from '../../page/protocol.js';
import { usePicture } from '../live.js';

export function agrees(agreement: Agreement): boolean {
  return agreement.agreeing === agreement.cases;
}

function words({ cases, agreeing, ...rest }: Agreement): { long: string; short: string } {
  if (cases === 0) return { long: 'No cases yet', short: 'No cases yet' };
  const short = `${agreeing} of ${cases}`;
  if (!agrees({ cases, agreeing, ...rest })) {
    return {
      long: `${short} ${cases === 1 ? 'thread agrees' : 'threads agree'} with AWS · catching up`,
      short,
    };
  }
  return {
    long: `✓ ${short} ${cases === 1 ? 'thread agrees' : 'threads agree'} with AWS`,
    short: `✓ ${short}`,
  };
}

export function AgreementBadge() {
  const { parts, connected } = usePicture();
  const { agreement } = parts;
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const details = useId();

  useEffect(() => {
    if (!open) return;
    const outside = (event: Event) => {
      if (event.target instanceof Node && root.current?.contains(event.target) !== true) setOpen(false);
    };
    document.addEventListener('pointerdown', outside);
    document.addEventListener('focusin', outside);
    return () => {
      document.removeEventListener('pointerdown', outside);
      document.removeEventListener('focusin', outside);
    };
  }, [open]);

  // What was true before the connection was lost need not be true now.
  if (agreement === undefined || !connected) return null;
  const { long, short } = words(agreement);
  const good = agrees(agreement);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape closes what the button inside has opened.
    <div
      className="shl-agreement"
      onKeyDown={(event) => {
        if (event.key === 'Escape') setOpen(false);
      }}
      ref={root}
    >
      <div data-agrees={good} role="status">
        <button
          aria-controls={open ? details : undefined}
          aria-expanded={open}
          aria-label={long}
          className="shl-badge"
          data-tone={good ? 'good' : 'wait'}
          onClick={() => setOpen(!open)}
          type="button"
        >
          <span className="shl-long">{long}</span>
          <span className="shl-short">{short}</span>
        </button>
      </div>
      {open ? (
        <div className="shl-popover" id={details}>
          <AgreementDetails agreement={agreement} />
        </div>
      ) : null}
    </div>
  );
}

function AgreementDetails({ agreement }: { agreement: Agreement }) {
  if (agreement.differences.length === 0) {
    return (
      <p>
        The sandbox compares every case at AWS with its thread in Slack, after each change. Right now nothing
        is missing, nothing is doubled and nothing is wrong.
      </p>
    );
  }
  return (
    <>
      <p>Not in Slack yet, or not right:</p>
      <ul>
        {agreement.differences.map(({ caseId, displayId, what }) => (
          <li key={caseId}>
            <strong>Case {displayId}</strong>
            <ul>
              {what.map((each) => (
                <li key={each}>{each}</li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
    </>
  );
}
