import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * Writes what a form has to remember so that it comes back as it was, or not at all: a client can change the
 * `private_metadata` of a form, and could otherwise name a file that its person may not see.
 */
export interface Seal {
  seal(what: object): string;
  /** Null for what was not sealed here. */
  open(sealed: string): unknown;
}

/** @param secret the same for all replicas; forms that are open when it changes have to be opened anew. */
export function createSeal(secret: string): Seal {
  const key = createHmac('sha256', secret).update('what forms remember').digest();
  const markOf = (text: string) => createHmac('sha256', key).update(text).digest('base64url').slice(0, 32);
  return {
    seal(what) {
      const text = JSON.stringify(what);
      return `${markOf(text)}${text}`;
    },
    open(sealed) {
      const [mark, text] = [sealed.slice(0, 32), sealed.slice(32)];
      const [given, right] = [Buffer.from(mark), Buffer.from(markOf(text))];
      if (given.length !== right.length || !timingSafeEqual(given, right)) return null;
      return JSON.parse(text);
    },
  };
}
