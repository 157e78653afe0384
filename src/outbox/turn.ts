import type { Run } from '../inbox/inbox.js';
import type { Outcome } from '../inbox/outcome.js';
import type { StepAbout } from '../store/audit-step.js';
import type { OutboxMessage } from '../store/outbox-message.js';
import type { SupportApi } from '../support/support-api.js';
import type { SendDeps } from './send.js';

/** What one run over the outbox of a case works with: its writes are refused once another has taken the case over. */
export interface Turn extends SendDeps {
  readonly api: SupportApi;
  readonly run: Run;
  /** Throws LeaseLost when another may have taken over. */
  readonly stillOurs: () => void;
}

/** `next`: the message has another state now, look again. Null: it is at its end. Else it has to wait. */
export type Step = Outcome | 'next' | 'untold' | null;

/** A message has another state by now, so it did not leave. */
export class MovedOn extends Error {}

/** Changes a message that is still as it was read; where it is not, the next step goes by how it stands then. */
export async function change(
  { store }: Pick<Turn, 'store'>,
  message: OutboxMessage,
  to: Partial<OutboxMessage>,
  about?: StepAbout,
): Promise<'next'> {
  await store.changeOutbox(message.reference, [message.state], to, about);
  return 'next';
}
