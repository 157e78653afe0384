import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { eventTime } from '../../../../src/sandbox/aws/wire-time.js';
import { type Operations, operation } from '../operation.js';
import type { Desk } from '../state.js';
import { BusName, checkBus } from './names.js';

const Entry = z.strictObject({
  Time: z.number().optional(),
  Source: z.string().optional(),
  Resources: z.array(z.string().max(2048)).optional(),
  DetailType: z.string().optional(),
  Detail: z.string().optional(),
  EventBusName: BusName,
  TraceHeader: z.string().min(1).max(500).optional(),
});

export const putEventsOperations: Operations = {
  PutEvents: operation(z.strictObject({ Entries: z.array(Entry).min(1).max(10) }), (desk, { Entries }) => {
    const results = Entries.map((entry) => put(desk, entry));
    return {
      FailedEntryCount: results.filter((result) => 'ErrorCode' in result).length,
      Entries: results,
    };
  }),
};

type Result = { EventId: string } | { ErrorCode: string; ErrorMessage: string };

function put(desk: Desk, entry: z.output<typeof Entry>): Result {
  checkBus(desk, entry.EventBusName);
  const { Source, DetailType, Detail } = entry;
  for (const [name, value] of Object.entries({ Source, DetailType, Detail })) {
    if (value === undefined || value === '') {
      return {
        ErrorCode: 'InvalidArgument',
        ErrorMessage: `Parameter ${name} is not valid. Reason: ${name} is a required argument.`,
      };
    }
  }
  if (Source?.startsWith('aws.') === true)
    return { ErrorCode: 'NotAuthorizedForSourceException', ErrorMessage: 'Not authorized for the source.' };
  const detail = objectOf(Detail ?? '');
  if (detail === undefined) return { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' };
  const id = randomUUID();
  desk.publish({
    version: '0',
    id,
    'detail-type': DetailType,
    source: Source,
    account: desk.account.id,
    time: eventTime(entry.Time === undefined ? desk.now() : entry.Time * 1000),
    region: desk.region.region,
    resources: entry.Resources ?? [],
    detail,
  });
  return { EventId: id };
}

function objectOf(text: string): object | undefined {
  try {
    const json: unknown = JSON.parse(text);
    return typeof json === 'object' && json !== null && !Array.isArray(json) ? json : undefined;
  } catch {
    return undefined;
  }
}
