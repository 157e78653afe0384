import type { App, ReceiverEvent } from '@slack/bolt';

/**
 * Bolt acknowledges an event before any listener has seen it: what it asked for would be lost if the process died then.
 * From here on events are acknowledged when their listeners are done, so that Slack sends again what nobody kept. The
 * listeners have to be quick: Slack waits three seconds. What fails is not acknowledged, where `app.error` lets it pass.
 */
export function ackWhenDone(app: App): void {
  const processEvent = app.processEvent.bind(app);
  app.processEvent = async (event: ReceiverEvent) => {
    if (event.body.type !== 'event_callback') return processEvent(event);
    await processEvent({ ...event, ack: async () => undefined });
    await event.ack();
  };
}
