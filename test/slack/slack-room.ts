import type { Gate } from '../../src/pace/gate.js';
import { rateGate } from '../../src/pace/local-gates.js';
import { Pacer } from '../../src/pace/pacer.js';
import type { SlackOptions, Slack as Workspace } from '../../src/sandbox/slack/start-slack.js';
import type { Message } from '../../src/slack/message.js';
import type { Slack } from '../../src/slack/slack.js';
import { webSlack } from '../../src/slack/web-slack.js';
import { createLog } from '../../src/telemetry/log.js';
import { CHANNEL, smallWorkspace, webClient } from '../sandbox/slack/testing/web-client.js';

/** Nobody takes anything over here. */
export const stillOurs = () => undefined;

export const TAG = { case: '111122223333/case-1', entry: 'c-1', part: 0, parts: 1, at: 0 };
const QUICK = { perSecond: 10_000, burst: 10_000 };

/** Our side of Slack over the real client, and the workspace that it talks to. */
export interface Room {
  readonly workspace: Workspace;
  readonly slack: Slack;
  /** `method result`, as they are counted. */
  readonly counted: string[];
  /** As when the process ends. */
  stopPacing(): void;
  readonly log: string[];
  /** A message of the channel itself; its `ts`. */
  openThread(): Promise<string>;
  stop(): Promise<void>;
}

export interface RoomOptions extends Partial<SlackOptions> {
  readonly token?: string;
  /** Who says when to go; at once, unless a test is about that. */
  readonly gate?: Gate;
  readonly unfurl?: boolean;
}

export async function startRoom(options: RoomOptions = {}): Promise<Room> {
  const { token, gate, unfurl = false, ...rest } = options;
  const workspace = await smallWorkspace(rest);
  const now = () => performance.now();
  const pacer = () => new Pacer(gate ?? rateGate(QUICK, now), now);
  const [posts, updates, reads] = [pacer(), pacer(), pacer()];
  const counted: string[] = [];
  const log: string[] = [];
  const slack = webSlack({
    client: webClient(workspace, token),
    posts,
    updates,
    reads,
    unfurl,
    log: createLog('debug', (line) => log.push(line)),
    count: (method, result) => counted.push(`${method} ${result}`),
  });
  const stopPacing = () => {
    for (const each of [posts, updates, reads]) each.stop();
  };
  return {
    workspace,
    slack,
    counted,
    stopPacing,
    log,
    openThread: () =>
      slack.post({ channel: CHANNEL, threadTs: null }, message('card'), TAG, 'now', stillOurs),
    async stop() {
      stopPacing();
      await workspace.stop();
    },
  };
}

export function message(text: string): Message {
  return {
    text,
    blocks: [
      {
        type: 'rich_text',
        elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text }] }],
      },
    ],
  };
}
