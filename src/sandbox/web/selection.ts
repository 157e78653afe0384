/** What somebody at the page has in front of them; both sides read and set it. */
import { sharedState } from './shared-state.js';
import { keepInTab, keptInTab } from './shell/kept.js';

/** Which side a narrow window shows. */
export const pane = sharedState<'slack' | 'aws' | 'trouble'>('slack');

/**
 * Who they have chosen to be in Slack: a user id; null until then. It outlives a reload, so it may be nobody of this
 * sandbox: who is not among `about.people` counts as not chosen.
 */
export const person = sharedState<string | null>(keptInTab('person'));

export function choosePerson(id: string): void {
  keepInTab('person', id);
  person.set(id);
}

/** Who they have chosen to be in the AWS console: a name; likewise. */
export const customer = sharedState<string | null>(keptInTab('customer'));

export function chooseCustomer(name: string): void {
  keepInTab('customer', name);
  customer.set(name);
}

/** The thread that is open beside the channel. */
export const openThread = sharedState<{ channel: string; ts: string } | null>(null);

/** The case that is open in the AWS console. */
export const openCase = sharedState<string | null>(null);

/** Text that was put into the channel's composer for them; each `number` is taken over once. */
export const draft = sharedState<{ text: string; number: number }>({ text: '', number: 0 });

/** Puts text into the channel's composer and shows it. Nothing is sent: that stays theirs to do. */
export function compose(text: string): void {
  draft.set({ text, number: draft.get().number + 1 });
  pane.set('slack');
}
