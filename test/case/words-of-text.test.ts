import assert from 'node:assert/strict';
import type { Reading } from '../../src/case/reading.js';
import { MOST_WORDS, soughtWords, wordsIn, wordsOfCase } from '../../src/case/words-of-text.js';
import { cpuTimeOf } from '../cpu-time.js';

const of = (text: string) => [...wordsIn(text)];

describe('words of a text', () => {
  for (const [text, words] of [
    ['The Instance i-0ab FAILS!', ['the', 'instance', '0ab', 'fails']],
    ["doesn't", ['doesn']],
    ['a b 1 22', ['22']],
    ['my_bucket.s3-eu/path', ['my', 'bucket', 's3', 'eu', 'path']],
    ['ＥＣ２ ﬁle', ['ec2', 'file']],
    ['Größe ÉCOLE ÉCOLE', ['größe', 'école', 'école']],
    ['हिन्दी', ['हिन्दी']],
    ['EC2インスタンス', ['ec2', 'イン', 'ンス', 'スタ', 'タン', 'ンス']],
    ['障', ['障']],
    ['장애 발생', ['장애', '발생']],
    ['x'.repeat(60), ['x'.repeat(40)]],
    ['🎫 \u0000 \ud800 <!channel> &amp;', ['channel', 'amp']],
    ['', []],
  ] as const) {
    it(`of ${JSON.stringify(text.slice(0, 30))}`, () => assert.deepEqual(of(text), words));
  }

  it('are of one kind in a case and in what is typed, so that what is there is found', () => {
    for (const text of ['İstanbul', 'ǅ', 'EC2インスタンスが起動しません', 'straße ﬃ', 'Ångström', '𝒜𝓌𝓈 ①②'])
      assert.deepEqual(
        soughtWords(text).filter((word) => !of(text).includes(word)),
        [],
        text,
      );
  });

  it('takes time in proportion to the text', () => {
    const took = cpuTimeOf(() => {
      for (const piece of ['a', 'ア', 'aア', ' ', 'é', '\u0301', '9.'])
        for (const _ of wordsIn(piece.repeat(80_000)));
    });
    assert.ok(took < 2_000, `${took} ms`);
  });
});

describe('what is sought', () => {
  for (const [typed, words] of [
    ['inst fail', ['inst', 'fail']],
    ['Inst instance INST', ['instance']],
    ['a ! ?', []],
    [
      'one two three four five six seven eight nine ten',
      ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight'],
    ],
    ['障害', ['障害']],
  ] as const) {
    it(`when somebody types ${typed}`, () => assert.deepEqual(soughtWords(typed), words));
  }
});

describe('words of a case', () => {
  const reading = (bodies: readonly string[]): Reading => ({
    case: {
      key: { account: '111122223333', caseId: 'case-111122223333-muen-2022-7a' },
      displayId: '1234563851',
      subject: 'Disk is slow',
      status: 'opened',
      severity: 'low',
      service: 'amazon-ebs',
      category: 'performance',
      openedBy: 'alice@example.com',
      openedAt: 1,
    },
    communications: bodies.map((body, at) => ({
      body,
      submittedBy: 'x',
      at,
      attachments: [{ id: 'a', fileName: `log${at}.txt` }],
    })),
    complete: true,
  });

  it('are those of its numbers, subject, service, texts and files', () => {
    const words = wordsOfCase(reading(['It hangs.']));
    for (const word of ['1234563851', '7a', 'disk', 'ebs', 'performance', 'hangs', 'log0'])
      assert.ok(words.includes(word), word);
    assert.equal(new Set(words).size, words.length);
  });

  it('are the newest where there are too many', () => {
    const many = Array.from({ length: MOST_WORDS }, (_, index) => `old${index}`).join(' ');
    const words = wordsOfCase(reading([many, 'The newest.']));
    assert.equal(words.length, MOST_WORDS);
    assert.ok(words.includes('newest') && words.includes('1234563851') && words.includes('old7'));
    assert.ok(!words.includes(`old${MOST_WORDS - 1}`));
  });
});
