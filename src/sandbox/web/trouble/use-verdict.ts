import { useEffect, useState } from 'react';
import { usePicture } from '../live.js';
import { type Verdict, verdict } from './verdict.js';

export function useVerdict(): Verdict {
  const { parts, connected } = usePicture();
  const { agreement, counters } = parts;
  const [lostBefore, setLostBefore] = useState(0);
  const whole = agreement !== undefined && agreement.agreeing === agreement.cases;
  const lost = counters?.lost ?? 0;

  useEffect(() => {
    // A restarted sandbox counts from zero again.
    if (whole || lost < lostBefore) setLostBefore(lost);
  }, [whole, lost, lostBefore]);

  if (parts.about !== undefined && !connected) {
    return { tone: 'bad', title: 'The sandbox has stopped', more: '', lit: true };
  }
  return verdict(parts, lostBefore);
}
