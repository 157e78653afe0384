import type { ApiCall } from '../../../src/case/calls/api-call.js';
import type { Card } from '../../../src/case/card.js';
import { AWS_AUTHOR, type Communication } from '../../../src/case/communication.js';
import type { Deed } from '../../../src/case/deed.js';
import type { Doubt } from '../../../src/case/doubt.js';
import { type EventName, type Fact, factId } from '../../../src/case/fact.js';
import { mustWalk } from '../../../src/case/must-walk.js';
import { NOBODY } from '../../../src/case/people.js';
import { type Plan, type PlanInput, plan } from '../../../src/case/plan.js';
import type { Reading } from '../../../src/case/reading.js';
import { withStamp } from '../../../src/case/stamp.js';
import { callAt, ownCallAt } from '../calls/sample-call.js';
import type { Act, Answer, ReconcileHow } from './acts.js';
import { CASE, KEY } from './example.js';
import { Thread } from './thread.js';

/** Any moment; the tests never look at a clock. */
export const START = Date.UTC(2026, 2, 1);
/** Long enough ago at the end of every history. */
const ARRIVES_WITHIN_MS = 60_000;
const ROLE = 'Casethread (Role) <bot@example.com>';
const CUSTOMER = 'AdminRole (Role) <jane@example.com>';
/** DescribeCases gives so many. */
const NEWEST = 5;

/** What really happened, and so what a person has to find in the thread, each once. */
export interface Truth {
  readonly kind: 'communication' | 'resolved' | 'reopened';
  readonly text: string;
  readonly author: string;
  readonly at: number;
}

/** What may resolve or reopen, and so needs a moment: nobody could order two of them in one second. */
const CHANGES: ReadonlySet<Act['act']> = new Set(['say', 'quote', 'resolve', 'reply', 'resolve-from-slack']);

/** What AWS may make of an open case without telling anybody. */
const SILENT = {
  status: ['work-in-progress', 'pending-customer-action', 'a new word'],
  severity: ['low', 'high', 'urgent'],
} as const;

const QUIET: ReconcileHow = { behindMs: 0, readable: true, crashAfter: Number.POSITIVE_INFINITY };

interface State {
  readonly from: number;
  readonly communications: readonly Communication[];
  readonly status: string;
  readonly severity: string;
}

/** One case at AWS, the people who work on it, the events that tell of it, and the bot with its thread. */
export class CaseWorld {
  readonly truth: Truth[] = [];
  readonly emitted: Omit<Fact, 'receivedAt'>[] = [];
  readonly thread = new Thread();
  readonly facts = new Map<string, Fact>();
  /** The calls that people and the bot made, and those of which the bot knows. */
  readonly made: Omit<ApiCall, 'receivedAt'>[] = [];
  readonly calls = new Map<string, ApiCall>();
  deeds: Deed[] = [];
  /** Every plan that was carried out, or begun. */
  readonly plans: Plan[] = [];
  /** Plans from the newest communications only, each with the one from all of them, where it was asked to compare. */
  readonly windows: { readonly window: Plan; readonly whole: Plan }[] = [];
  doubts: readonly Doubt[] = [];
  /** The card as the store has it: kept when a run comes to its end. */
  card: Card | null = null;
  now = START;
  readonly #compares: boolean;
  #walkedAt: number | null = null;
  #states: State[];
  #lastTransition = 0;
  #lastResolving = 0;
  #lastLook = 0;
  /** Which resolving, counted with the reopenings, was done by which deed. */
  readonly #resolvedBy = new Map<number, string>();
  #changes = 0;
  #references = 0;

  /** @param compares each plan from the newest communications only with the one from all of them. */
  constructor({ compares = false } = {}) {
    this.#compares = compares;
    this.#states = [{ from: START, communications: [], status: 'opened', severity: 'low' }];
    this.#call('CreateCase');
    this.#say('opening text', CUSTOMER, 'customer', CUSTOMER);
    this.#emit('CreateCase');
  }

  get status(): string {
    return this.#state(0).status;
  }

  get severity(): string {
    return this.#state(0).severity;
  }

  get communications(): readonly Communication[] {
    return this.#state(0).communications;
  }

