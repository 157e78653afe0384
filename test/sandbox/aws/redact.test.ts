import assert from 'node:assert/strict';
import { redact } from '../../../src/sandbox/aws/redact.js';

const MARK = '[REDACTED_BY_AWS_SUPPORT]';
const KEY = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';

describe('AWS stand-in: redaction', () => {
  it('takes secret keys after the usual words only', () => {
    for (const words of [
      'AWS_SECRET_ACCESS_KEY=',
      'aws_secret_access_key = ',
      '"SecretAccessKey": "',
      'secret key is ',
    ]) {
      assert.equal(redact(`${words}${KEY}"`), `${words}${MARK}"`);
    }
    const commit = `commit ${'a'.repeat(40)}`;
    assert.equal(redact(commit), commit);
  });

  it('takes whole private keys', () => {
    const key = '-----BEGIN RSA PRIVATE KEY-----\nMIIE\nabc=\n-----END RSA PRIVATE KEY-----';
    assert.equal(redact(`before\n${key}\nafter`), `before\n${MARK}\nafter`);
    assert.equal(redact(key.replaceAll('RSA ', '')), MARK);
  });

  it('leaves the last four digits of a card', () => {
    assert.equal(redact('4111111111111111'), `${MARK}-1111`);
    assert.equal(redact('card 5500-0000-0000-0004, please'), `card ${MARK}-0004, please`);
  });

  it('leaves other numbers alone', () => {
    for (const text of [
      'case-111122223333-muen-2022-4111111111111111',
      '1234563851',
      '4111111111111112',
      '1767225600000',
    ]) {
      assert.equal(redact(text), text);
    }
  });
});
