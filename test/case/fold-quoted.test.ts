import assert from 'node:assert/strict';
import { foldQuoted } from '../../src/case/fold-quoted.js';
import { cpuTimeOf } from '../cpu-time.js';

const QUOTE = '> It does not work.\n>\n> Alice';

describe('quoted mail at the end of a text', () => {
  const trails: Readonly<Record<string, string>> = {
    'of three lines': QUOTE,
    'behind who wrote it':
      'On Mon, Mar 2, 2026 at 9:05 AM AWS Support <no-reply@example.com> wrote:\n> One line',
    'behind who wrote it, on two lines': `On Mon, Mar 2, 2026 at 9:05 AM AWS Support <no-reply@example.com>\nwrote:\n\n${QUOTE}`,
    'in German': `Am 02.03.2026 um 09:05 schrieb AWS Support:\n${QUOTE}`,
    'in French': `Le lun. 2 mars 2026 à 09:05, AWS Support a écrit :\n${QUOTE}`,
    'of Outlook': '-----Original Message-----\nFrom: AWS Support\nIt does not work.',
    'with the head of a mail':
      'From: AWS Support <no-reply@example.com>\nSent: Monday, March 2, 2026 9:05 AM\nTo: Jane\nSubject: RE: Case\n\nHello Jane,\nit works.',
    'with the head of a mail below a rule':
      '________________________________\nFrom: AWS\nDate: Monday\nTo: Jane\nCc: Joe\nSubject: RE: Case\n\nHello.',
    'with two mails, one quoted and one below it': `On Mon, Mar 2, 2026 Jane <jane@example.com> wrote:\n> Is it?\n\n-----Original Message-----\nFrom: AWS Support\nIt is.`,
    'whose head says of whom': '---- Original message from AWS Support ----\nIt does not work.',
    'with quotes within': '> a\n> > b\n>> c\n>\n\n',
    'with blank lines between': '> a\n\n> b\n\n> c',
  };
  for (const [what, trail] of Object.entries(trails)) {
    it(`is folded ${what}`, () => {
      const { shown, quoted } = foldQuoted(`It works now, thank you.\n\n${trail}`);
      assert.equal(shown, 'It works now, thank you.');
      assert.equal(quoted, trail);
    });
  }

  const whole: Readonly<Record<string, string>> = {
    'nothing is quoted': 'It works.\nThank you.',
    'somebody answers below the quote': `You wrote:\n${QUOTE}\n\nThat is right.`,
    'somebody answers between quotes': `On Mon 2 Jane wrote:\n> a\n> b\nYes.\n> c\n> d`,
    'the quote is short and of nobody': 'About this:\n> one line\n> and another',
    'there is nothing else': QUOTE,
    'there is nothing but mail': `On Mon, Mar 2, 2026 Jane wrote:\n${QUOTE}`,
    'a head is not whole': 'It is like this:\nFrom: us-east-1\nTo: eu-west-1\nit is slow.',
    'a sentence speaks of writing': 'This is what AWS wrote:\nIt works.',
    'a line of dashes says something else': 'See\n--- Original message was lost ---\nand below.',
    'it is code': 'Run:\n```\n-----Original Message-----\n```\nand look.',
  };
  for (const [why, text] of Object.entries(whole)) {
    it(`is not folded where ${why}`, () => {
      assert.deepEqual(foldQuoted(text), { shown: text, quoted: null });
    });
  }

  it('takes no more than a text of that length has to', () => {
    const took = cpuTimeOf(() => {
      for (const unit of ['> a\n', 'From: a\n', 'On 1 wrote\n', '\n', 'On 1 '.repeat(50)])
        foldQuoted(unit.repeat(20_000).slice(0, 200_000));
    });
    assert.ok(took < 2_000, `${took} ms`);
  });
});
