import { z } from 'zod';
import type { Account } from '../account.js';
import type { StoredCase } from '../case-state.js';
import { member } from '../input.js';
import { caseOf, type Desk, isKept, type Output, operation } from '../operation.js';
import { page } from '../page.js';
import { wireTime } from '../wire-time.js';
import { communicationsScope, showCommunication, shownCommunications } from './show-communication.js';

/** `recentCommunications` holds this many (facts 2.3). */
const RECENT = 5;

const shape = z.strictObject({
  caseIdList: z.array(member.text).max(100).optional(),
  displayId: member.text.optional(),
  afterTime: member.time,
  beforeTime: member.time,
  includeResolvedCases: member.flag,
  includeCommunications: member.flag,
  language: member.language,
  maxResults: member.maxResults,
  nextToken: member.text.optional(),
  dryRun: member.flag,
});

/**
 * Newest first. `afterTime` and `beforeTime` go by the creation of the case, both ends included: what the documentation
 * means is ambiguous (facts 2.3), and this reading is the one that hides an old case with a new communication, so a
 * client that relies on the other is found out. An empty `caseIdList` filters nothing. An unknown `displayId` gives an
 * empty list. The filter on resolved cases holds for cases asked for by id, too.
 */
export const describeCases = operation(shape, (desk, account, input) => {
  const wanted = input.caseIdList?.map((caseId) => caseOf(desk, account, caseId)) ?? [];
  const { displayId, afterTime, beforeTime, language } = input;
  const resolved = input.includeResolvedCases ?? false;
  const cases = desk.book
    .all()
    .filter((stored) => stored.accountId === account.id && isKept(desk, stored))
    .filter((stored) => wanted.length === 0 || wanted.includes(stored))
    .filter((stored) => displayId === undefined || stored.displayId === displayId)
    .filter((stored) => resolved || stored.status !== 'resolved')
    .filter((stored) => language === undefined || stored.language === language)
    .filter((stored) => stored.time >= (afterTime ?? Number.NEGATIVE_INFINITY))
    .filter((stored) => stored.time <= (beforeTime ?? Number.POSITIVE_INFINITY));
  const ids = wanted.map(({ serial }) => serial);
  const { items, nextToken } = page(cases, {
    secret: desk.pageSecret,
    scope: ['DescribeCases', account.id, ids, displayId, afterTime, beforeTime, resolved, language],
    size: input.maxResults ?? desk.pageSize,
    nextToken: input.nextToken,
    ties: desk.ties,
  });
  const withCommunications = input.includeCommunications ?? true;
  return () => ({
    cases: items.map((stored) => showCase(desk, account, stored, withCommunications)),
    nextToken,
  });
});

function showCase(desk: Desk, account: Account, stored: StoredCase, withCommunications: boolean): Output {
  return {
    caseId: stored.caseId,
    displayId: stored.displayId,
    subject: stored.subject,
    status: stored.status,
    serviceCode: stored.serviceCode,
    categoryCode: stored.categoryCode,
    severityCode: stored.severityCode,
    submittedBy: stored.submittedBy,
    timeCreated: wireTime(stored.time),
    ccEmailAddresses: stored.ccEmailAddresses,
    language: stored.language,
    recentCommunications: withCommunications ? recentCommunications(desk, account, stored) : undefined,
  };
}

function recentCommunications(desk: Desk, account: Account, stored: StoredCase): Output {
  const { items, nextToken } = page(shownCommunications(desk, stored), {
    secret: desk.pageSecret,
    scope: [account.id, ...communicationsScope(stored)],
    size: RECENT,
    ties: desk.ties,
  });
  return {
    communications: items.map((communication) => showCommunication(stored, communication)),
    nextToken,
  };
}
