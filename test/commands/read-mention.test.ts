import assert from 'node:assert/strict';
import { readMention } from '../../src/commands/read-mention.js';

const BOT = 'U0CASETHR';

describe('readMention', () => {
  for (const [text, says] of [
    ['<@U0CASETHR> reply It works.', 'reply It works.'],
    ['<@U0CASETHR|casethread>: reply It works.', 'reply It works.'],
    ['<@U0CASETHR>, show', 'show'],
    ['<@U0CASETHR>reply x', 'reply x'],
    ['  \n<@U0CASETHR>\u00a0resolve', 'resolve'],
    [
      '<@U0CASETHR> reply\nline one\n\n  line <two> & <@U0CASETHR>',
      'reply\nline one\n\n  line <two> & <@U0CASETHR>',
    ],
    ['<@U0CASETHR>', ''],
    ['<@U0CASETHR> : ', ''],
  ] as const) {
    it(`takes ${JSON.stringify(text)} as said to the bot`, () => assert.equal(readMention(text, BOT), says));
  }

  for (const text of [
    'ask <@U0CASETHR> reply later',
    '<@U0ALICE0001> <@U0CASETHR> reply x',
    '<@U0CASETHR2> reply x',
    '&lt;@U0CASETHR&gt; reply x',
    '&gt; <@U0CASETHR> reply x',
    '<#U0CASETHR> reply x',
    '@casethread reply x',
    '',
  ]) {
    it(`takes ${JSON.stringify(text)} as talk`, () => assert.equal(readMention(text, BOT), null));
  }
});
