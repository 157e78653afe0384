/**
 * What the sandbox's server and its page say to each other. Types only: the page is bundled for the browser.
 *
 * Server to page: `GET /live` is a stream of server-sent events. The first one carries every part of the picture, the
 * later ones only the parts that changed (`null`: gone). Page to server: `POST /do/<deed>` with the deed's JSON, answered
 * by an Answer. Files: `GET /attachment/<case id>/<attachment id>` and `GET /slack-file/<file id>`.
 */
import type { CaseState } from '../aws/case-state.js';
import type { Channel } from '../slack/channel.js';
import type { Ephemeral } from '../slack/ephemeral.js';
import type { Message } from '../slack/message.js';
import type { ScreenView } from '../slack/people/screen-view.js';
import type { User } from '../slack/user.js';

/** One event of the stream. A `full` one replaces whatever the page knew. */
export interface Patch {
  full: boolean;
  parts: Record<string, unknown>;
}

/** The parts by key. The page may show any of them alone; they refer to each other by id. */
export interface Parts {
  about: About;
  trouble: Trouble;
  counters: Counters;
  agreement: Agreement;
  bot: BotState;
  [channel: `channel:${string}`]: Channel;
  [user: `user:${string}`]: User;
  /** `message:<channel>:<ts>` */
  [message: `message:${string}`]: Message;
  /** `ephemeral:<ts>`; deleted ones are not sent. */
  [ephemeral: `ephemeral:${string}`]: Ephemeral;
  /** `view:<id>`; open ones only. */
  [view: `view:${string}`]: ScreenView;
  /** `case:<case id>` */
  [supportCase: `case:${string}`]: CaseState;
}

/** What does not change while the sandbox runs. */
export interface About {
  /** Where the page begins. */
  channel: string;
  /** Where the bot shows calls that belong to no case's thread. */
  auditChannel: string;
  /** The people whom somebody at the page can be; the first is the default. */
  people: string[];
  botUser: string;
  /** As the app's manifest has them. */
  commands: CommandInfo[];
  shortcuts: { name: string; callbackId: string }[];
  hasHome: boolean;
  account: string;
  /** Whom somebody at the page can be in the AWS console; the first is the default. `name` is what deeds call them. */
  customers: { name: string; role: string }[];
  /** What they can do there beside cases. */
  accountDeeds: { name: AccountDeed; label: string }[];
  services: { code: string; name: string; categories: { code: string; name: string }[] }[];
  severities: { code: string; name: string }[];
  switches: { name: SwitchName; label: string; explanation: string }[];
  /** How often the bot compares all cases with AWS by itself: how long a lost event stays unseen. */
  sweepSeconds: number;
}

export interface CommandInfo {
  /** With its slash. */
  command: string;
  description: string;
  /** `help | list | show <case> | reply <case> <text>` */
  usageHint: string;
}

export type SwitchName =
  | 'lose-next-event'
  | 'deliver-three-times'
  | 'deliver-out-of-order'
  | 'slack-rate-limits'
  | 'slack-down'
  | 'aws-throttles';

/** Which switches are on. `lose-next-event` goes off by itself when one is lost. */
export type Trouble = Record<SwitchName, boolean>;

/** `restarting` after a kill; `restartsAt` in ms of the server's clock. `ended` when it does not start at all. */
export interface BotState {
  state: 'starting' | 'running' | 'restarting' | 'ended';
  restartsAt?: number;
  /** Starts so far. */
  starts: number;
  /** Why it ended, in a sentence. */
  problem?: string;
}

/** Of EventBridge, since the sandbox was started. */
export interface Counters {
  /** Events that AWS Support made. */
  events: number;
  /** Of these, swallowed on purpose. */
  lost: number;
  /** Requests to the bot, repetitions and retries among them. */
  sent: number;
  /** Requests that the bot answered with 2xx. */
  delivered: number;
  /** Requests that were made again because the one before failed. */
  retried: number;
}

export interface Agreement {
  /** Cases at AWS. */
  cases: number;
  /** Cases whose thread shows just what AWS has. */
  agreeing: number;
  /** What is missing, doubled or wrong, by case. */
  differences: { caseId: string; displayId: string; what: string[] }[];
}

/** Where an element is that somebody uses. */
export type Surface =
  | { message: { channel: string; ts: string } }
  /** By its ts. */
  | { ephemeral: string }
  /** By its id. */
  | { view: string };

/** An option by its value; an external select's option whole; several for multi selects and checkboxes. */
export type Chosen = string | number | Record<string, unknown> | (string | Record<string, unknown>)[];

/** What stands in a view's inputs: by block_id, then action_id. Only what somebody touched. */
export type Values = Record<string, Record<string, Chosen>>;

export interface FileGiven {
  fileName: string;
  /** base64 */
  data: string;
}

/** Everything that somebody can do on the page. `user` is who they are in Slack. */
export interface Deeds {
  /** A message; `@casethread` in it mentions the bot. With files, it needs no text. */
  say: { user: string; channel: string; text: string; threadTs?: string; files?: FileGiven[] };
  /** Puts a file into Slack, for a file input of a form. */
  upload: { user: string; file: FileGiven };
  /** A whole line, `/support list`. Slack refuses it in a thread: so does the server. */
  command: { user: string; channel: string; text: string; threadTs?: string };
  /** Presses a button or chooses from a menu. `values`: what else stands in the view. */
  act: {
    user: string;
    on: Surface;
    actionId: string;
    /** Of a button: which one. */
    value?: string;
    chosen?: Chosen;
    values?: Values;
  };
  submit: { user: string; view: string; values: Values };
  close: { user: string; view: string };
  /** What an external select offers for what was typed. */
  suggest: { user: string; on: Surface; actionId: string; value: string };
  shortcut: { user: string; callbackId: string; channel: string; ts: string };
  /** Puts a reaction on a message, or takes one's own away; the emoji's name without colons. */
  react: { user: string; channel: string; ts: string; name: string; on: boolean };
  /** Opens the bot's Home tab. */
  home: { user: string };

  /** As a customer in the console. `as`: which one. */
  'open-case': {
    as?: string;
    subject: string;
    body: string;
    severity: string;
    service: string;
    category: string;
    files?: FileGiven[];
  };
  /** A customer's reply reopens a resolved case. */
  'reply-to-case': {
    caseId: string;
    from: 'aws' | 'customer';
    as?: string;
    body: string;
    files?: FileGiven[];
  };
  'resolve-case': { caseId: string; as?: string };
  'set-severity': { caseId: string; severity: string };
  /** One of About's `accountDeeds`. */
  'account-deed': { name: AccountDeed; as?: string };

  switch: { name: SwitchName; on: boolean };
  'kill-bot': Record<string, never>;
}

export type AccountDeed = 'change-plan' | 'change-plan-as-root' | 'refresh-checks' | 'refused-reply';

export type DeedName = keyof Deeds;

/** `options` is what `suggest` asked for; `caseId` what `open-case` made; `ts` what `say` posted; `fileId` of
 * what `upload` put there. */
export type Answer =
  | { ok: true; options?: unknown[]; caseId?: string; ts?: string; fileId?: string }
  /** A sentence that says what is wrong and what to do, as Slack or AWS would show it to the person. */
  | { ok: false; error: string };
