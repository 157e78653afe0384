/** AWS's codes in the words of its console. Codes it may invent later are shown as they are. */
import type { About } from '../../page/protocol.js';

export type Tone = 'idle' | 'busy' | 'asks' | 'done';

const STATUS: Readonly<Record<string, { words: string; tone: Tone }>> = {
  unassigned: { words: 'Unassigned', tone: 'idle' },
  opened: { words: 'Opened', tone: 'busy' },
  'work-in-progress': { words: 'Work in progress', tone: 'busy' },
  'pending-customer-action': { words: 'Pending customer action', tone: 'asks' },
  'customer-action-completed': { words: 'Customer action completed', tone: 'busy' },
  reopened: { words: 'Reopened', tone: 'busy' },
  resolved: { words: 'Resolved', tone: 'done' },
};

export function statusWords(status: string): { words: string; tone: Tone } {
  return (Object.hasOwn(STATUS, status) ? STATUS[status] : undefined) ?? { words: status, tone: 'idle' };
}

const SEVERITY: Readonly<Record<string, { words: string; within: string }>> = {
  low: { words: 'General guidance', within: '24 hours' },
  normal: { words: 'System impaired', within: '12 hours' },
  high: { words: 'Production system impaired', within: '4 hours' },
  urgent: { words: 'Production system down', within: '1 hour' },
  critical: { words: 'Business-critical system down', within: '15 minutes' },
};

export function severityWords(code: string, about: About | undefined): string {
  if (Object.hasOwn(SEVERITY, code)) return SEVERITY[code]?.words ?? code;
  return about?.severities.find((each) => each.code === code)?.name ?? code;
}

/** In which time AWS wants to give its first answer (critical: with the Enterprise plan); empty where it is not known. */
export function firstResponse(code: string): string {
  return (Object.hasOwn(SEVERITY, code) ? SEVERITY[code]?.within : undefined) ?? '';
}

export function serviceName(code: string, about: About | undefined): string {
  return about?.services.find((each) => each.code === code)?.name ?? code;
}

export function categoryName(service: string, code: string, about: About | undefined): string {
  const categories = about?.services.find((each) => each.code === service)?.categories;
  return categories?.find((each) => each.code === code)?.name ?? code;
}
