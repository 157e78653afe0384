import type { Teller } from '../outbox/send.js';
import { escapeText } from '../slack/escape.js';
import type { Message } from '../slack/message.js';
import { plain, richText } from '../slack/rich-text.js';
import type { Slack } from '../slack/slack.js';
import type { OutboxMessage } from '../store/outbox-message.js';
import type { Store } from '../store/store.js';
import { errorFields, type Log } from '../telemetry/log.js';
import { ACTIONS } from './action-ids.js';
import { answer, button } from './answer.js';
import { caseLink } from './case-line.js';
import { WORDS } from './words.js';

export interface TellDeps {
  readonly store: Pick<Store, 'getCase'>;
  readonly slack: Slack;
  /** Answers a request by the address that came with it; rejects when Slack does not take it. */
  readonly respond: (responseUrl: string, message: Message) => Promise<void>;
  readonly log: Log;
}

/** Tells people how what they sent ended: by the request's own address, else in its channel, else directly. */
export function createTeller(deps: TellDeps): Teller {
  const nameOf = async ({ key, displayId }: OutboxMessage): Promise<string> =>
    caseLink(
      deps.slack,
      (await deps.store.getCase(key)) ?? { key, displayId, channel: null, threadTs: null },
    );

  return {
    async ended(message) {
      const said = ending(message, await nameOf(message));
      if (said !== null) await tell(deps, message, said);
    },
    async delayed(message, why) {
      const name = await nameOf(message);
      await tell(deps, message, answer(why === 'busy' ? WORDS.busy(name) : WORDS.checking(name)));
    },
  };
}

function ending(message: OutboxMessage, name: string): Message | null {
  const { kind, state, reference, text, reason } = message;
  switch (state) {
    case 'sent':
    case 'seen':
      return answer(kind === 'reply' ? WORDS.sent(name) : WORDS.resolved(name));
    case 'void':
      return answer(WORDS.wasResolved(name));
    case 'asking':
      return answer(WORDS.asksToReopen(name), yours(text), {
        type: 'actions',
        elements: [
          button('Send and reopen', ACTIONS.agreeToReopen, reference, 'primary'),
          button('Cancel', ACTIONS.cancel, reference),
        ],
      });
    case 'failed': {
      const said = WORDS.failed(
        kind === 'reply' ? 'Your reply on' : 'Resolving',
        name,
        escapeText(reason ?? ''),
      );
      const buttons = {
        type: 'actions' as const,
        elements: [
          button(kind === 'reply' ? 'Send again' : 'Try again', ACTIONS.sendAgain, reference, 'primary'),
        ],
      };
      return kind === 'reply'
        ? answer(`${said}\n${WORDS.yourText}`, yours(text), buttons)
        : answer(said, buttons);
    }
    default:
      return null;
  }
}

/** The person's own words, as they typed them, to copy or to send again. */
function yours(text: string) {
  return { ...richText([plain(text)]) };
}

async function tell({ slack, respond, log }: TellDeps, message: OutboxMessage, said: Message): Promise<void> {
  const { responseUrl, channel, user, reference } = message;
  const ways = [
    ...(responseUrl === null ? [] : [() => respond(responseUrl, said)]),
    () => slack.postEphemeral(channel, user, said),
    () => slack.postDirect(user, said),
  ];
  for (const way of ways) {
    try {
      return await way();
    } catch (error) {
      log.debug('a way to tell a person failed', { reference, ...errorFields(error) });
    }
  }
  log.warn('a person could not be told how their message ended', { reference, state: message.state });
}
