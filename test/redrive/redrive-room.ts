import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CreateQueueCommand } from '@aws-sdk/client-sqs';
import { run } from '../../scripts/redrive/run.js';
import { eventPathClients } from '../../src/event-path/clients.js';
import { clientsOf, names } from '../aws-control/lay-path.js';
import { KEY, wireEvent } from '../ingress/event-door.js';
import {
  type AwsControl,
  type AwsControlOptions,
  startAwsControl,
} from '../world/aws-control/aws-control.js';
import { putMessage } from '../world/aws-control/sqs/queue.js';

export interface Posted {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export type Answer = { status: number; headers?: Record<string, string>; body?: object | string };

/** A queue at AWS, and somebody who answers in place of the bot, or the bot's own door. */
export class RedriveRoom {
  readonly control: AwsControl;
  readonly printed: string[] = [];
  readonly posted: Posted[] = [];
  readonly slept: number[] = [];
  readonly stop = new AbortController();
  /** What the bot answers to the nth request, from 0. */
  answer: (n: number, body: string) => Answer = () => ({
    status: 202,
    body: { accepted: 1, duplicates: 0, ignored: 0 },
  });
  #bot: Server | undefined;
  botUrl = '';

  private constructor(control: AwsControl) {
    this.control = control;
  }

  static async open(options: AwsControlOptions = {}, { queue = true } = {}): Promise<RedriveRoom> {
    const room = new RedriveRoom(await startAwsControl(options));
    const bot = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const body = Buffer.concat(chunks).toString();
        const answer = room.answer(room.posted.length, body);
        room.posted.push({ headers: request.headers, body });
        const text = typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body ?? {});
        response.writeHead(answer.status, answer.headers).end(text);
      });
    });
    await new Promise<void>((resolve) => bot.listen(0, '127.0.0.1', resolve));
    room.#bot = bot;
    room.botUrl = `http://127.0.0.1:${(bot.address() as AddressInfo).port}`;
    if (queue) await clientsOf(room.control).sqs.send(new CreateQueueCommand({ QueueName: names.queue }));
    return room;
  }

  /** Puts an event into the queue as EventBridge does. */
  undelivered(
    change: Record<string, unknown> | string = {},
    code = 'ERROR_FROM_TARGET',
    message = NO_KEY,
  ): void {
    const text = (value: string) => ({ DataType: 'String', StringValue: value });
    const body = typeof change === 'string' ? change : JSON.stringify({ ...wireEvent(), ...change });
    putMessage(this.control.desk(), this.queue, body, {
      ERROR_CODE: text(code),
      ERROR_MESSAGE: text(message),
    });
  }

  get queue() {
    const queue = this.control.region().queues.get(names.queue);
    if (queue === undefined) throw new Error('there is no queue');
    return queue;
  }

  /** How many in the queue can be had by anybody. */
  get visible(): number {
    return this.queue.messages.filter(({ visibleAt }) => visibleAt <= Date.now()).length;
  }

  async run(
    args: readonly string[] = ['--to', this.botUrl],
    environment: Record<string, string> = {},
  ): Promise<0 | 1> {
    // Where AWS is, and who asks, the SDK finds in the environment of the process.
    const environmentOfAws = this.control.environment();
    const before = Object.keys(environmentOfAws).map((name) => [name, process.env[name]] as const);
    Object.assign(process.env, environmentOfAws);
    try {
      return await run(args, {
        environment: { EVENT_API_KEY: KEY, ...environment },
        print: (line) => this.printed.push(line),
        fetch,
        stop: this.stop.signal,
        sleep: async (milliseconds) => {
          this.slept.push(milliseconds);
        },
        makeClients: (options) => eventPathClients({ ...options, maxAttempts: 2 }),
      });
    } finally {
      for (const [name, value] of before) {
        if (value === undefined) delete process.env[name];
        else process.env[name] = value;
      }
    }
  }

  get output(): string {
    return this.printed.join('\n');
  }

  stopBot(): void {
    this.#bot?.close();
    this.#bot?.closeAllConnections();
  }

  async close(): Promise<void> {
    this.stopBot();
    await this.control.stop();
  }
}

export const NO_KEY =
  'Unable to invoke ApiDestination endpoint: API destination returned HTTP status 401 with payload: no';
