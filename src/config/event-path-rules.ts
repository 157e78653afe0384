/** How the variables of the way of the events are read. */
import { list, missing, oneOf, type Rule } from './rule.js';

export const PUBLIC_URL: Rule<string | null> = {
  example: 'https://casethread.example.com',
  read: (value) => {
    if (value === '') return null;
    const url = URL.canParse(value) ? new URL(value) : null;
    if (url?.protocol !== 'https:' || url.pathname !== '/' || url.search !== '' || url.username !== '') {
      throw new Error(
        'This is not https:// and a host name, without a path. EventBridge delivers by HTTPS only.',
      );
    }
    return url.origin;
  },
};

export const EVENTS_REGION: Rule<string> = {
  example: 'us-east-1',
  read: (value) => {
    if (value === '') return 'us-east-1';
    if (!/^[a-z]{2}(-[a-z]+)+-\d$/.test(value))
      throw new Error(`“${value}” is not a Region such as us-east-1.`);
    return value;
  },
};

export const EVENTS_NAME: Rule<string> = {
  example: 'casethread',
  read: (value) => {
    if (value === '') return 'casethread';
    if (!/^[\w-]{1,40}$/.test(value)) {
      throw new Error('A name has 1 to 40 of the letters A to Z, digits, - and _.');
    }
    return value;
  },
};

export const EVENT_KEYS: Rule<readonly string[]> = {
  example: 'a-long-random-text (openssl rand -hex 32)',
  read: (value) => {
    const keys = list(value);
    if (keys.length === 0)
      throw missing('The secret that your EventBridge connection sends in X-Api-Key; make one up.');
    if (keys.length > 2)
      throw new Error(
        `There are ${keys.length} keys. Give one, or two separated by a comma while you change it.`,
      );
    if (keys.some((key) => key.length < 16))
      throw new Error('A key has fewer than 16 characters. Take at least 16.');
    if (keys.some((key) => !/^[\x21-\x7e]+$/.test(key))) {
      throw new Error('A key has characters that an HTTP header cannot carry. Take letters and digits.');
    }
    return keys;
  },
};

const CALLS = ['none', 'changes', 'all'] as const;

/** Which calls recorded by CloudTrail are to come by the way of the events: none, those that change something, or all. */
export const EVENTS_CALLS: Rule<(typeof CALLS)[number]> = {
  example: 'changes',
  read: (value) => oneOf(CALLS, value || 'changes'),
};
