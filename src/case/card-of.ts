import type { Author } from './author.js';
import type { Card, LastWord } from './card.js';
import { isResolved } from './case.js';
import { type FirstAnswer, firstAnswerOf } from './first-response.js';
import type { Item, TransitionItem } from './item.js';
import { inOrder, isSpoken } from './item.js';
import { CARD, postedEntries, UNCLEAR } from './ledger-entry.js';
import type { PlanInput } from './plan.js';
import { turnOf } from './turn.js';

interface CardInput extends PlanInput {
  /** Who opened the case, as CloudTrail tells; null where it is unclear, and not there where nothing is told. */
  readonly opener?: Author | null;
}

/**
 * The card as it should be. What this look does not bring is taken over from the card before.
 *
 * @param items what was said, as far as this look brings it.
 * @param changed how the case was resolved or reopened last; null when it never was.
 */
export function cardOf(input: CardInput, items: readonly Item[], changed: TransitionItem | null): Card {
  const { key, reading, card: before, names, people, missing, formerTs } = input;
  const details = reading?.case ?? before?.details ?? null;
  const displayId =
    reading?.case.displayId || before?.displayId || input.facts.find((fact) => fact.displayId)?.displayId;
  const spoken = inOrder(items).filter(isSpoken);
  const lastSpoken = spoken.at(-1);
  const isOpen = reading === null ? changed?.kind !== 'resolved' : !isResolved(reading.case.status);
  const openedFrom = openedFromOf(input, spoken);
  const lastWord = newer(
    lastSpoken && { by: lastSpoken.author, at: lastSpoken.at, entry: lastSpoken.id },
    lastSpoken?.shownBy === UNCLEAR,
    input,
  );
  const opener = input.opener === undefined ? before?.opener : (input.opener ?? undefined);
  const firstAnswer = firstAnswerIn(input, spoken);
  const called = names ?? namesBefore(input);
  const mention = mentionIn(input);
  return {
    key,
    displayId: displayId ?? '',
    details:
      details === null
        ? null
        : {
            subject: details.subject,
            status: details.status,
            severity: details.severity,
            service: details.service,
            category: details.category,
            openedBy: details.openedBy,
            openedAt: details.openedAt,
          },
    ...(called == null ? {} : { names: called }),
    resolved: !isOpen,
    ...(isOpen || changed?.kind !== 'resolved'
      ? {}
      : { resolution: { by: resolvedBy(changed, before), at: changed.at, exact: changed.exact } }),
    turn: reading === null ? null : turnOf(reading.case.status, lastSpoken?.author.side ?? null),
    ...(openedFrom === undefined ? {} : { openedFrom }),
    ...(opener === undefined ? {} : { opener }),
    ...(lastWord === undefined ? {} : { lastWord }),
    ...(firstAnswer === undefined ? {} : { firstAnswer }),
    ...(people.owner === null ? {} : { owner: people.owner }),
    ...(mention.length === 0 ? {} : { mention }),
    ...(input.supportPlan == null ? {} : { plan: input.supportPlan }),
    missing,
    ...(input.eventsOnly === true ? { eventsOnly: true } : {}),
    ...(formerTs === null ? {} : { formerTs }),
    ...sinceWhen(input),
  };
}

/** Records are lost with the store, and what they told of this resolving need not be. */
function resolvedBy({ by, at, shownBy }: TransitionItem, before: Card | null): Author | null {
  const { by: known = null, at: knownAt } = before?.resolution ?? {};
  const isForgotten = by === null && shownBy === undefined && knownAt === at;
  return isForgotten && (known?.caller !== undefined || known?.side === 'aws') ? known : by;
}

/** Only a look that brings all shows the opening text; whoever wrote it in Slack opened the case. */
function openedFromOf({ reading, card }: PlanInput, spoken: readonly Item[]): string | undefined {
  const [opening] = reading?.complete ? spoken : [];
  if (opening?.kind !== 'communication' || opening.author.way !== 'slack') return card?.openedFrom;
  return opening.author.name;
}

/** What AWS shows counts; where it cannot be asked, what is known from before may be newer than what events tell. */
function newer(
  found: LastWord | undefined,
  isUnclear: boolean,
  { reading, card }: PlanInput,
): LastWord | undefined {
  const before = card?.lastWord;
  // That it came from Slack, and from whom, the newest communications alone may not tell.
  const isSame = found?.entry === before?.entry;
  if (isSame && before?.by.way === 'slack' && reading?.complete === false) return before;
  // Records are lost with the store, and what they told of this word need not be.
  const isForgotten = found?.by.caller === undefined && found?.by.way !== 'slack' && !isUnclear;
  if (isSame && before?.by.caller !== undefined && isForgotten) return before;
  if (before === undefined || (found !== undefined && (reading !== null || found.at > before.at)))
    return found;
  return before;
}

function firstAnswerIn(
  { reading, card }: PlanInput,
  spoken: readonly (Item & { readonly author: { readonly side: string } })[],
): FirstAnswer | undefined {
  if (reading === null) return card?.firstAnswer;
  const said = spoken.map(({ at, author }) => ({ at, byAws: author.side === 'aws' }));
  return firstAnswerOf(said, reading.complete, card?.firstAnswer);
}

/** While the list cannot be had, a name that was known stays, if it is of the same service. */
function namesBefore({ reading, card }: PlanInput): Card['names'] {
  const now = reading?.case;
  const then = card?.details;
  if (now === undefined) return card?.names;
  return now.service === then?.service && now.category === then.category ? card?.names : undefined;
}

/**
 * Whoever was mentioned when the thread was opened stays on the card: they are to find what they were called to. A case that
 * goes on in a new thread calls nobody again.
 */
function mentionIn({ ledger, card, formerTs, mention = [] }: PlanInput): readonly string[] {
  if (postedEntries(ledger).has(CARD)) return card?.mention ?? [];
  return formerTs === null ? mention : [];
}

/** A change is first seen now; before there was a card, nobody has looked. */
function sinceWhen({ reading, card, now }: PlanInput): Pick<Card, 'statusSince' | 'severitySince'> {
  const before = card?.details ?? null;
  const { statusSince, severitySince } = card ?? {};
  if (reading === null) {
    return {
      ...(statusSince === undefined ? {} : { statusSince }),
      ...(severitySince === undefined ? {} : { severitySince }),
    };
  }
  const { status, severity } = reading.case;
  return {
    statusSince: before?.status === status ? (statusSince ?? before.openedAt) : now,
    severitySince: before?.severity === severity ? (severitySince ?? before.openedAt) : now,
  };
}
