import assert from 'node:assert/strict';
import { coverOf } from '../../src/event-path/trail-cover.js';

const management = { Field: 'eventCategory', Equals: ['Management'] };
const readOnly = (...values: string[]) => ({ Field: 'readOnly', Equals: values });

describe('what a trail records of calls', () => {
  const cases: [what: string, selectors: Parameters<typeof coverOf>[0], writes: boolean, reads: boolean][] = [
    ['nothing said', {}, true, true],
    ['all management events', { EventSelectors: [{ IncludeManagementEvents: true }] }, true, true],
    ['writes', { EventSelectors: [{ ReadWriteType: 'WriteOnly' }] }, true, false],
    ['reads', { EventSelectors: [{ ReadWriteType: 'ReadOnly' }] }, false, true],
    [
      'reads by one and writes by another',
      { EventSelectors: [{ ReadWriteType: 'ReadOnly' }, { ReadWriteType: 'WriteOnly' }] },
      true,
      true,
    ],
    ['data events alone', { EventSelectors: [{ IncludeManagementEvents: false }] }, false, false],
    [
      'management events, in the other language',
      { AdvancedEventSelectors: [{ FieldSelectors: [management] }] },
      true,
      true,
    ],
    [
      'writes, in the other language, without those of KMS',
      {
        AdvancedEventSelectors: [
          {
            FieldSelectors: [
              management,
              readOnly('false'),
              { Field: 'eventSource', NotEquals: ['kms.amazonaws.com'] },
            ],
          },
        ],
      },
      true,
      false,
    ],
    [
      'reads, in the other language',
      { AdvancedEventSelectors: [{ FieldSelectors: [management, readOnly('true')] }] },
      false,
      true,
    ],
    [
      'data events alone, in the other language',
      { AdvancedEventSelectors: [{ FieldSelectors: [{ Field: 'eventCategory', Equals: ['Data'] }] }] },
      false,
      false,
    ],
  ];
  for (const [what, selectors, writes, reads] of cases)
    it(what, () => assert.deepEqual(coverOf(selectors), { writes, reads }));
});
