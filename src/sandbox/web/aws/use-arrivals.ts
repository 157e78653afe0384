import { useEffect, useRef, useState } from 'react';
import type { CaseState } from '../../aws/case-state.js';
import { AWS } from './speaker.js';

const NEW_FOR_MS = 6_000;

export interface Arrivals {
  /** Ids of communications, and of their cases, that have just come. */
  fresh: ReadonlySet<string>;
  /** What a screen reader is told. */
  news: string;
}

const NOTHING: Arrivals = { fresh: new Set(), news: '' };

/** What has come since the page was opened. @param cases undefined until they are known. */
export function useArrivals(cases: readonly CaseState[] | undefined): Arrivals {
  const known = useRef<Set<string> | null>(null);
  const [arrivals, setArrivals] = useState(NOTHING);

  useEffect(() => {
    if (cases === undefined) return;
    const all = cases.flatMap((each) =>
      each.communications.map((said) => ({ id: said.communicationId, said, of: each })),
    );
    const before = known.current;
    known.current = new Set(all.map(({ id }) => id));
    if (before === null) return;
    const came = all.filter(({ id }) => !before.has(id));
    const last = came.at(-1);
    if (last === undefined) return;
    const news = `New on case ${last.of.displayId}, from ${last.said.from === 'aws' ? AWS : last.said.submittedBy}`;
    setArrivals({ fresh: new Set(came.flatMap(({ id, of }) => [id, of.caseId])), news });
  }, [cases]);

  useEffect(() => {
    if (arrivals.fresh.size === 0) return;
    const timer = setTimeout(() => setArrivals({ ...NOTHING, news: arrivals.news }), NEW_FOR_MS);
    return () => clearTimeout(timer);
  }, [arrivals]);

  return arrivals;
}
