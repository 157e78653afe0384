import assert from 'node:assert/strict';
import fc from 'fast-check';
import { withLinks } from '../../../src/slack/layout/links.js';
import { linksIn } from './seen.js';

/** As people see it: links between ‹ and ›. */
function shown(text: string): string {
  return withLinks(text)
    .map((element) => {
      if (element.type === 'text') return element.text;
      return element.type === 'link' ? `‹${element.text}›` : '?';
    })
    .join('');
}

function goesTo(text: string): string[] {
  return linksIn(withLinks(text)).map(({ url }) => url);
}

describe('links in a plain text', () => {
  const cases: readonly [text: string, seen: string][] = [
    ['See https://docs.aws.amazon.com/ec2/.', 'See ‹https://docs.aws.amazon.com/ec2/›.'],
    [
      '(https://a.example/b_(c)), or http://b.example!',
      '(‹https://a.example/b_(c)›), or ‹http://b.example›!',
    ],
    ['"https://a.example/x?y=1&z=2#s".', '"‹https://a.example/x?y=1&z=2#s›".'],
    ['<https://a.example/x> **https://a.example**', '<‹https://a.example/x›> **‹https://a.example›**'],
    [
      '[1] https://a.example/x, [2]https://b.example/y',
      '[1] ‹https://a.example/x›, [2]‹https://b.example/y›',
    ],
    ['https://a.example/日本語。次', '‹https://a.example/日本語›。次'],
    ['[the guide](https://a.example/x).', 'the guide (‹https://a.example/x›).'],
    ['[https://a.example](https://a.example)', '‹https://a.example›'],
    ['![x](https://evil.example/x.png)', '![x](‹https://evil.example/x.png›)'],
    [
      '[a](javascript:alert(1)) mailto:x@y.example ftp://a.example',
      '[a](javascript:alert(1)) mailto:x@y.example ftp://a.example',
    ],
    ['https:// http://. https://... xhttps://a.example', 'https:// http://. https://... xhttps://a.example'],
  ];
  for (const [text, seen] of cases) {
    it(`shows ${text}`, () => assert.equal(shown(text), seen));
  }

  const tricks: readonly [text: string, seen: string][] = [
    ['[https://aws.amazon.com](https://evil.example)', 'https://aws.amazon.com (‹https://evil.example›)'],
    ['<https://evil.example|https://aws.amazon.com>', '<‹https://evil.example›|‹https://aws.amazon.com›>'],
    [
      'https://aws.amazon.com@evil.example/x',
      'https://aws.amazon.com@evil.example/x (leads to ‹https://evil.example/x›)',
    ],
    [
      'https://aws.amazon.com:443@evil.example',
      'https://aws.amazon.com:443@evil.example (leads to ‹https://evil.example/›)',
    ],
    ['https://aws.amazon.com\\@evil.example', '‹https://aws.amazon.com›\\@evil.example'],
    [
      'https://\u0430ws.amazon.com/x',
      'https://\u0430ws.amazon.com/x (leads to ‹https://xn--ws-6kc.amazon.com/x›)',
    ],
    ['https://aws。amazon.com', 'https://aws。amazon.com'.replace('https://aws', '‹https://aws›')],
    [
      'https://aws.amazon.com\u2215evil.example',
      'https://aws.amazon.com\u2215evil.example (leads to ‹https://aws.amazon.xn--comevil-ef0d.example/›)',
    ],
    ['http://0x7f000001/x', 'http://0x7f000001/x (leads to ‹http://127.0.0.1/x›)'],
    ['https://evil.example/\u202emoc', '‹https://evil.example/›\u202emoc'],
  ];
  for (const [text, seen] of tricks) {
    it(`shows where it goes: ${text}`, () => assert.equal(shown(text), seen));
  }

  it('never shows one host and leads to another, whatever the text', () => {
    const piece = fc.oneof(
      fc.webUrl({ withFragments: true, withQueryParameters: true }),
      fc.constantFrom(
        'https://',
        '@',
        '[',
        '](',
        ')',
        '\\',
        '|',
        '<',
        '>',
        'aws.amazon.com',
        '/',
        ':',
        '\u202e',
        '\u0430',
        ' ',
      ),
      fc.string({ unit: 'grapheme', maxLength: 5 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        const text = pieces.join('');
        for (const { url, text: seen } of linksIn(withLinks(text))) {
          assert.match(seen, /^https?:\/\//i);
          assert.equal(new URL(seen).href, new URL(url).href);
          assert.match(url, /^[\x21-\x7e]+$/);
          const [, host = ''] = /^https?:\/\/([^/?#]*)/i.exec(seen) ?? [];
          assert.equal(host.toLowerCase().replace(/:\d*$/, ''), new URL(url).hostname);
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('makes no link of an address that nobody could read', () => {
    assert.deepEqual(goesTo(`https://a.example/${'x'.repeat(3_000)}`), []);
  });
});
