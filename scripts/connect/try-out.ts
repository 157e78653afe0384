import { randomUUID } from 'node:crypto';
import { call } from '../../src/event-path/call.js';
import type { EventPathClients } from '../../src/event-path/clients.js';
import type { Desired, Place } from '../../src/event-path/desired.js';
import { TEST_DETAIL_TYPE, TEST_SOURCE } from '../../src/event-path/names.js';
import { readQueue } from '../../src/event-path/read-event-path.js';
import { readRule } from '../../src/event-path/read-rule.js';
import { askBot } from './ask-bot.js';
import { type ConnectDeps, wantedOf } from './connect.js';
import type { Options } from './options.js';

export interface TryOutDeps extends ConnectDeps {
  readonly fetch: typeof fetch;
}

const PATIENCE_SECONDS = 60;
/** A rule that was made a moment ago may not see the first event. */
const AGAIN_SECONDS = 15;
const POLL_MS = 1_000;
/** Where the description of the connection tells of the right key, nothing looks wrong. */
const KEY_AGAIN =
  'npm run connect -- --adopt gives EventBridge the key once more, if somebody has changed it there.';

const NOT_TRIED =
  'The rules for calls that CloudTrail records were not tried out: AWS lets nobody send an event like theirs. npm run doctor looks at them.';

/**
 * Sends a harmless event through the rule, and waits until the bot has seen it. Changes nothing, whoever has made the
 * way: connect, a template or somebody by hand.
 *
 * @returns whether it has; what is wrong else is printed.
 */
export async function tryOut(place: Place, options: Options, deps: TryOutDeps): Promise<boolean> {
  const { print, clock, fetch, clients } = deps;
  const { wanted, key } = wantedOf(place, options);
  const { base } = wanted.names;
  if ((await readRule(clients, base, false)) === null) {
    print(`There is no rule ${base} in ${place.region} of this account. Create it first: npm run connect`);
    return false;
  }
  const test = randomUUID();
  // Asked first: most of what is wrong shows itself at once.
  const first = await askBot(fetch, wanted, key, test);
  if ('problem' in first) {
    print(first.problem);
    return false;
  }
  const start = clock.now();
  const since = () => (clock.now() - start) / 1000;
  let sent = 0;
  let trouble: string | null = null;
  while (since() < PATIENCE_SECONDS) {
    if (since() >= sent * AGAIN_SECONDS) {
      await send(clients, test);
      sent += 1;
      if (sent === 1) print('A test event is on its way …');
    }
    const answer = await askBot(fetch, wanted, key, test);
    if ('seen' in answer && answer.seen) {
      print(`The bot has seen the test event after ${since().toFixed(1)} s.`);
      if (wanted.calls !== null) print(NOT_TRIED);
      return true;
    }
    // It may be a moment in which the bot restarts.
    trouble = 'problem' in answer ? answer.problem : null;
    const why = trouble === null ? await undelivered(clients, wanted, test) : null;
    if (why !== null) {
      print(why);
      return false;
    }
    await clock.sleep(POLL_MS);
  }
  print(
    trouble ??
      `The bot has not seen the test event within ${PATIENCE_SECONDS} s, and it is not in the queue ${wanted.names.queue} either. ` +
        `EventBridge is still trying: it does not reach ${wanted.destination.endpoint}, or its key is refused. ` +
        'Look at the log of the proxy (User-Agent Amazon/EventBridge/ApiDestinations). npm run connect -- --dry-run says what of the way is not as it should be; ' +
        KEY_AGAIN,
  );
  return false;
}

async function send(clients: EventPathClients, test: string): Promise<void> {
  const events = await clients.events();
  await call(clients, 'events:PutEvents', 'the default event bus', async () => {
    const { Entries: [entry] = [] } = await events.putEvents({
      Entries: [{ Source: TEST_SOURCE, DetailType: TEST_DETAIL_TYPE, Detail: JSON.stringify({ test }) }],
    });
    if (entry?.ErrorCode === undefined) return;
    // Failures of single entries come with a status of 200.
    const error = new Error(entry.ErrorMessage ?? 'no reason given');
    error.name = entry.ErrorCode;
    throw Object.assign(error, { $metadata: { httpStatusCode: 400 } });
  });
}

/** Why the test event lies in the queue, in a sentence; null where it does not. It is taken out: it is ours. */
async function undelivered(clients: EventPathClients, wanted: Desired, test: string): Promise<string | null> {
  const name = wanted.names.queue;
  const about = `the queue ${name}`;
  const queue = await readQueue(clients, name, false);
  if (queue === null || queue.messages === 0) return null;
  const sqs = await clients.sqs();
  const { Messages: messages = [] } = await call(clients, 'sqs:ReceiveMessage', about, () =>
    sqs.receiveMessage({
      QueueUrl: queue.url,
      MaxNumberOfMessages: 10,
      MessageAttributeNames: ['All'],
      // Long enough to see others the next time, if there are many.
      VisibilityTimeout: 10,
    }),
  );
  const ours = messages.find((message) => message.Body?.includes(test));
  if (ours === undefined) return null;
  await call(clients, 'sqs:DeleteMessage', about, () =>
    sqs.deleteMessage({ QueueUrl: queue.url, ReceiptHandle: ours.ReceiptHandle }),
  );
  const attribute = (key: string) => ours.MessageAttributes?.[key]?.StringValue;
  const reason = attribute('ERROR_MESSAGE') ?? 'no reason given';
  return [
    `EventBridge could not deliver the test event and put it into ${about}: ${reason} (${attribute('ERROR_CODE') ?? 'no code'}).`,
    ...(/\b401\b/.test(reason) ? [`The key is refused: ${KEY_AGAIN}`] : []),
  ].join(' ');
}
