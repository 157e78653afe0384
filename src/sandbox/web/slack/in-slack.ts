/** What every part of the Slack window needs to know: who looks at it, and how to read the picture when something is done. */
import { createContext, type RefObject, use, useRef } from 'react';
import type { About, Parts } from '../../page/protocol.js';
import { type Picture, partsOf, usePart, usePicture } from '../live.js';

export interface InSlack {
  /** The id of the person at the page. */
  user: string;
  about: About;
  /** The picture as it is now; reading it draws nothing again. */
  look(): Picture;
  /** The window itself: dialogs cover it and nothing else. */
  root: RefObject<HTMLElement | null>;
}

export const InSlackContext = createContext<InSlack | null>(null);

export function useInSlack(): InSlack {
  const found = use(InSlackContext);
  if (found === null) throw new Error('This part of the page belongs into the Slack window');
  return found;
}

type Kind = Parameters<typeof partsOf>[1];

/** All parts of one kind; the same array for as long as none of them changes. */
export function useParts<K extends Kind>(kind: K): Parts[`${K}:${string}`][] {
  const now = partsOf(usePicture(), kind);
  const last = useRef(now);
  const same = last.current.length === now.length && now.every((part, index) => part === last.current[index]);
  if (!same) last.current = now;
  return last.current;
}

const SLACKBOT = 'USLACKBOT';

/** What somebody is called beside what they say. */
export function useName(user: string): string {
  const known = usePart(`user:${user}`);
  if (user === SLACKBOT) return 'Slackbot';
  return known?.realName || known?.displayName || known?.name || user;
}

export function useIsApp(user: string): boolean {
  return usePart(`user:${user}`)?.isBot === true || user === SLACKBOT;
}

export { SLACKBOT };
