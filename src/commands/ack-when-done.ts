import type { App, Context, ReceiverEvent } from '@slack/bolt';
import type { Log } from '../telemetry/log.js';
import { Later } from './later.js';

/** A signed request of a kind that nothing here listens to. */
export class NobodyListens extends Error {
  override readonly name = 'NobodyListens';
}

const AFTERWARDS = 'afterAck';

/** Leaves work for when an event is acknowledged. It is lost when the process dies then: Slack does not send it again. */
export function afterAck(context: Context): Later['add'] {
  return context[AFTERWARDS] as Later['add'];
}

/**
 * Bolt acknowledges an event before any listener has seen it: what it asked for would be lost if the process died then.
 * From here on events are acknowledged when their listeners are done, so that Slack sends again what nobody kept. The
 * listeners have to be quick: Slack waits three seconds. What fails is not acknowledged, where `app.error` lets it pass.
 *
 * Of anything else that no listener has acknowledged when all are done, Bolt would say so after three seconds only:
 * {@link NobodyListens} says it at once.
 */
export function ackWhenDone(app: App, log: Log): void {
  const processEvent = app.processEvent.bind(app);
  app.processEvent = async (event: ReceiverEvent) => {
    if (event.body.type === 'event_callback') {
      const later = new Later(log);
      const customProperties = { ...event.customProperties, [AFTERWARDS]: later.add };
      await processEvent({ ...event, customProperties, ack: async () => undefined });
      await event.ack();
      later.begin();
      return;
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
