import assert from 'node:assert/strict';
import { type CaseReference, caseOfConsoleLink, parseCaseReference } from '../../src/case/case-reference.js';

const ID = 'case-111122223333-muen-2026-7118885805350839';
const byDisplayId: CaseReference = { by: 'display-id', displayId: '1234567890' };
const byCaseId: CaseReference = { by: 'case-id', caseId: ID, account: '111122223333' };
const inAccount = (account: string): CaseReference => ({ ...byDisplayId, account });
const byThread: CaseReference = { by: 'thread', channel: 'C0CASES0001', ts: '1712345678.123456' };
const HOME = 'https://console.aws.amazon.com/support/home';
const MESSAGE = 'https://acme.slack.com/archives/C0CASES0001/p1712345678123456';
const REPLY = 'https://acme.slack.com/archives/C0CASES0001/p1712349999000000';

const TYPED: readonly [typed: string, meaning: CaseReference | null][] = [
  ['1234567890', byDisplayId],
  ['  1234567890\n', byDisplayId],
  ['#1234567890', byDisplayId],
  ['Case 1234567890', byDisplayId],
  ['case #1234567890', byDisplayId],
  ['Case: 1234567890.', byDisplayId],
  ['“Case 1234567890”', byDisplayId],
  ['Case <tel:1234567890|1234567890>', byDisplayId],
  [ID, byCaseId],
  [
    'case-12345678910-2013-c4c1d2bf33c5cf47',
    { by: 'case-id', caseId: 'case-12345678910-2013-c4c1d2bf33c5cf47' },
  ],

  // Links of the AWS console, as they are and as Slack passes them on.
  [`${HOME}#/case/?displayId=1234567890`, byDisplayId],
  [`${HOME}#/case/?displayId=1234567890&language=en`, byDisplayId],
  [`${HOME}?region=us-east-1#/case/?displayId=1234567890`, byDisplayId],
  [`${HOME}?displayId=1234567890`, byDisplayId],
  [
    'https://support.console.aws.amazon.com/support/home#/case/?language=en&displayId=1234567890',
    byDisplayId,
  ],
  ['https://us-east-1.console.aws.amazon.com/support/home#/case/?displayId=1234567890', byDisplayId],
  ['https://console.amazonaws-us-gov.com/support/home#/case/?displayId=1234567890', byDisplayId],
  ['https://console.amazonaws.cn/support/home#/case/?displayId=1234567890', byDisplayId],
  [`${HOME}#/case/?caseId=${ID}`, byCaseId],
  [`${HOME}?region=us-east-1#/case/detail?caseId=${ID}`, byCaseId],
  ['https://console.aws.amazon.com/support/cases#/1234567890/en', byDisplayId],
  [`<${HOME}#/case/?displayId=1234567890>`, byDisplayId],
  [`<${HOME}#/case/?language=en&amp;displayId=1234567890>`, byDisplayId],
  [`<${HOME}#/case/?language=en&amp;displayId=1234567890|console.aws.amazon.com/support/home>`, byDisplayId],
  [`<${HOME}#/case/?displayId=1234567890|the case & more>`, byDisplayId],

  // With an account before it, and where the console's address names one.
  ['production/1234567890', inAccount('production')],
  ['Production/#1234567890.', inAccount('Production')],
  ['444455556666/1234567890', inAccount('444455556666')],
  ['"my team"/1234567890', inAccount('my team')],
  ['“my team”/Case 1234567890', inAccount('my team')],
  [`444455556666/${ID}`, { ...byCaseId, account: '444455556666' }],
  [
    'https://444455556666-abcd1234.us-east-1.console.aws.amazon.com/support/home#/case/?displayId=1234567890',
    inAccount('444455556666'),
  ],
  ['/1234567890', null],
  ['production/', null],
  ['production/123', null],
  ['a/b/1234567890', null],
  [`production/${MESSAGE}`, null],
  ['my team/1234567890', null],

  // Links to a message: of the card, or of a reply in its thread.
  [MESSAGE, byThread],
  [`<${MESSAGE}>`, byThread],
  [`<${MESSAGE}|a message>`, byThread],
  [`${REPLY}?thread_ts=1712345678.123456&cid=C0CASES0001`, byThread],
  [`<${REPLY}?cid=C0CASES0001&amp;thread_ts=1712345678.123456>`, byThread],
  [MESSAGE.replace('acme.slack.com', 'acme.enterprise.slack.com'), byThread],
  [MESSAGE.replace('acme.slack.com', 'acme.slack-gov.com'), byThread],

  // Nothing that names a case.
  ['', null],
  ['   ', null],
  ['123', null],
  ['1234567890 and more', null],
  ['123456789012345678901', null],
  ['12345678９0', null],
  ['case-', null],
  ['case', null],
  ['case 1234567890 and more', null],
  ['showcase 1234567890', null],
  ['case-1234 5678', null],
  ['<@U0ALICE0001>', null],
  ['<#C0CASES0001|aws-cases>', null],
  [HOME, null],
  [`${HOME}#/case/?displayId=none`, null],
  [`${HOME.replace('https', 'http')}#/case/?displayId=1234567890`, null],
  ['https://evil.example/support/home#/case/?displayId=1234567890', null],
  ['https://aws.amazon.com.evil.example/support/home#/case/?displayId=1234567890', null],
  ['https://notaws.amazon.com/support/home#/case/?displayId=1234567890', null],
  ['https://notslack.com/archives/C0CASES0001/p1712345678123456', null],
  ['https://acme.slack.com/archives/C0CASES0001', null],
  ['https://acme.slack.com/files/C0CASES0001/p1712345678123456', null],
  ['javascript:alert(1)', null],
  ['<https:|x>', null],
];

