import assert from 'node:assert/strict';
import type { About, Agreement, BotState } from '../../../../src/sandbox/page/protocol.js';
import { verdict } from '../../../../src/sandbox/web/trouble/verdict.js';

const about = { sweepSeconds: 10 } as About;
const running: BotState = { state: 'running', starts: 1 };

function behind(...displayIds: string[]): Agreement {
  const differences = displayIds.map((displayId) => ({ caseId: `case-${displayId}`, displayId, what: [] }));
  return { cases: 8, agreeing: 8 - displayIds.length, differences };
}

function said(agreement: Agreement, lost = 0, lostBefore = 0, bot = running) {
  const counters = { events: 9, lost, sent: 9, delivered: 9, retried: 0 };
  return verdict({ about, agreement, bot, counters }, lostBefore);
}

describe('The verdict on the trouble', () => {
  it('names up to three cases that are behind, and counts the others', () => {
    assert.equal(said(behind('11')).title, 'Catching up: case 11');
    assert.equal(said(behind('11', '12', '13')).title, 'Catching up: cases 11, 12, 13');
    assert.equal(
      said(behind('11', '12', '13', '14', '15')).title,
      'Catching up: cases 11, 12, 13 and 2 more',
    );
  });

  it('says of lost events only that no thread misses anything', () => {
    const { tone, more, lit } = said(behind(), 2, 2);
    assert.deepEqual(
      { tone, more, lit },
      { tone: 'good', more: '2 events lost, and no thread misses anything.', lit: true },
    );
  });

  it('tells what was lost since all agreed, and by when it is found', () => {
    const { tone, title, more } = said(behind('11'), 3, 2);
    assert.deepEqual([tone, title], ['wait', '1 event lost']);
    assert.match(more, /finds it by itself within 10 s/);
  });

  it('is bad when the bot has ended and cases are behind', () => {
    assert.equal(said(behind('11'), 0, 0, { state: 'ended', starts: 1 }).tone, 'bad');
  });
});
