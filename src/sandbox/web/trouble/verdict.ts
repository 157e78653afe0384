/** What the trouble has done to the threads, in a few friendly words. */
import type { Parts } from '../../page/protocol.js';

export interface Verdict {
  tone: 'good' | 'wait' | 'bad';
  title: string;
  /** What is going on, or what to try; may be empty. */
  more: string;
  /** Something is going on, or has been overcome: worth a second look. */
  lit: boolean;
}

type Known = Readonly<Partial<Pick<Parts, 'about' | 'agreement' | 'bot' | 'counters' | 'trouble'>>>;

/** @param lostBefore the number of lost events when all threads agreed the last time. */
export function verdict(known: Known, lostBefore: number): Verdict {
  const said = inWords(known, lostBefore);
  return { ...said, lit: said.tone !== 'good' || (known.counters?.lost ?? 0) > 0 };
}

function inWords(
  { about, agreement, bot, counters, trouble }: Known,
  lostBefore: number,
): Omit<Verdict, 'lit'> {
  if (about === undefined || agreement === undefined || counters === undefined || bot === undefined) {
    return { tone: 'wait', title: 'Casethread starts…', more: '' };
  }
  const { lost } = counters;
  if (agreement.agreeing < agreement.cases) {
    const title = `Catching up: ${named(agreement.differences.map(({ displayId }) => displayId))}`;
    if (bot.state === 'ended')
      return { tone: 'bad', title, more: 'Casethread has ended: nobody catches up.' };
    if (bot.state !== 'running') {
      return { tone: 'wait', title, more: 'Casethread is away. It reads what it missed when it is back.' };
    }
    if (trouble?.['slack-down'] === true) {
      return { tone: 'wait', title, more: 'Slack is down. Casethread posts when it is back.' };
    }
    const newly = lost - lostBefore;
    if (newly > 0) {
      const title = `${events(newly)} lost`;
      return {
        tone: 'wait',
        title,
        more: `Casethread finds ${newly === 1 ? 'it' : 'them'} by itself within ${about.sweepSeconds} s.`,
      };
    }
    const more = `Casethread compares all cases with AWS every ${about.sweepSeconds} s, and sooner when it is told.`;
    return { tone: 'wait', title, more };
  }
  if (agreement.cases === 0) {
    return { tone: 'good', title: 'No cases, so nothing to lose', more: 'Create one in AWS Support Center.' };
  }
  const title = 'Every thread agrees with AWS';
  if (bot.state === 'restarting') {
    return { tone: 'good', title, more: 'Casethread is away. Answer as AWS now, and see it catch up.' };
  }
  if (trouble?.['lose-next-event'] === true) {
    return { tone: 'good', title, more: 'The next event will be lost. Answer as AWS, and watch.' };
  }
  if (lost > 0) return { tone: 'good', title, more: `${events(lost)} lost, and no thread misses anything.` };
  return { tone: 'good', title, more: 'Make trouble, and see that it stays so.' };
}

/** So many cases are named; the others are counted. */
const MOST_NAMED = 3;

function named(displayIds: readonly string[]): string {
  const shown = displayIds.slice(0, MOST_NAMED).join(', ');
  const others = displayIds.length - MOST_NAMED;
  return `${displayIds.length === 1 ? 'case' : 'cases'} ${shown}${others > 0 ? ` and ${others} more` : ''}`;
}

function events(count: number): string {
  return `${count} ${count === 1 ? 'event' : 'events'}`;
}
