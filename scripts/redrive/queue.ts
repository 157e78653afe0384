import { call, callIfThere } from '../../src/event-path/call.js';
import type { EventPathClients } from '../../src/event-path/clients.js';
import { type DeadLetter, deadLetterOf } from '../../src/event-path/dead-letter.js';

/** The queue for what could not be delivered. Its methods throw an EventPathError. */
export interface DeadLetterQueue {
  readonly name: string;
  /** About how many messages wait in it. */
  readonly waiting: number;
  /** About how many somebody had been given, and not deleted, when it was opened: a run that was killed, for example. */
  readonly hidden: number;
  /** The same, at this moment. */
  hiddenNow(): Promise<number>;
  /** The next of them, up to ten, which nobody else is given for HIDDEN_SECONDS; none after a while without any. */
  receive(): Promise<readonly DeadLetter[]>;
  remove(letter: DeadLetter): Promise<void>;
  /** Anybody may be given it again at once. */
  giveBack(receipt: string): Promise<void>;
}

/** Longer than a round should take: nothing is to come twice in it. */
export const HIDDEN_SECONDS = 600;
/** A poll that waits asks all of SQS's servers; one that does not may find nothing where something is. */
const WAIT_SECONDS = 3;

/** Null when there is no such queue. Throws an EventPathError. */
export async function openQueue(clients: EventPathClients, name: string): Promise<DeadLetterQueue | null> {
  const sqs = await clients.sqs();
  const about = `the queue ${name}`;
  const found = await callIfThere(clients, 'sqs:GetQueueUrl', about, () =>
    sqs.getQueueUrl({ QueueName: name }),
  );
  if (found === null) return null;
  const { QueueUrl } = found;
  const count = async () => {
    const { Attributes } = await call(clients, 'sqs:GetQueueAttributes', about, () =>
      sqs.getQueueAttributes({
        QueueUrl,
        AttributeNames: ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'],
      }),
    );
    return {
      waiting: Number(Attributes?.ApproximateNumberOfMessages ?? 0),
      hidden: Number(Attributes?.ApproximateNumberOfMessagesNotVisible ?? 0),
    };
  };
  return {
    name,
    ...(await count()),
    hiddenNow: async () => (await count()).hidden,
    async receive() {
      const { Messages = [] } = await call(clients, 'sqs:ReceiveMessage', about, () =>
        sqs.receiveMessage({
          QueueUrl,
          MaxNumberOfMessages: 10,
          MessageAttributeNames: ['All'],
          VisibilityTimeout: HIDDEN_SECONDS,
          WaitTimeSeconds: WAIT_SECONDS,
        }),
      );
      return Messages.map(deadLetterOf);
    },
    async remove({ receipt }) {
      await call(clients, 'sqs:DeleteMessage', about, () =>
        sqs.deleteMessage({ QueueUrl, ReceiptHandle: receipt }),
      );
    },
    async giveBack(receipt) {
      await call(clients, 'sqs:ChangeMessageVisibility', about, () =>
        sqs.changeMessageVisibility({ QueueUrl, ReceiptHandle: receipt, VisibilityTimeout: 0 }),
      );
    },
  };
}