describe('parseCaseReference', () => {
  for (const [typed, meaning] of TYPED) {
    it(`takes ${JSON.stringify(typed)} for ${meaning === null ? 'no case' : `a ${meaning.by}`}`, () => {
      assert.deepEqual(parseCaseReference(typed), meaning);
    });
  }

  it('takes a display id that is in the link over a case id', () => {
    assert.deepEqual(parseCaseReference(`${HOME}#/case/?caseId=${ID}&displayId=1234567890`), byDisplayId);
  });
});

const CASE = '#/case/?displayId=1234567890';

/** Links as they stand in a message, and the case to which they lead. */
const LINKS: readonly [link: string, meaning: CaseReference | null][] = [
  [`${HOME}${CASE}`, byDisplayId],
  [`${HOME}/${CASE}`, byDisplayId],
  [`${HOME}${CASE}&language=en`, byDisplayId],
  [`${HOME}${CASE}&amp;language=en`, byDisplayId],
  [`${HOME}?region=eu-central-1&amp;skipRegion=true${CASE}&amp;language=en`, byDisplayId],
  [`${HOME}#/case/?caseId=${ID}`, byCaseId],
  [`${HOME}#/case/detail?caseId=${ID}`, byCaseId],
  ['https://console.aws.amazon.com/support/cases#/1234567890/en', byDisplayId],
  [`https://support.console.aws.amazon.com/support/home?region=eu-west-1${CASE}`, byDisplayId],
  [`https://us-east-1.console.aws.amazon.com/support/home${CASE}`, byDisplayId],
  [
    `https://444455556666-abcd1234.us-east-1.console.aws.amazon.com/support/home${CASE}`,
    inAccount('444455556666'),
  ],
  [
    `https://444455556666-abcd1234.support.console.aws.amazon.com/support/home?region=eu-west-1${CASE}`,
    inAccount('444455556666'),
  ],
  [`https://console.amazonaws-us-gov.com/support/home${CASE}`, byDisplayId],
  [`https://us-gov-west-1.console.amazonaws-us-gov.com/support/home${CASE}`, byDisplayId],
  [`https://cn-north-1.console.amazonaws.cn/support/home${CASE}`, byDisplayId],

  [HOME, null],
  [`${HOME}#/`, null],
  [`${HOME}#/case/history`, null],
  [`${HOME}#/case/create`, null],
  [`${HOME}#/case/?displayId=`, null],
  [`${HOME}#/case/?displayId=12x`, null],
  ['https://console.aws.amazon.com/support/cases#/create?issueType=technical', null],
  [`https://console.aws.amazon.com/ec2/home${CASE}`, null],
  [`https://console.aws.amazon.com/${CASE}`, null],
  [`https://aws.amazon.com/support/home${CASE}`, null],
  [`http://console.aws.amazon.com/support/home${CASE}`, null],
  [`https://evil-console.aws.amazon.com/support/home${CASE}`, null],
  [`https://console.aws.amazon.com.evil.example/support/home${CASE}`, null],
  [`https://console.aws.amazon.com@evil.example/support/home${CASE}`, null],
  [`<${HOME}${CASE}>`, null],
  [`${HOME}#/case/?x=${'x'.repeat(4_000)}&displayId=1234567890`, null],
  [MESSAGE, null],
  ['1234567890', null],
  ['', null],
];

describe('caseOfConsoleLink', () => {
  for (const [link, meaning] of LINKS) {
    it(`finds ${meaning === null ? 'no case' : `one ${meaning.by}`} in ${link.slice(0, 120)}`, () => {
      assert.deepEqual(caseOfConsoleLink(link), meaning);
    });
  }
});
