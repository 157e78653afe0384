import type { Environment } from '../src/config.js';

/** Shorter ones are refused, and could be a part of any word. */
const SHORTEST = 8;

/**
 * The same text without the keys of EVENT_API_KEY: what AWS, a proxy or a wrong host answers may repeat what it was sent.
 */
export function withoutKeys({ EVENT_API_KEY = '' }: Environment): (text: string) => string {
  const keys = EVENT_API_KEY.split(',')
    .map((each) => each.trim())
    .filter((each) => each.length >= SHORTEST)
    // One may begin with the other.
    .sort((one, other) => other.length - one.length);
  return (text) => keys.reduce((rest, key) => rest.replaceAll(key, '(EVENT_API_KEY)'), text);
}
