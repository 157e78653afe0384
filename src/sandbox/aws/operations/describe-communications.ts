import { z } from 'zod';
import { member } from '../input.js';
import { caseOf, operation } from '../operation.js';
import { page } from '../page.js';
import { communicationsScope, showCommunication, shownCommunications } from './show-communication.js';

const shape = z.strictObject({
  caseId: member.text,
  afterTime: member.time,
  beforeTime: member.time,
  maxResults: member.maxResults,
  nextToken: member.text.optional(),
  dryRun: member.flag,
});

/** Newest first; `afterTime` and `beforeTime` both include the second they name (undocumented). */
export const describeCommunications = operation(shape, (desk, account, input) => {
  const stored = caseOf(desk, account, input.caseId);
  const { afterTime, beforeTime } = input;
  const communications = shownCommunications(desk, stored)
    .filter(({ time }) => time >= (afterTime ?? Number.NEGATIVE_INFINITY))
    .filter(({ time }) => time <= (beforeTime ?? Number.POSITIVE_INFINITY));
  const { items, nextToken } = page(communications, {
    secret: desk.pageSecret,
    scope: [account.id, ...communicationsScope(stored, afterTime, beforeTime)],
    size: input.maxResults ?? desk.pageSize,
    nextToken: input.nextToken,
    ties: desk.ties,
  });
  return () => ({
    communications: items.map((communication) => showCommunication(stored, communication)),
    nextToken,
  });
});
