import { readFileSync } from 'node:fs';
import type { CallsWanted } from '../../../src/event-path/names.js';

export const ONE_ACCOUNT = readFileSync('scripts/cloudformation/one-account.yaml', 'utf8');
export const MEMBER = readFileSync('scripts/cloudformation/organization-member.yaml', 'utf8');
export const SUPPORT_PLANS = readFileSync('scripts/cloudformation/support-plans.yaml', 'utf8');

export const KEY = 'k'.repeat(32);
/** What has to be filled in of one-account.yaml. */
export const NEEDED = { PublicUrl: 'https://casethread.example.com', EventApiKey: KEY };
export const ORGANIZATION = 'o-abcdefghij';
export const CENTRAL_BUS = 'arn:aws:events:us-east-1:999988887777:event-bus/default';
export const BOT = 'arn:aws:iam::999988887777:role/casethread-bot';
/** What has to be filled in of organization-member.yaml. */
export const OF_MEMBER = { CentralBusArn: CENTRAL_BUS, BotRoleArn: BOT, ExternalId: 'x'.repeat(20) };
/** What `Calls` may be. */
export const EVERY_CALLS: readonly CallsWanted[] = ['none', 'changes', 'all'];