  do(act: Act): void {
    this.now += act.gap;
    if (CHANGES.has(act.act))
      this.now = Math.max(this.now, this.#lastTransition + 5_000, this.#lastLook + 1_000);
    if (act.act === 'resolve-from-slack') this.now = Math.max(this.now, this.#lastResolving + 121_000);
    switch (act.act) {
      case 'say':
        if (act.from === 'aws') this.#say(act.body, AWS_AUTHOR, 'aws', 'AWS Support');
        else {
          this.#call('AddCommunicationToCase');
          this.#reopen(null);
          this.#say(act.body, CUSTOMER, 'customer', CUSTOMER);
        }
        this.#emit('AddCommunicationToCase', act.from, act.jitter);
        break;
      case 'quote': {
        // An e-mail that ends with what it answers: the stamp is somebody else's.
        const quoted = this.communications.findLast(({ submittedBy }) => submittedBy === ROLE);
        if (quoted === undefined) return;
        this.#call('AddCommunicationToCase');
        this.#reopen(null);
        this.#say(`I agree.\n> ${quoted.body.replaceAll('\n', '\n> ')}`, CUSTOMER, 'customer', CUSTOMER);
        this.#emit('AddCommunicationToCase', 'customer');
        break;
      }
      case 'resolve':
        // Every other time it is AWS who resolves it.
        if (this.status !== 'resolved' && this.#changes % 4 === 0) this.#call('ResolveCase');
        this.#resolve(null);
        break;
      case 'reply':
        this.#reply(act.person, act.body, act.answer);
        break;
      case 'resolve-from-slack':
        if (this.status !== 'resolved') this.#resolveFromSlack(act.person, act.answer);
        break;
      case 'settle':
        this.settle();
        break;
      case 'change':
        if (act.what === 'severity') this.#change({ severity: SILENT.severity[act.to] ?? '' });
        else if (this.status !== 'resolved') this.#change({ status: SILENT.status[act.to] ?? '' });
        break;
      case 'deliver':
        this.deliver(act.which % this.emitted.length);
        break;
      case 'hear':
        this.hear(act.which % Math.max(1, this.made.length));
        break;
      case 'reconcile':
        this.reconcile(act);
        break;
      case 'lose-store':
        this.loseStore();
        break;
    }
  }

  /** A new store begins with what the tags in the thread say. */
  loseStore(): void {
    this.facts.clear();
    this.deeds = [];
    this.thread.recover();
    this.card = null;
    this.doubts = [{ from: 0, until: this.now }];
  }

  settle(): void {
    this.deeds = this.deeds.map((deed) => (deed.state === 'underway' ? { ...deed, state: 'done' } : deed));
  }

  deliver(which: number): void {
    const event = this.emitted[which];
    if (event === undefined) return;
    const id = factId(event);
    // As the store does: the first copy counts.
    if (!this.facts.has(id)) this.facts.set(id, { ...event, receivedAt: this.now });
  }

  /** CloudTrail tells of a call. */
  hear(which: number): void {
    const call = this.made[which];
    if (call !== undefined && !this.calls.has(call.id))
      this.calls.set(call.id, { ...call, receivedAt: this.now });
  }

  /** What the reconciler does, crash included. The plan, or null when the process died. */
  reconcile(how: ReconcileHow): Plan | null {
    const { readable, crashAfter } = how;
    const behindMs = this.#isOldNews(how.behindMs) ? 0 : how.behindMs;
    this.#lastLook = this.now;
    let reading = readable ? this.newest(behindMs) : null;
    // A case that was never read whole is read whole.
    if (reading !== null && (this.card === null || mustWalk(reading, this.thread.ledger, this.card)))
      reading = this.all(behindMs);
    let planned = this.plan(reading);
    if (reading !== null && !reading.complete) {
      if (planned.unsettled !== null || planned.wantsAll) {
        reading = this.all(behindMs);
        planned = this.plan(reading);
      } else if (this.#compares) {
        this.windows.push({ window: planned, whole: this.plan(this.all(behindMs)) });
      }
    }
    this.plans.push(planned);
    // Where the thread is goes into the store first, and with it the first card.
    if (planned.effects.some((effect) => effect.do === 'open-thread')) this.card ??= planned.card;
    if (this.thread.apply(planned.effects, this.now, crashAfter)) return null;
    this.card = planned.card;
    if (reading?.complete) this.#walkedAt = this.now;
    const { seen } = planned;
    this.deeds = this.deeds.map((deed) =>
      seen.includes(deed.reference) ? { ...deed, state: 'done', text: '' } : deed,
    );
    return planned;
  }

  /** Until nothing is awaited any more, as the inbox would have it. */
  settleDown(): void {
    this.settle();
    for (let times = 0; times < 20; times++) {
      this.now += 61_000;
      if (this.reconcile(QUIET)?.unsettled === null) return;
    }
    throw new Error('it never settles');
  }

  /** What was cut off by a death may take one look more until every time is told as it is known now. */
  finish(): void {
    this.settleDown();
    this.reconcile(QUIET);
    const { effects } = this.plan(this.all(0));
    if (effects.length > 0) throw new Error(`there is always more to do: ${JSON.stringify(effects)}`);
  }

  plan(reading: Reading | null, as: Partial<PlanInput> = {}): Plan {
    return plan({
      key: KEY,
      reading,
      missing: reading === null ? 'AWS cannot be asked' : null,
      facts: [...this.facts.values()],
      deeds: this.deeds,
      ledger: this.thread.ledger,
      doubts: this.doubts,
      formerTs: null,
      card: this.card,
      shown: this.thread.card,
      people: NOBODY,
      calls: {
        calls: [...this.calls.values()],
        seenBefore: () => this.calls.size > 0,
        arriveWithinMs: ARRIVES_WITHIN_MS,
        upSince: START,
        walkedAt: this.#walkedAt,
      },
      now: this.now,
      ...as,
    });
  }

  newest(behindMs: number): Reading {
    const { communications } = this.#state(behindMs);
    return {
      ...this.all(behindMs),
      communications: communications.slice(-NEWEST),
      complete: communications.length <= NEWEST,
    };
  }

  all(behindMs: number): Reading {
    const { communications, status, severity } = this.#state(behindMs);
    return { case: { ...CASE, status, severity }, communications, complete: true };
  }

  /**
   * Of two changes that neither an event nor a deed has told of yet, a look that is behind would show the first only. It
   * could not be told then from one that comes after the second, whose event may be there by the next look.
   */
  #isOldNews(behindMs: number): boolean {
    if (this.#state(behindMs).status === this.status) return false;
    const events = this.emitted.filter(({ event }) => event === 'ResolveCase' || event === 'ReopenCase');
    const done = new Set(this.deeds.filter((deed) => deed.state === 'done').map((deed) => deed.reference));
    const told = events.filter(
      (event, n) => this.facts.has(factId(event)) || done.has(this.#resolvedBy.get(n) ?? ''),
    );
    return events.length - told.length > 1;
  }

  #state(behindMs: number): State {
    const at = this.now - behindMs;
    const state = this.#states.findLast(({ from }) => from <= at) ?? this.#states[1];
    if (state === undefined) throw new Error('a case has a first state');
    return state;
  }

  #change(change: Partial<State>): void {
    this.#states.push({ ...this.#state(0), ...change, from: this.now });
  }

  #say(body: string, submittedBy: string, from: 'aws' | 'customer', author: string, text = body): void {
    const at = this.#second();
    const communication = { body, submittedBy, at, attachments: [] };
    this.#change({ communications: [...(this.#states.at(-1)?.communications ?? []), communication] });
    this.truth.push({ kind: 'communication', text, author: from === 'aws' ? 'AWS Support' : author, at });
  }

  #reopen(by: string | null): void {
    if (this.status !== 'resolved') return;
    this.#transition('reopened', by);
    this.#emit('ReopenCase');
  }

