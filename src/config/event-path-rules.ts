/** How the variables of the way of the events are read. */
import type { Rule } from './rules.js';

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

const CALLS = ['none', 'changes', 'all'] as const;

/** Which calls recorded by CloudTrail are to come by the way of the events: none, those that change something, or all. */
export const EVENTS_CALLS: Rule<(typeof CALLS)[number]> = {
  example: 'changes',
  read: (value) => {
    const wanted = CALLS.find((known) => known === (value.toLowerCase() || 'changes'));
    if (wanted === undefined) throw new Error(`“${value}” is not one of ${CALLS.join(', ')}.`);
    return wanted;
  },
};
