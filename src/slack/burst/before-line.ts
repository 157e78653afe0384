import type { ApiCall } from '../../case/calls/api-call.js';
import { type Changed, changeIn } from '../../case/calls/changed-by.js';
import { oneLine } from '../one-line.js';
import { bold, plain } from '../rich-text.js';
import type { Line } from './listed.js';
import { planBefore, scheduleLine } from './plan-phrase.js';

type Fields = Readonly<Record<string, string>>;

const VALUE = 120;

const YES_NO: Readonly<Record<string, string>> = { true: 'yes', false: 'no' };
const SEVERITIES: Readonly<Record<string, string>> = { all: 'all', high: 'high and above', none: 'none' };

/** What is shown of an AWS Support App's channel, in this order. */
const CHANNEL: readonly [field: string, label: string, words: Fields][] = [
  ['channelName', 'Name', {}],
  ['channelRoleArn', 'Role', {}],
  ['notifyOnCaseSeverity', 'Tells of cases of severity', SEVERITIES],
  ['notifyOnCreateOrReopenCase', 'New and reopened cases', YES_NO],
  ['notifyOnAddCorrespondenceToCase', 'Messages', YES_NO],
  ['notifyOnResolveCase', 'Resolved cases', YES_NO],
];

/**
 * How what was changed stood before, and how it stands now, as far as the sentence above does not say it; null where that
 * is all. What AWS creates has nothing before. Of a call that failed: what was wanted.
 */
export function beforeLine(call: ApiCall, before: Fields | null): Line | null {
  const changed = changeIn(call);
  if (changed === null) return null;
  if (call.error !== null) return wantedLine(changed);
  const isKnown = before !== null && Object.keys(before).length > 0;
  const isNew = /^(Create|Register)/.test(call.name);
  const unknown: Line | null = isKnown || isNew ? null : [bold('Before: '), plain('not known')];
  switch (changed.subject.split(' ')[0]) {
    case 'plan':
      return [bold('Last asked for before: '), plain(planBefore(call, before) || 'not known')];
    case 'schedule': {
      const was = isKnown ? scheduleLine(before) : [];
      return was.length === 0 ? null : [bold('Scheduled before: '), ...was];
    }
    case 'channel':
      return channelLine(isKnown ? before : {}, changed.after, unknown);
    case 'alias': {
      const was = oneLine(before?.accountAlias ?? '', VALUE);
      // Most accounts never had one.
      return was === '' ? null : [bold('Before: '), plain(`“${was}”`)];
    }
    default:
      return null;
  }
}

function wantedLine({ subject, after }: Changed): Line | null {
  const line = subject.startsWith('channel ') ? channelLine({}, after, null) : null;
  return line === null || Object.keys(after).length === 0 ? null : [bold('Wanted: '), ...line];
}

function channelLine(before: Fields, after: Fields, unknown: Line | null): Line | null {
  const isRemoved = Object.keys(after).length === 0;
  const parts = CHANNEL.flatMap(([field, label, words]) => {
    const was = wordsOf(before[field], words);
    const is = wordsOf(after[field], words);
    if (isRemoved) return was === '' ? [] : [`${label}: ${was}`];
    if (is === '' || is === was) return [];
    return [`${label}: ${was === '' ? '' : `${was} → `}${is}`];
  });
  if (isRemoved && parts.length > 0) return [bold('Before: '), plain(parts.join(' · '))];
  if (parts.length > 0)
    return [plain(parts.join(' · ')), ...(unknown === null ? [] : [plain(' · '), ...unknown])];
  return unknown ?? (isRemoved ? null : [plain('As it was before')]);
}

function wordsOf(value = '', words: Fields): string {
  return oneLine((Object.hasOwn(words, value) ? words[value] : undefined) ?? value, VALUE);
}
