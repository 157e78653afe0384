/** Events like those that the rule has to take. */
import { patternAdmits } from '../event-path/admits.js';
import { EVENT_PATTERN, TEST_DETAIL_TYPE, TEST_SOURCE } from '../event-path/names.js';

/** What AWS Support announces (facts of AWS's guide: detail.event-name). */
const NAMES = ['CreateCase', 'AddCommunicationToCase', 'ResolveCase', 'ReopenCase'];
const ORIGINS = ['', 'CUSTOMER', 'AWS'];

/** Whether at least some of the events of a case in the account would be taken. */
export function takesSupport(pattern: unknown, account: string, region: string): boolean {
  const [source] = EVENT_PATTERN.source;
  const [type] = EVENT_PATTERN['detail-type'];
  return NAMES.some((name) =>
    ORIGINS.some((origin) =>
      patternAdmits(pattern, {
        ...sample(source, type, account, region),
        detail: {
          'case-id': `case-${account}-muen-2026-0123456789abcdef`,
          'display-id': '1234567890',
          'communication-id': '',
          'event-name': name,
          origin,
        },
      }),
    ),
  );
}

export function takesTest(
  pattern: unknown,
  at: { readonly account: string; readonly region: string },
): boolean {
  return patternAdmits(pattern, {
    ...sample(TEST_SOURCE, TEST_DETAIL_TYPE, at.account, at.region),
    detail: {},
  });
}

function sample(source: string, type: string, account: string, region: string) {
  return {
    version: '0',
    id: '3433df00-9285-55a3-f6d1-536944be45d7',
    source,
    'detail-type': type,
    account,
    time: '2026-01-01T00:00:00Z',
    region,
    resources: [],
  };
}
