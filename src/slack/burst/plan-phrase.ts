import type { ApiCall } from '../../case/calls/api-call.js';
import type { Operation } from '../../case/calls/operations/operation.js';
import { planStep, planWords } from '../../case/calls/plan-words.js';
import { oneLine } from '../one-line.js';
import { date, plain } from '../rich-text.js';
import type { Line } from './listed.js';

type Told = ApiCall['told'];

const LEVEL = 60;

/** What became of the support plan, or would have; which way, where that is known. */
interface PlanPhrase extends Pick<Operation, 'to' | 'did'> {
  /** ` from Business to Basic`, ` to Basic`; '' where not told. */
  readonly level: string;
}

const STEP = {
  raised: { to: 'raise', did: 'raised' },
  lowered: { to: 'lower', did: 'lowered' },
  changed: { to: 'change', did: 'changed' },
} as const;

export function planPhrase({ told }: ApiCall, before: Told | null): PlanPhrase {
  const { supportLevel: to = '' } = told;
  const { supportLevel: from = '' } = before ?? {};
  if (to === '') return { ...STEP.changed, level: '' };
  if (words(from) === words(to)) return { to: 'set', did: 'set', level: ` to ${words(to)}, as it was` };
  const lowest = from === '' && words(to) === 'Basic' ? ', the lowest one' : '';
  const level = `${from === '' ? '' : ` from ${words(from)}`} to ${words(to)}${lowest}`;
  return { ...STEP[planStep(from, to)], level };
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
