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
  readonly log: string[];
  /** A message of the channel itself; its `ts`. */
  openThread(): Promise<string>;
  stop(): Promise<void>;
}

export async function startRoom(options: Partial<SlackOptions> & { token?: string } = {}): Promise<Room> {
  const { token, ...rest } = options;
  const workspace = await smallWorkspace(rest);
  const posts = new Pacer(QUICK, () => performance.now());
  const updates = new Pacer(QUICK, () => performance.now());
  const reads = new Pacer(QUICK, () => performance.now());
  const counted: string[] = [];
  const log: string[] = [];
  const slack = webSlack({
    client: webClient(workspace, token),
    posts,
    updates,
    reads,
    log: createLog('debug', (line) => log.push(line)),
    count: (method, result) => counted.push(`${method} ${result}`),
  });
  return {
    workspace,
    slack,
    counted,
    log,
    openThread: () =>
      slack.post({ channel: CHANNEL, threadTs: null }, message('card'), TAG, 'now', stillOurs),
    async stop() {
      posts.stop();
      updates.stop();
      reads.stop();
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
