import assert from 'node:assert/strict';
import { toEventPathError } from '../../src/event-path/errors.js';

const AT = { action: 'events:PutRule', about: 'the rule casethread', region: 'us-east-1' };

function error(name: string, message = '', status?: number, code?: string): Error {
  return Object.assign(new Error(message), {
    name,
    ...(status === undefined ? {} : { $metadata: { httpStatusCode: status } }),
    ...(code === undefined ? {} : { code }),
  });
}

describe('errors of the way of the events', () => {
  const says: [error: Error, kind: string, sentence: RegExp][] = [
    [
      error('CredentialsProviderError', 'Could not load credentials'),
      'no-credentials',
      /no AWS credentials here/,
    ],
    [
      error('CredentialsProviderError', 'Could not resolve credentials using profile: [nope] in files.'),
      'no-credentials',
      /The profile nope gives no AWS credentials/,
    ],
    [
      error(
        'AccessDenied',
        'User: u is not authorized to perform: sqs:tagqueue because no policy allows it',
        403,
      ),
      'no-permission',
      /may not do sqs:TagQueue on the rule casethread\./,
    ],
    [error('CredentialsProviderError', 'The SSO session has expired.'), 'expired', /sign-in has expired/],
    [error('ExpiredToken', '', 403), 'expired', /credentials have expired/],
    [
      error('UnrecognizedClientException', '', 400),
      'no-credentials',
      /does not accept these credentials in us-east-1/,
    ],
    [error('AccessDenied', '', 403), 'no-permission', /may not do events:PutRule on the rule casethread/],
    [
      error(
        'AccessDeniedException',
        'User: arn:aws:iam::1:user/a is not authorized to perform: iam:PassRole on resource: arn:aws:iam::1:role/x because no',
        400,
      ),
      'no-permission',
      /may not do iam:PassRole on arn:aws:iam::1:role\/x\. The README/,
    ],
    [error('Throttling', '', 400), 'throttled', /limits calls at the moment/],
    [
      error('ManagedRuleException', '', 400),
      'managed',
      /An AWS service has made the rule casethread for itself/,
    ],
    [error('OperationDisabledException', '', 400), 'refused', /does not offer events:PutRule in us-east-1/],
    [
      error('Error', 'getaddrinfo', undefined, 'ENOTFOUND'),
      'unreachable',
      /No address is found for AWS in us-east-1/,
    ],
    [error('TimeoutError'), 'unreachable', /AWS gave no answer \(events:PutRule\)\./],
    [
      error('InternalException', '', 500),
      'unreachable',
      /AWS gave no answer \(events:PutRule, status 500\)\./,
    ],
    [
      error('InvalidEventPatternException', 'Event pattern is not valid', 400),
      'refused',
      /AWS refused events:PutRule for the rule casethread: Event pattern is not valid\. \(InvalidEventPatternException\)/,
    ],
  ];
  for (const [given, kind, sentence] of says) {
    it(`says what ${given.name} ${given.message.slice(0, 40)} means`, () => {
      const made = toEventPathError(given, AT);
      assert.equal(made.kind, kind);
      assert.match(made.message, sentence);
      assert.equal(made.cause, given);
    });
  }

  it('tell what a policy closes for good from what is not allowed yet', () => {
    const isForbidden = (reason: string) =>
      toEventPathError(
        error('AccessDeniedException', `User: u is not authorized to perform: events:PutRule ${reason}`, 400),
        AT,
      ).isForbidden;
    for (const reason of [
      'with an explicit deny in a service control policy',
      'because no service control policy allows the events:PutRule action',
      'because no resource control policy allows the events:PutRule action',
      'because no permissions boundary allows the events:PutRule action',
    ])
      assert.ok(isForbidden(reason), reason);
    assert.ok(!isForbidden('because no identity-based policy allows the events:PutRule action'));
  });
});
