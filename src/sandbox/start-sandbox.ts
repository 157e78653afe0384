/**
 * The sandbox, put together: a Slack workspace and an AWS Support Center on this machine, the real bot between them as a
 * process of its own, and a page to look at both. In: settings. Out: the address of the page. Nothing leaves the machine.
 */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { agreement } from './agreement/agreement.js';
import { startEventBridge } from './aws/event-bridge.js';
import { type Aws, startAws } from './aws/start-aws.js';
import { botConfigPath, writeBotConfig } from './bot-config.js';
import { botEnvironment } from './bot-environment.js';
import { BotProcess } from './bot-process.js';
import { ACCOUNT, AUDIT_CHANNEL, BOT_ROLE, CHANNEL, PEOPLE } from './cast.js';
import { freePort } from './free-port.js';
import { type FolderProblem, StateFolder } from './kept-state.js';
import { about } from './page/about.js';
import { collect } from './page/collect.js';
import { performer } from './page/deeds.js';
import { files } from './page/files.js';
import { LiveStream } from './page/live-stream.js';
import { PageServer } from './page/page-server.js';
import type { Settings } from './settings.js';
import { type AppManifest, readManifest } from './slack/app-manifest.js';
import type { KeptSlack } from './slack/kept-slack.js';
import { type Slack, startSlack } from './slack/start-slack.js';
import { tellStory } from './story.js';
import { Trouble, USUAL_PACE } from './trouble.js';

const MANIFEST = fileURLToPath(new URL('../../../manifest.yml', import.meta.url));
const PAGE = fileURLToPath(new URL('../../sandbox-page', import.meta.url));

/** Short, so that nobody waits long for what a lost event would have told. */
const SWEEP_SECONDS = 10;
/** What the stand-ins remember of calls and events: enough to look into trouble, bounded for a sandbox left on. */
const REMEMBER = 1_000;
/** Slack waits for minutes before it sends an event again; nobody at the page would wait with it. */
const EVENT_RETRY_MS = [1_000, 5_000, 15_000];
/** CloudTrail takes minutes; here people see first what the bot knows without it, and then what it adds. */
const TRAIL_DELAY_MS = 4_000;
/** A thread of the story that is not there after this time does not hold up the next. */
const STORY_PATIENCE_MS = 20_000;
/** With a kept state the bot may finish what it has in hand. */
const GRACE_MS = 3_000;

export interface Sandbox {
  readonly url: string;
  /** The folder of the state. */
  readonly folder: string;
  readonly bot: BotProcess;
  /** Resolves when the opening story is told, or at once when there is none to tell. */
  readonly story: Promise<void>;
  /** Ends everything; what is not kept is gone. */
  stop(): Promise<void>;
}

/** What has been started, ended in the opposite order. */
type Endings = (() => unknown)[];

/**
 * Rejects with a FolderProblem, or with EADDRINUSE and the like when the page's port cannot be had.
 * `onProblem` hears of what goes wrong with the folder later.
 */
