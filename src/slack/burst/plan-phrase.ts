import type { ApiCall } from '../../case/calls/api-call.js';
import type { Operation } from '../../case/calls/operations/operation.js';
import { planStep, planWords } from '../../case/calls/plan-words.js';
import { oneLine } from '../one-line.js';
import { date, plain } from '../rich-text.js';
import type { Item, Line } from './listed.js';

const LEVEL = 60;
const STEPS = 5;

/** What became of the support plan, or would have; which way, where that is known. */
interface PlanPhrase extends Pick<Operation, 'to' | 'did'> {
  /** ` from Business to Basic`, ` to Basic`, `: Business → Developer → Basic`. */
  readonly levels: string;
}

const STEP = {
  raised: { to: 'raise', did: 'raised' },
  lowered: { to: 'lower', did: 'lowered' },
  changed: { to: 'change', did: 'changed' },
} as const;

/** @param isCut whether calls between the first one and the others are not at hand. */
export function planPhrase(
  calls: readonly ApiCall[],
  before: Readonly<Record<string, string>> | null,
  isCut: boolean,
): PlanPhrase {
  const known = (level = '') => oneLine(planWords(level), LEVEL);
  const levels = calls
    .map(({ told }) => told.supportLevel ?? '')
    .filter((level, index, all) => level !== '' && level !== all[index - 1]);
  const last = levels.at(-1);
  const from = before?.supportLevel ?? '';
  if (last === undefined) return { ...STEP.changed, levels: '' };
  if (levels.length === 1 && !isCut) {
    if (known(from) === known(last))
      return { to: 'set', did: 'set', levels: ` to ${known(last)}, as it was` };
    const lowest = from === '' && known(last) === 'Basic' ? ', the lowest one' : '';
    return {
      ...STEP[planStep(from, last)],
      levels: `${from === '' ? '' : ` from ${known(from)}`} to ${known(last)}${lowest}`,
    };
  }
  const steps = [...(from === '' || from === levels[0] ? [] : [from]), ...levels].map(known);
  const first = from === '' ? levels[0] : from;
  const isLong = steps.length > STEPS;
  const beginning = isLong ? steps.slice(0, 2) : steps.slice(0, isCut ? 1 : 0);
  const end = isLong ? steps.slice(2 - STEPS) : steps.slice(beginning.length);
  const shown = [...beginning, ...(isLong || isCut ? ['…'] : []), ...end];
  return { ...STEP[planStep(first ?? '', last)], levels: `: ${shown.join(' → ')}` };
}

/** `: Business (TrialPlan7FB93B) from … until …, then Business (StandardPlan2074BB)`. */
export function scheduleItem({ told }: ApiCall): Item[] {
  const { startTimestamp = '', endTimestamp = '' } = told;
  const start = level(told.startLevel, told.startOffer);
  const end = level(told.endLevel, told.endOffer);
  const shown: Line = [
    plain(start === '' ? 'not known which' : start),
    ...(startTimestamp === '' ? [] : [plain(' from '), moment(startTimestamp)]),
    ...(endTimestamp === '' ? [] : [plain(' until '), moment(endTimestamp)]),
    plain(end === '' ? '' : `, then ${end}`),
  ];
  const isTold = [start, end, startTimestamp, endTimestamp].some((each) => each !== '');
  return isTold ? [{ key: JSON.stringify([start, end, startTimestamp, endTimestamp]), shown }] : [];
}

function level(supportLevel = '', offer = ''): string {
  const name = oneLine(planWords(supportLevel), LEVEL);
  const kind = oneLine(offer, LEVEL);
  return name === '' ? kind : kind === '' ? name : `${name} (${kind})`;
}

/** As AWS writes it where it is no time that we can read. */
function moment(text: string) {
  const at = /^\d{9,11}(\.\d+)?$/.test(text) ? Number(text) * 1000 : Date.parse(text);
  return at >= 0 && at < 8.64e15 ? date(at) : plain(oneLine(text, LEVEL));
}
