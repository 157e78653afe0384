import type { CaseState } from '../aws/case-state.js';
import { type Message, shownText } from '../slack/start-slack.js';

/** As the Support Center calls them. */
const SEVERITIES: Readonly<Record<string, string>> = {
  low: 'general guidance',
  normal: 'system impaired',
  high: 'production system impaired',
  urgent: 'production system down',
  critical: 'business critical system down',
};

/** Enough to know a subject by, should its end be cut off; the first message of a resolved case is one line. */
const SUBJECT_WORDS = 100;
const QUIET_SUBJECT = 60;

/** What the first message of a thread lacks or says wrongly of its case. */
export function cardDifferences({ subject, status, severityCode }: CaseState, card: Message): string[] {
  const shown = words(shownText(card));
  const title = titleOf(subject, status === 'resolved' && !shown.includes(titleOf(subject)));
  const at = shown.indexOf(title);
  // What the subject says is not said of the case.
  const facts = at < 0 ? shown : `${shown.slice(0, at)} ${shown.slice(at + title.length)}`;
  const what: string[] = [];
  if (at < 0 && title.trim() !== '') what.push('the first message does not show the subject');
  // The first message of a resolved case is quiet: nobody has to act on its severity.
  if (status !== 'resolved' && !showsSeverity(facts, severityCode))
    what.push('the first message does not show the right severity yet');
  const saysResolved = facts.includes(' resolved ');
  if (status === 'resolved' && !saysResolved) {
    what.push('the first message does not say yet that the case is resolved');
  }
  if (status !== 'resolved' && saysResolved) {
    what.push('the first message still says that the case is resolved');
  }
  return what;
}

export function showsSubject(subject: string, card: Message): boolean {
  const shown = words(shownText(card));
  const quiet = titleOf(subject, true);
  return shown.includes(titleOf(subject)) || (quiet.trim() !== '' && shown.includes(quiet));
}

function titleOf(subject: string, isQuiet = false): string {
  // The word in which it may be cut off is left out.
  const kept =
    isQuiet && subject.length > QUIET_SUBJECT ? subject.slice(0, QUIET_SUBJECT).replace(/\S*$/, '') : subject;
  return ` ${words(kept).split(' ').filter(Boolean).slice(0, SUBJECT_WORDS).join(' ')} `;
}

function showsSeverity(facts: string, code: string): boolean {
  if (facts.includes(words(code))) return true;
  const own = SEVERITIES[code];
  if (own === undefined) return false;
  // The name of one severity may be a part of the name of another.
  const others = Object.values(SEVERITIES).filter((name) => name !== own && name.includes(own));
  return others.reduce((left, name) => left.replaceAll(name, ''), facts).includes(` ${own} `);
}

/** In lower case, each between two spaces. */
function words(text: string): string {
  return ` ${(text.toLowerCase().match(/[\p{L}\p{N}\p{M}]+/gu) ?? []).join(' ')} `;
}