  #resolve(by: string | null): void {
    if (this.status === 'resolved') return;
    this.#transition('resolved', by);
    this.#emit('ResolveCase');
  }

  #transition(kind: 'resolved' | 'reopened', by: string | null): void {
    this.#lastTransition = this.#second();
    if (kind === 'resolved') this.#lastResolving = this.now;
    if (kind === 'resolved' && by !== null)
      this.#resolvedBy.set(this.#changes, this.deeds.at(-1)?.reference ?? '');
    this.#changes += 1;
    this.#change({ status: kind });
    this.truth.push({ kind, text: '', author: by ?? '', at: this.#second() });
  }

  #reply(person: string, text: string, answer: Answer): void {
    const reopens = this.status === 'resolved';
    const reference = this.#deed({ kind: 'reply', person, text, reopens, answer });
    if (answer === 'refused') return;
    this.#call('AddCommunicationToCase', answer);
    this.#reopen(person);
    this.#say(withStamp(text, person, reference), ROLE, 'customer', person, text);
    this.#emit('AddCommunicationToCase', 'customer');
  }

  #resolveFromSlack(person: string, answer: Answer): void {
    this.#deed({ kind: 'resolve', person, text: '', reopens: false, answer });
    if (answer === 'refused') return;
    this.#call('ResolveCase', answer);
    this.#resolve(person);
  }

  #deed({
    answer,
    ...deed
  }: Pick<Deed, 'kind' | 'person' | 'text' | 'reopens'> & { answer: Answer }): string {
    const reference = `ref${String(this.#references++).padStart(7, '0')}`;
    const state = ({ clear: 'done', lost: 'underway', refused: 'undone' } as const)[answer];
    const told = answer === 'clear' ? { requestId: `request ${this.made.length}` } : {};
    this.deeds = [...this.deeds, { ...deed, ...told, reference, state, at: this.now }];
    return reference;
  }

  /** @param own what the bot was answered, where it was the bot. Its record does not tell, where the answer does. */
  #call(name: string, own?: Answer): void {
    const id = `${name} ${this.made.length}`;
    const requestId = `request ${this.made.length}`;
    const second = this.#second() / 1_000;
    const who = ['jane', 'bob', 'carol'][this.made.length % 3];
    const change = { id, requestId, name };
    const isOwn = own !== 'clear';
    this.made.push(own === undefined ? callAt(second, who, change) : ownCallAt(second, { ...change, isOwn }));
  }

  #emit(event: EventName, from?: 'aws' | 'customer', jitter = 0): void {
    this.emitted.push({
      key: KEY,
      displayId: '1234567890',
      event,
      communicationId: from === undefined ? '' : `ekko:${this.emitted.length}`,
      origin: from === undefined ? '' : from === 'aws' ? 'AWS' : 'CUSTOMER',
      at: this.#second() + jitter,
    });
  }

  #second(): number {
    return Math.floor(this.now / 1_000) * 1_000;
  }
}
