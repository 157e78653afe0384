/** Bursts of calls, and what people read of them. */
import assert from 'node:assert/strict';
import type { ApiCall, Principal } from '../../../src/case/calls/api-call.js';
import type { Burst } from '../../../src/case/calls/burst.js';
import { acceptBlocks } from '../../../src/sandbox/slack/blocks/accept-blocks.js';
import { mentionsOf, shownText } from '../../../src/sandbox/slack/start-slack.js';
import { renderBurst } from '../../../src/slack/render-burst.js';
import { callAt } from '../../case/calls/sample-call.js';

export const IN = 'account production (111122223333)';
export const accountName = (account: string) =>
  account === '111122223333' ? `production (${account})` : account;

export function burst(calls: readonly ApiCall[], change: Partial<Burst> = {}): Burst {
  return { count: calls.length, calls, before: null, user: null, ...change };
}

/** What people read, line by line. */
export function linesOf(each: Burst): string[] {
  const message = renderBurst(each, accountName);
  const blocks = acceptBlocks(message.blocks);
  assert.deepEqual(mentionsOf({ text: message.text, blocks, parse: 'none' }), []);
  return shownText({ blocks }).split('\n');
}
export const headOf = (call: ApiCall, change: Partial<Burst> = {}) => linesOf(burst([call], change))[0];

export const of = (
  service: string,
  name: string,
  told: Record<string, string> = {},
  change: Partial<ApiCall> = {},
) => callAt(60, 'janedoe', { source: `${service}.amazonaws.com`, name, told, caseId: '', ...change });
export const plan = (supportLevel: string, change: Partial<ApiCall> = {}) =>
  of('supportplans', 'StartSupportPlanUpdate', { supportLevel }, change);
export const CHANNEL = { teamId: 'T012ABCDEFG', channelId: 'C01234A5BCD', channelName: 'ops' };
export const ROOT: Principal = { kind: 'root', name: 'root', role: '', arn: '', account: '111122223333' };
export const CASE = { caseId: 'case-111122223333-muen-2026-1', displayId: '1234563851' };
export const LINK =
  'Case 1234563851 (https://console.aws.amazon.com/support/home#/case/?displayId=1234563851)';
