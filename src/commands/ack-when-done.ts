import type { App, ReceiverEvent } from '@slack/bolt';

/** A signed request of a kind that nothing here listens to. */
export class NobodyListens extends Error {
  override readonly name = 'NobodyListens';
}

/**
 * Bolt acknowledges an event before any listener has seen it: what it asked for would be lost if the process died then.
 * From here on events are acknowledged when their listeners are done, so that Slack sends again what nobody kept. The
 * listeners have to be quick: Slack waits three seconds. What fails is not acknowledged, where `app.error` lets it pass.
 *
 * Of anything else that no listener has acknowledged when all are done, Bolt would say so after three seconds only:
 * {@link NobodyListens} says it at once.
 */
export function ackWhenDone(app: App): void {
  const processEvent = app.processEvent.bind(app);
  app.processEvent = async (event: ReceiverEvent) => {
    if (event.body.type === 'event_callback') {
      await processEvent({ ...event, ack: async () => undefined });
      return event.ack();
    }
    let isTaken = false;
    await processEvent({
      ...event,
      ack: (answer) => {
        isTaken = true;
        return event.ack(answer);
      },
    });
    if (!isTaken) throw new NobodyListens();
  };
}
