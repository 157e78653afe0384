import assert from 'node:assert/strict';
import { placesOf } from '../../src/case/secret-places.js';
import { findSecrets, removeSecrets } from '../../src/case/secrets.js';
import { cpuTimeOf } from '../cpu-time.js';

/** Put together here, so that nobody who searches this repository for secrets finds any. */
const join = (...parts: string[]) => parts.join('');
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const random = (length: number) => LETTERS.repeat(20).slice(7, 7 + length);

const SECRET = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
const ID = join('AKIA', 'IOSFODNN7EXAMPLE');
const PEM_LINE = join('MIIEpAIBAAKCAQEAu1SU1LfVLPHCozMxH2Mo4lgOEePzNm0tRgeLezV6ffAt0gun');
const BEGIN = join('-----BEGIN RSA ', 'PRIVATE KEY-----');
const END = join('-----END RSA ', 'PRIVATE KEY-----');
const JWT = join(
  'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9',
  '.eyJzdWIiOiIxMjM0NTY3ODkwIn0',
  '.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U',
);
const SHA1 = 'da39a3ee5e6b4b0d3255bfef95601890afd80709';

describe('findSecrets', () => {
  /** What stands between the marks is found, and nothing else. */
  const FOUND: readonly [what: string, kind: string, text: string][] = [
    ['a key of a credentials file', 'aws-secret-key', `aws_secret_access_key = «${SECRET}»`],
    ['a key of the environment', 'aws-secret-key', `export AWS_SECRET_ACCESS_KEY="«${SECRET}»"`],
    ['a key in JSON', 'aws-secret-key', `{"SecretAccessKey": "«${SECRET}»"}`],
    ['a key in prose', 'aws-secret-key', `The secret key is «${SECRET}», does it work for you?`],
    ['a key before its name', 'aws-secret-key', `«${SECRET}» is our secret access key`],
    ['a key below its id', 'aws-secret-key', `${ID}\n«${SECRET}»`],
    ['a key before its id', 'aws-secret-key', `«${SECRET}» belongs to ${ID}`],
    [
      'a key of hexadecimal that is assigned to the name',
      'aws-secret-key',
      `aws_secret_access_key=«${SHA1}»`,
    ],
    ['a session token by name', 'aws-session-token', `aws_session_token=«${random(120)}»`],
    ['a session token in a header', 'aws-session-token', `X-Amz-Security-Token: «${random(200)}==»`],
    ['a session token by its beginning', 'aws-session-token', `token «IQoJb3JpZ2lu${random(100)}» here`],
    ['a private key', 'private-key', `My key:\n«${BEGIN}\n${PEM_LINE}\n${PEM_LINE}\nabc=\n${END}»\nThanks`],
    ['a private key in one line', 'private-key', `«${BEGIN} ${PEM_LINE} abc= ${END}» thanks`],
    ['a private key in JSON', 'private-key', `{"private_key":"«${BEGIN}\\n${PEM_LINE}\\n${END}»\\n"}`],
    [
      'a private key without its end',
      'private-key',
      `see\n«${BEGIN}\n${PEM_LINE}\n${PEM_LINE}»\nand then more text`,
    ],
    ['a private key without its beginning', 'private-key', `see below\n«${PEM_LINE}\n${PEM_LINE}\n${END}»`],
    ['a private key quoted', 'private-key', `«${BEGIN}\n> ${PEM_LINE}\n> ${PEM_LINE}»\nas said`],
    [
      'a private key of OpenSSH',
      'private-key',
      `«${BEGIN.replace('RSA', 'OPENSSH')}\n${PEM_LINE}\n${END.replace('RSA', 'OPENSSH')}»`,
    ],
    [
      'a private key with headers',
      'private-key',
      `«${BEGIN}\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,0123456789ABCDEF\n\n${PEM_LINE}»`,
    ],
    ['a token of Slack', 'token', `token «${join('xoxb', '-123456789012-1234567890123-')}${random(24)}».`],
    ['a webhook of Slack', 'token', `https://hooks.slack.com/services/«T0AAAAAAA/B0AAAAAAA/${random(24)}»`],
    ['a token of GitHub', 'token', `git clone with «${join('ghp', '_')}${random(36)}»`],
    ['a fine-grained token of GitHub', 'token', `«${join('github', '_pat_')}${random(22)}_${random(59)}»`],
    ['a token of GitLab', 'token', `«${join('glpat', '-')}${random(20).replaceAll('A', '-')}»`],
    ['a key of Stripe', 'token', `«${join('sk', '_live_')}${random(24)}»`],
    ['a key of Google', 'token', `key=«${join('AI', 'za')}${random(35)}»`],
    ['a token of npm', 'token', `//registry.npmjs.org/:_authToken=«${join('npm', '_')}${random(36)}»`],
    ['a key of Anthropic', 'token', `«${join('sk', '-ant-api03-')}${random(90)}»`],
    ['a key of OpenAI', 'token', `«${join('sk', '-proj-')}${random(48)}»`],
    ['an old key of OpenAI', 'token', `«${join('sk', '-')}${random(48)}»`],
    ['a JSON Web Token', 'token', `cookie: session=«${JWT}»; path=/`],
    ['a bearer token', 'token', `curl -H "Authorization: Bearer «s3ss10n-t0ken»"`],
    ['a JSON Web Token as a bearer token', 'token', `Authorization: Bearer «${JWT}»`],
    ['basic authentication', 'token', `'authorization' => 'Basic «dXNlcjpodW50ZXIy»'`],
    ['a password in an address', 'password', 'git clone https://alice:«hunter2»@git.example.com/a.git'],
    ['a password with an @ in an address', 'password', 'https://alice:«hun@ter2»@example.com'],
    [
      'a password of a database',
      'password',
      'postgresql://app:«s3cr3t!»@db.internal:5432/app?sslmode=require',
    ],
    ['a password without a user', 'password', 'redis://:«p4ss»@cache.internal:6379'],
    ['a password in a connection string', 'password', 'Server=db;User Id=sa;Password=«hunter2»;Encrypt=true'],
    ['a password of the environment', 'password', 'DB_PASSWORD=«hunter2»'],
    ['a card', 'card', 'my card «4111111111111111» is charged'],
    ['a card with blanks', 'card', 'Card: «4111 1111 1111 1111»'],
    ['a card with dashes', 'card', '«5555-5555-5555-4444»'],
    ['a card with expiry and code', 'card', '«4111 1111 1111 1111» 12/27 123'],
    ['a card with the code behind it', 'card', '«4111 1111 1111 1111» 123'],
    ['a card of American Express', 'card', '«3782 822463 10005»'],
    ['a card of 13 digits', 'card', '«4222222222222»'],
    ['a card of 19 digits', 'card', '«6212345678900000003»'],
  ];
  for (const [what, kind, marked] of FOUND) {
    it(`finds ${what}`, () => {
      const text = marked.replace(/[«»]/g, '');
      const from = marked.indexOf('«');
      assert.deepEqual(findSecrets(text), [{ kind, from, to: marked.indexOf('»') - 1 }]);
    });
  }

  const HIDDEN: readonly [what: string, kind: string, text: string][] = [
    ['a card with what cannot be seen', 'card', 'Card «4111\u200b1111\u200b1111\u200b1111»'],
    ['a card with narrow blanks', 'card', 'Card «4111\u202f1111\u202f1111\u202f1111»'],
    ['a card with long dashes', 'card', 'Card «4111–1111–1111–1111»'],
    ['a card with dots', 'card', 'Card «4111.1111.1111.1111»'],
    ['a card with dots in the middle', 'card', 'Card «4111·1111·1111·1111»'],
    ['a card in wide digits', 'card', '🎫 «４１１１１１１１１１１１１１１１»'],
    ['a card in keycaps', 'card', `«${'411111111111111'.replace(/\d/g, '$&\ufe0f\u20e3')}1»`],
    ['a token with what cannot be seen', 'token', `🎫 «ghp_\u200b${random(36)}»\u200b`],
    [
      'a key with what cannot be seen',
      'aws-secret-key',
      `AWS_SECRET_ACCESS_KEY=«${SECRET.slice(0, 9)}\u2060\u{e0041}${SECRET.slice(9)}»`,
    ],
  ];
  for (const [what, kind, marked] of HIDDEN) {
    it(`finds ${what}, and masks and removes it`, () => {
      const text = marked.replace(/[«»]/g, '');
      const found = findSecrets(text);
      assert.deepEqual(found, [{ kind, from: marked.indexOf('«'), to: marked.indexOf('»') - 1 }]);
      assert.deepEqual(findSecrets(removeSecrets(text, found)), []);
      const [place] = placesOf(text, found, 1);
      assert.ok(place?.shown.isWellFormed());
      assert.deepEqual(findSecrets(place?.shown ?? ''), []);
    });
  }

  const NONE: readonly [what: string, text: string][] = [
    ['a commit', `It began with commit ${SHA1}.`],
    ['a commit near a secret key that is only named', `The secret key rotation of ${SHA1} failed`],
    ['a commit near the id of a key', `${ID} is used since ${SHA1}`],
    ['the id of a key alone', `aws_access_key_id = ${ID}`],
    ['a path of forty characters', `${ID} in src/main/java/com/example/service/handlers1`],
    ['40 characters of base64 without any context', `digest ${SECRET}`],
    ['an unfinished name', 'Where do I find my aws_secret_access_key?'],
    ['a checksum', 'sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
    ['a certificate', `-----BEGIN CERTIFICATE-----\n${PEM_LINE}\n-----END CERTIFICATE-----`],
    ['a public key', `-----BEGIN PUBLIC KEY-----\n${PEM_LINE}\n-----END PUBLIC KEY-----`],
    ['the first line of a key in an error', `error: expected "${BEGIN}" at line 1`],
    ['the name of a token', 'Set the session token, or use xoxb-your-token-here, or ghp_xxx.'],
    [
      'what a manual says',
      'curl -H "Authorization: Bearer $TOKEN" or "Authorization: Bearer <token>" or Bearer YOUR_ACCESS_TOKEN_HERE',
    ],
    ['a word with sk-', 'the sk-learn-pipeline-for-classification-of-documents-in-groups step'],
    ['two parts of a token', 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0'],
    ['an address with a port', 'https://example.com:8443/a@b and http://localhost:3000/?mail=a@b.c'],
    ['ssh with a user', 'ssh://git@github.com:22/acme/a.git, git@github.com:acme/a.git'],
    [
      'what a manual says of addresses',
      'postgres://user:password@host/db, https://user:$PASS@host, https://u:***@host',
    ],
    ['an empty password', 'DB_PASSWORD= and PASSWORD=$PASSWORD and PWD=/home/alice'],
    ['an account', 'account 411111111111, 4111 1111 1111'],
    ['accounts side by side', '411111111111 111141111111 411111111111'],
    ['an ARN', 'arn:aws:iam::411111111111:role/4111111111111'],
    ['a case id', 'case-411111111111-1111-2022-c4c1d2bf33c5cf47 and case-4111111111111111-muen-2022-1'],
    ['a display id', 'Case 172334567800123 and 1234563851'],
    ['times', '1700000000000 1700000000000000 1645458691.000100 2026-11-20 10:11:12.000 20261120101112'],
    ['a UUID', '41111111-1111-4111-8111-111111111111 and a4111111-1111-1111-1111-1a1111111111'],
    ['a request id', 'RequestId: 4442587FB7D0A2F9, x-amzn-trace-id: Root=1-4111111111111111-abc'],
    ['a floating number', '0.4111111111111111 and 4111111111111111.5'],
    ['a telephone number', '+4222222222222'],
    ['a number with a wrong last digit', '4111111111111112'],
    ['a number of no issuer', '9111111111111111, 0000000000000000, 1111111111111111'],
    ['an instance', 'i-04111111111111111, vol-4111111111111111'],
    ['nothing', ''],
  ];
  for (const [what, text] of NONE) {
    it(`leaves ${what} alone`, () => assert.deepEqual(findSecrets(text), []));
  }

  it('finds several of several kinds, in their order, each once', () => {
    const text = `${ID} ${SECRET}\nAuthorization: Bearer ${JWT}\n4111 1111 1111 1111\nhttps://a:hunter2@b.c`;
    assert.deepEqual(
      findSecrets(text).map(({ kind }) => kind),
      ['aws-secret-key', 'token', 'card', 'password'],
    );
  });

  const WORST: readonly [what: string, piece: string][] = [
    ['digits', '4'],
    ['digits with blanks', '4 '],
    ['cards', '4111 1111 1111 1111 '],
    ['beginnings of tokens', 'eyJ'],
    ['beginnings of tokens with dots', 'eyJaaaaaaaa.'],
    ['dashes', '-'],
    ['first lines of keys', BEGIN],
    ['last lines of keys', END],
    ['lines of keys', `${PEM_LINE}\n`],
    ['addresses', 'a://a:'],
    ['schemes', 'a+'],
    ['colons', ':'],
    ['capitals', 'A'],
    ['names of secrets', 'secret_access_key='],
    ['passwords', 'PASSWORD='],
    ['bearers', 'authorization: bearer '],
    ['blanks', ' '],
    ['semicolons', '; password '],
    ['ids of keys', `${ID} `],
    ['secrets', `${SECRET} `],
    ['session tokens', 'session_token='],
    ['beginnings of session tokens', 'IQoJb3JpZ2lu'],
    ['slack tokens', 'xoxb-'],
    ['sk', 'sk-'],
  ];
  for (const [what, piece] of WORST) {
    it(`takes time in proportion to the text, also of ${what}`, () => {
      const text = piece.repeat(Math.ceil(80_000 / piece.length)).slice(0, 80_000);
      const took = cpuTimeOf(() => {
        placesOf(text, findSecrets(text), 10);
      });
      // Ten times what AWS takes. What grew with the square of it would take minutes.
      assert.ok(took < 1_000, `${took} ms`);
    });
  }
});

describe('removeSecrets', () => {
  it('puts words in the place of what was found, and leaves the rest as it is', () => {
    const text = `Hi,\naws_secret_access_key=${SECRET}\ncard 4111 1111 1111 1111, DB_PASSWORD=hunter2\n${BEGIN}\n${PEM_LINE}\n${END}\nBye`;
    assert.equal(
      removeSecrets(text, findSecrets(text)),
      'Hi,\naws_secret_access_key=[removed: AWS secret key]\ncard [removed: card …1111], DB_PASSWORD=[removed: password]\n[removed: private key]\nBye',
    );
  });

  it('leaves nothing to be found', () => {
    const texts = [
      `${ID}:${SECRET} and again ${SECRET}`,
      `https://a:hunter2@b.c PASSWORD=hunter2 Server=x;Password=hunter2;`,
      `Authorization: Bearer ${JWT} 4111111111111111 5555-5555-5555-4444`,
      `${BEGIN}\n${PEM_LINE}\n${PEM_LINE}`,
      `X-Amz-Security-Token=IQoJb3JpZ2lu${random(300)}`,
    ];
    for (const text of texts) {
      const removed = removeSecrets(text, findSecrets(text));
      assert.deepEqual(findSecrets(removed), [], removed);
      const short = removeSecrets(text, findSecrets(text), 0);
      assert.deepEqual(findSecrets(short), [], short);
    }
  });

  it('makes no text longer than may be', () => {
    const text = 'https://a:p1@b.c '.repeat(100);
    assert.ok(removeSecrets(text, findSecrets(text)).length > text.length);
    assert.equal(removeSecrets(text, findSecrets(text), text.length).length, text.length);
  });
});

describe('placesOf', () => {
  const shown = (text: string) => placesOf(text, findSecrets(text), 5);

  it('shows each masked, with what stands around it up to the next one', () => {
    assert.deepEqual(shown(`Hi\naws_secret_access_key = ${SECRET} # 4111 1111 1111 1111\nBye`), [
      { what: 'AWS secret key', line: 2, shown: 'aws_secret_access_key = wJal…EKEY #' },
      { what: 'card number', line: 2, shown: '# …1111' },
    ]);
    assert.deepEqual(
      shown(`use ${JWT} with card 4111 1111 1111 1111 or 5555-5555-5555-4444 now`).map((each) => each.shown),
      ['use eyJh…sR8U with card …', '… with card …1111 or …', '… or …4444 now'],
    );
    assert.deepEqual(shown('DB_PASSWORD=hunter2'), [{ what: 'password', line: 1, shown: 'DB_PASSWORD=•••' }]);
    assert.deepEqual(shown(`a\n\n${BEGIN}\n${PEM_LINE}`), [
      { what: 'private key', line: 3, shown: `${BEGIN} …` },
    ]);
  });

  it('masks in a shown line what may be a secret as well', () => {
    const [place] = shown(`a=${random(60)} DB_PASSWORD=hunter2 b=${SECRET} with-an-ordinary-name-in-it`);
    assert.ok(place?.shown.includes('DB_PASSWORD=•••'));
    assert.ok(place?.shown.includes('with-an-ordinary-name-in-it'));
    for (const secret of [random(60), SECRET]) assert.ok(!place?.shown.includes(secret.slice(4, 16)));
  });

  it('shows a part of a long line, so many places as are asked for, and no secret', () => {
    const text =
      `${'x '.repeat(2_000)}DB_PASSWORD=hunter2 ${SECRET} secret key ${SECRET} ${'🎫'.repeat(2_000)}`.repeat(
        4,
      );
    const places = shown(text);
    assert.equal(places.length, 5);
    for (const each of places) {
      assert.ok(each.shown.length < 300, each.shown);
      assert.ok(!each.shown.includes('hunter2') && !each.shown.includes(SECRET.slice(4, -4)), each.shown);
      assert.ok(each.shown.isWellFormed());
    }
  });
});
