import type { KnownBlock, ModalView, PlainTextOption } from '@slack/types';
import type { Message } from '../slack/message.js';
import type { CommandDeps } from './command-deps.js';

/** Who did something in Slack, and with what. */
interface Doer {
  readonly user: string;
  /** What Slack calls the person in the request; their real name has to be looked up. */
  readonly userName: string;
  /** Slack says that they are of another company. */
  readonly isStranger?: boolean;
  /** Opens a form, once and within three seconds. */
  readonly trigger: string;
}

/** Somebody pressed a button, or chose from a menu, of a message or a form of ours. */
export interface Act extends Doer {
  /** `''` in a form. */
  readonly channel: string;
  /** The message with the element, and the thread in which it stands or which it leads; null in a form, or at home. */
  readonly messageTs: string | null;
  readonly threadTs: string | null;
  /** Only the person sees the message. */
  readonly isEphemeral: boolean;
  /** Of the button, or of the option that was chosen; a text that was typed. */
  readonly value: string;
  readonly responseUrl: string | null;
  /** The form, or the Home tab, with the element; null on a message. */
  readonly view: OpenView | null;
}

/** A form as the person has it before them. What comes from it is as good as typed: the case is to be looked up again. */
export interface OpenView {
  readonly id: string;
  /** Changes whenever the form is shown anew. */
  readonly hash?: string;
  /** It lies over another form, which is shown again when it is closed. */
  readonly isOver: boolean;
  /** `''` of the Home tab. */
  readonly callbackId: string;
  /** `private_metadata`: at most 3,000 characters, which the client can read and change. */
  readonly metadata: string;
  readonly blocks: readonly KnownBlock[];
  /** What stands in the inputs, by block and action. */
  readonly values: ViewValues;
}

export type ViewValues = Readonly<Record<string, Readonly<Record<string, InputValue>>>>;

export interface InputValue {
  readonly type?: string;
  readonly value?: string | null;
  readonly selected_option?: { readonly value?: string } | null;
  readonly selected_options?: readonly { readonly value?: string }[] | null;
  readonly files?: readonly { readonly id?: string; readonly name?: string; readonly size?: number }[];
}

/**
 * What the person hears of an act: nothing, or messages that only they see. `instead`: in the place of the ephemeral
 * message whose button was pressed.
 */
export interface Heard {
  readonly say: readonly Message[];
  readonly instead: boolean;
}

export const NOTHING: Heard = { say: [], instead: false };

export type OnAct = (deps: CommandDeps, act: Act) => Promise<Heard>;

/** A form was sent. */
export interface Submission extends Doer {
  readonly view: OpenView;
}

/**
 * What becomes of the form: it closes, shows by block what is wrong, or gives way to another. `afterwards` is done once Slack
 * has its answer: within three seconds of the click there is no time for it. `late` is done besides where this came after
 * Slack had to have its answer, so that the form does not show it.
 */
export type FormAnswer = {
  readonly afterwards?: () => Promise<void>;
  readonly late?: () => Promise<void>;
} & (
  | { readonly do: 'close' }
  | { readonly do: 'close-all' }
  | { readonly do: 'errors'; readonly errors: Readonly<Record<string, string>> }
  | { readonly do: 'show' | 'push'; readonly view: ModalView }
);

export type OnSubmission = (deps: CommandDeps, submission: Submission) => Promise<FormAnswer>;

/** A form was closed without being sent; Slack says so only of those with `notify_on_close`. */
export type OnClosed = (deps: CommandDeps, closed: Closed) => Promise<void>;

export interface Closed extends Omit<Submission, 'trigger'> {
  /** And with it those below. */
  readonly withAll: boolean;
}

/** Somebody types into a menu whose choices come from us. At most 100 options. */
export interface Typing {
  readonly user: string;
  /** Of the message with the menu; `''` in a form. */
  readonly channel: string;
  readonly typed: string;
  readonly view: OpenView | null;
}

export type OnTyping = (deps: CommandDeps, typing: Typing) => Promise<readonly PlainTextOption[]>;

/** Somebody chose one of our shortcuts from the menu of a message. */
export interface OnMessage extends Doer {
  readonly channel: string;
  readonly messageTs: string;
  /** The thread in which the message stands, or which it leads. */
  readonly threadTs: string;
  /** The person who wrote it; null for what a program wrote. */
  readonly author: string | null;
  /** As Slack sent it: what was typed is escaped. */
  readonly text: string;
  readonly files: readonly { readonly id?: string; readonly name?: string; readonly size?: number }[];
  readonly responseUrl: string | null;
}

export type OnShortcut = (deps: CommandDeps, message: OnMessage) => Promise<Heard>;

/** An event of Slack's that we have subscribed to, other than a mention; its fields may be anything. */
export type OnEvent = (
  deps: CommandDeps,
  event: Readonly<Record<string, unknown>>,
  around: AroundEvent,
) => Promise<void>;

export interface AroundEvent {
  /** Whether people of other companies are in the channel (Slack Connect). */
  readonly isShared: boolean;
  /** Leaves work for when Slack has its answer. */
  readonly afterwards: (work: () => Promise<void>) => void;
}
