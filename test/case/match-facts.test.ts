import assert from 'node:assert/strict';
import fc from 'fast-check';
import { AWS_AUTHOR } from '../../src/case/communication.js';
import type { Fact } from '../../src/case/fact.js';
import type { Identified } from '../../src/case/identify.js';
import { matchFacts } from '../../src/case/match-facts.js';

const fact = (name: string, at: number, origin = 'AWS'): Fact => ({
  key: { account: '111122223333', caseId: 'case-1' },
  displayId: '1',
  event: 'AddCommunicationToCase',
  communicationId: name,
  origin,
  at: at * 1_000,
  receivedAt: at * 1_000,
});
const said = (id: string, at: number, submittedBy = AWS_AUTHOR): Identified => ({
  id,
  at: at * 1_000,
  submittedBy,
  body: id,
  attachments: [],
});
const never = () => false;

function match(
  facts: Fact[],
  communications: Identified[],
  isFresh: (c: Identified, f: Fact) => boolean = never,
) {
  const { announcedBy, unmatched } = matchFacts(facts, communications, isFresh);
  return {
    pairs: Object.fromEntries([...announcedBy].map(([id, { communicationId }]) => [id, communicationId])),
    unmatched: unmatched.map(({ communicationId }) => communicationId),
  };
}

describe('matchFacts', () => {
  it('pairs what is nearest in time, each once', () => {
    const facts = [fact('late', 62), fact('early', 3), fact('none', 64)];
    assert.deepEqual(match(facts, [said('a', 1), said('b', 60)]), {
      pairs: { a: 'early', b: 'late' },
      unmatched: ['none'],
    });
  });

  it('pairs nothing that is more than two minutes apart', () => {
    assert.deepEqual(match([fact('f', 121)], [said('a', 0)]), { pairs: {}, unmatched: ['f'] });
    assert.deepEqual(match([fact('f', 120)], [said('a', 0)]), { pairs: { a: 'f' }, unmatched: [] });
  });

  it('never takes an event from AWS for a word of the customer, nor the other way round', () => {
    const communications = [said('theirs', 10), said('ours', 11, 'jane@example.com')];
    assert.deepEqual(match([fact('f', 11, 'AWS'), fact('g', 10, 'CUSTOMER')], communications).pairs, {
      theirs: 'f',
      ours: 'g',
    });
  });

  it('takes any event for a communication of which AWS does not say who wrote it', () => {
    assert.deepEqual(match([fact('f', 5, 'CUSTOMER')], [said('a', 5, ' ')]).pairs, { a: 'f' });
    assert.deepEqual(match([fact('f', 5, '')], [said('a', 5)]).pairs, { a: 'f' });
  });

  it('takes an event whose time fits nothing for what is new since, of the same side', () => {
    const communications = [said('known', 900), said('ours', 901, 'jane@example.com'), said('fresh', 902)];
    const fresh = ({ id }: Identified) => id !== 'known';
    assert.deepEqual(match([fact('f', 0)], communications, fresh), { pairs: { fresh: 'f' }, unmatched: [] });
  });

  it('lets no event without a time that fits take what another one announced', () => {
    const result = match([fact('stray', 0), fact('own', 901)], [said('a', 900)], () => true);
    assert.deepEqual(result, { pairs: { a: 'own' }, unmatched: ['stray'] });
  });

  it('ignores events that announce no communication', () => {
    const resolved: Fact = { ...fact('', 5, ''), event: 'ResolveCase' };
    assert.deepEqual(match([resolved], [said('a', 5)]), { pairs: {}, unmatched: [] });
  });

  it('does not depend on the order in which events came', () => {
    const facts = fc.uniqueArray(fc.record({ name: fc.nat(99), at: fc.nat(300) }), {
      selector: (f) => f.name,
    });
    const seconds = fc.array(fc.nat(300));
    fc.assert(
      fc.property(facts, seconds, (list, at) => {
        const told = list.map((each) => fact(`f${each.name}`, each.at));
        const communications = at.toSorted((a, b) => a - b).map((second, n) => said(`c${n}`, second));
        const result = match(told, communications, () => true);
        assert.deepEqual(
          match(told.toReversed(), communications, () => true),
          result,
        );
        assert.equal(Object.keys(result.pairs).length + result.unmatched.length, told.length);
        assert.equal(new Set(Object.values(result.pairs)).size, Object.keys(result.pairs).length);
      }),
    );
  });
});
