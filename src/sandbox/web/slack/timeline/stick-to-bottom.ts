import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';

const NEAR_PX = 48;

/**
 * Keeps a list at its end while somebody is there. Elsewhere it leaves them where they read, and says that there is
 * something new below.
 */
export function useStickToBottom(
  scroller: RefObject<HTMLElement | null>,
  content: RefObject<HTMLElement | null>,
  { last, mine }: { last: string; mine: boolean },
) {
  const atBottom = useRef(true);
  const [newBelow, setNewBelow] = useState(false);

  const toBottom = useCallback(() => {
    const box = scroller.current;
    if (box === null) return;
    box.scrollTop = box.scrollHeight;
    atBottom.current = true;
    setNewBelow(false);
  }, [scroller]);

  useEffect(() => {
    const [box, inside] = [scroller.current, content.current];
    if (box === null || inside === null) return;
    const scrolled = () => {
      atBottom.current = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_PX;
      if (atBottom.current) setNewBelow(false);
    };
    const observer = new ResizeObserver(() => {
      if (atBottom.current) box.scrollTop = box.scrollHeight;
    });
    box.addEventListener('scroll', scrolled, { passive: true });
    observer.observe(inside);
    observer.observe(box);
    return () => {
      box.removeEventListener('scroll', scrolled);
      observer.disconnect();
    };
  }, [scroller, content]);

  const before = useRef(last);
  useLayoutEffect(() => {
    const isNew = last > before.current;
    before.current = last;
    if (!isNew) return;
    if (atBottom.current || mine) toBottom();
    else setNewBelow(true);
  }, [last, mine, toBottom]);

  return { newBelow, toBottom };
}
