/** What a trail records of management events, by its event selectors (CloudTrail API: GetEventSelectors). Pure. */
import type { AdvancedEventSelector, EventSelector } from '@aws-sdk/client-cloudtrail';

/** Whether calls that change something are recorded, and such that read. */
export interface Cover {
  readonly writes: boolean;
  readonly reads: boolean;
}

export const NOTHING_RECORDED: Cover = { writes: false, reads: false };

/** What at least one of them records. */
export function together(covers: readonly Cover[]): Cover {
  return {
    writes: covers.some(({ writes }) => writes),
    reads: covers.some(({ reads }) => reads),
  };
}

/** What is not known here is taken to record: nobody is alarmed for nothing. */
export function coverOf({
  EventSelectors: plain = [],
  AdvancedEventSelectors: advanced = [],
}: {
  readonly EventSelectors?: readonly EventSelector[] | undefined;
  readonly AdvancedEventSelectors?: readonly AdvancedEventSelector[] | undefined;
}): Cover {
  // AWS gives out what holds by default as a selector, too.
  if (plain.length === 0 && advanced.length === 0) return { writes: true, reads: true };
  return together([...plain.map(ofPlain), ...advanced.map(ofAdvanced)]);
}

function ofPlain({
  IncludeManagementEvents: includes = true,
  ReadWriteType: type = 'All',
}: EventSelector): Cover {
  if (!includes) return NOTHING_RECORDED;
  return { writes: type !== 'ReadOnly', reads: type !== 'WriteOnly' };
}

function ofAdvanced({ FieldSelectors: fields = [] }: AdvancedEventSelector): Cover {
  const category = fields.find(({ Field }) => Field === 'eventCategory')?.Equals ?? [];
  if (!category.includes('Management')) return NOTHING_RECORDED;
  const readOnly = fields.find(({ Field }) => Field === 'readOnly')?.Equals;
  if (readOnly === undefined) return { writes: true, reads: true };
  return { writes: readOnly.includes('false'), reads: readOnly.includes('true') };
}