export async function startSandbox(
  { port, keep }: Settings,
  onProblem: (problem: FolderProblem) => void,
): Promise<Sandbox> {
  const endings: Endings = [];
  const stop = async () => {
    for (const end of endings.splice(0).reverse()) await end();
  };
  try {
    const folder = stateFolder(keep, endings);
    const kept = folder.read();
    const manifest = readManifest(readFileSync(MANIFEST, 'utf8'));
    const signing = { botToken: `xoxb-${secret()}`, signingSecret: secret() };
    const usable = <Side>(side: Promise<Side>) =>
      side.catch((error: unknown) => {
        throw kept === null ? error : folder.unusable(error);
      });
    const slack = await usable(workspace(manifest, signing, kept?.slack, endings));
    const account = { id: ACCOUNT, accessKeyId: 'AKIASANDBOXSANDBOX00', secretAccessKey: secret() };
    const aws = await usable(
      startAws({
        accounts: [account],
        trail: { delayMs: TRAIL_DELAY_MS },
        remember: REMEMBER,
        ...(kept && { kept: kept.aws }),
      }),
    );
    endings.push(() => aws.stop());
    const state = () => ({ version: 1 as const, slack: slack.keep(), aws: aws.keep() });
    let isStarted = false;
    // A start in vain leaves the folder as it was: in a new one the story is still to be told.
    if (keep !== null) endings.push(() => isStarted && folder.write(state()));

    const botPort = await freePort();
    const botUrl = `http://127.0.0.1:${botPort}`;
    const eventKey = secret();
    const bridge = await startEventBridge({
      target: `${botUrl}/aws/events`,
      apiKey: eventKey,
      aws,
      retry: { baseMs: 500, maxDelayMs: 5_000 },
      remember: REMEMBER,
    });
    endings.push(() => bridge.stop());
    const bot = new BotProcess({
      url: botUrl,
      environment: botEnvironment({
        folder: folder.path,
        port: botPort,
        slack: { url: slack.url, channel: CHANNEL.id, ...signing },
        aws: { url: aws.url, account: ACCOUNT, keys: aws.giveSession(BOT_ROLE.arn, BOT_ROLE.session) },
        eventKey,
        sweepSeconds: SWEEP_SECONDS,
        configFile: botConfigPath(folder.path),
      }),
      folder: folder.path,
    });
    endings.push(() => bot.stop(keep === null ? 0 : GRACE_MS));

    const trouble = new Trouble({ slack, aws, bridge });
    const fixed = about(manifest, slack.app.botUser, SWEEP_SECONDS);
    const live = new LiveStream(() =>
      collect({ slack, aws, bridge, about: fixed, bot: () => bot.state, trouble: () => trouble.switches }),
    );
    const changed = () => {
      live.changed();
      if (keep !== null) folder.writeSoon(state, onProblem);
    };
    const page = new PageServer({
      port,
      folder: PAGE,
      live,
      perform: performer({
        slack,
        aws,
        bot,
        botUrl,
        trouble,
        changed,
      }),
      file: files(slack, aws),
    });
    const url = await page.start();
    endings.push(() => page.stop());
    for (const side of [slack, aws, bridge, bot]) endings.push(side.onChange(changed));
    writeBotConfig(folder.path);
    bot.start();
    isStarted = true;
    const story = kept === null ? bot.running.then(() => openingStory(slack, aws)) : Promise.resolve();
    return { url, folder: folder.path, bot, story, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function secret(): string {
  return randomBytes(16).toString('hex');
}

function stateFolder(keep: string | null, endings: Endings): StateFolder {
  const path = keep === null ? mkdtempSync(join(tmpdir(), 'casethread-sandbox-')) : resolve(keep);
  const folder = new StateFolder(path);
  endings.push(() => {
    folder.close();
    if (keep === null) rmSync(path, { recursive: true, force: true });
  });
  return folder;
}

async function workspace(
  manifest: AppManifest,
  signing: { botToken: string; signingSecret: string },
  kept: KeptSlack | undefined,
  endings: Endings,
): Promise<Slack> {
  const slack = await startSlack({
    ...signing,
    manifest,
    pace: USUAL_PACE,
    remember: REMEMBER,
    eventRetryMs: EVENT_RETRY_MS,
    ...(kept && { kept }),
  });
  endings.push(() => slack.stop());
  if (kept === undefined) {
    slack.addChannel(CHANNEL);
    for (const person of PEOPLE) slack.addUser(person);
  }
  // A state that was kept may be older than this channel.
  if (!slack.channels.some(({ id }) => id === AUDIT_CHANNEL.id)) slack.addChannel(AUDIT_CHANNEL);
  return slack;
}

/** One case after the other, as fast as Slack lets their threads appear. */
function openingStory(slack: Slack, aws: Aws): Promise<void> {
  const settled = async (caseId: string) => {
    const agrees = () =>
      agreement([aws.case(caseId)], slack.threads(CHANNEL.id), slack.textOf).agreeing === 1;
    await slack.until(agrees, { timeoutMs: STORY_PATIENCE_MS }).catch(() => undefined);
  };
  return tellStory(aws, { now: Date.now, settled });
}
