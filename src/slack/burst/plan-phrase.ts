import type { ApiCall } from '../../case/calls/api-call.js';
import type { Operation } from '../../case/calls/operations/operation.js';
import { planStep, planWords } from '../../case/calls/plan-words.js';
import { oneLine } from '../one-line.js';
import { date, plain } from '../rich-text.js';
import type { Line } from './listed.js';

type Told = ApiCall['told'];

const LEVEL = 60;

/** What AWS was asked to do with the support plan; which way, where that is known. */
interface PlanPhrase extends Pick<Operation, 'to' | 'did'> {
  /** ` to Basic`; '' where not told. */
  readonly level: string;
}

const STEP = { raised: 'raise', lowered: 'lower', changed: 'change' } as const;

export function planPhrase({ told }: ApiCall, before: Told | null): PlanPhrase {
  const { supportLevel: level = '' } = told;
  const { supportLevel: from = '' } = before ?? {};
  const to = level === '' ? 'change' : isSamePlan(from, level) ? 'set' : STEP[planStep(from, level)];
  const lowest = from === '' && words(level) === 'Basic' ? ', the lowest one' : '';
  // The call only begins an update: what comes of it, its record does not tell.
  return { to, did: `asked AWS to ${to}`, level: level === '' ? '' : ` to ${words(level)}${lowest}` };
}

/** Where AWS was asked for it before; '' where not known. */
export function planBefore({ told }: ApiCall, before: Told | null): string {
  const { supportLevel: from = '' } = before ?? {};
  return isSamePlan(from, told.supportLevel ?? '') ? 'the same' : words(from);
}

function isSamePlan(from: string, to: string): boolean {
  return from !== '' && words(from) === words(to);
}

/** `Business (TrialPlan7FB93B) from … until …, then Business (StandardPlan2074BB)`; nothing where nothing is told. */
export function scheduleLine(told: Told): Line {
  const { startTimestamp = '', endTimestamp = '' } = told;
  const start = levelWords(told.startLevel, told.startOffer);
  const end = levelWords(told.endLevel, told.endOffer);
  if ([start, end, startTimestamp, endTimestamp].every((each) => each === '')) return [];
  return [
    plain(start === '' ? 'not known which' : start),
    ...(startTimestamp === '' ? [] : [plain(' from '), moment(startTimestamp)]),
    ...(endTimestamp === '' ? [] : [plain(' until '), moment(endTimestamp)]),
    plain(end === '' ? '' : `, then ${end}`),
  ];
}

function levelWords(supportLevel = '', offer = ''): string {
  const name = words(supportLevel);
  const kind = oneLine(offer, LEVEL);
  return name === '' ? kind : kind === '' ? name : `${name} (${kind})`;
}

function words(level: string): string {
  return oneLine(planWords(level), LEVEL);
}

/** As AWS writes it where it is no time that we can read. */
function moment(text: string) {
  const at = /^\d{9,11}(\.\d+)?$/.test(text) ? Number(text) * 1000 : Date.parse(text);
  return at >= 0 && at < 8.64e15 ? date(at) : plain(oneLine(text, LEVEL));
}
