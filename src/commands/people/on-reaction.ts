import type { Message } from '../../slack/message.js';
import { answer } from '../answer.js';
import type { CommandDeps } from '../command-deps.js';
import type { OnEvent } from '../interaction.js';
import { oncePerRequest } from '../once-per-request.js';
import { refusal } from '../permit.js';
import { personName } from '../person-name.js';
import { respond } from '../respond.js';
import { tellPerson } from '../tell-person.js';
import type { Doing } from '../trail.js';
import { giveBack, take } from './take.js';

/** The reaction that stands for “I look after this”. */
const EYES = 'eyes';

interface Reaction {
  readonly user: string;
  readonly channel: string;
  /** The message to which somebody reacted. */
  readonly ts: string;
  /** The same whenever Slack sends the event again. */
  readonly eventTs: string;
}

/** Somebody puts :eyes: on the card of a case: it is theirs. */
export const addedReaction: OnEvent = onEyes('added', async (deps, found, user, where) => {
  const [kind, name] = await Promise.all([
    deps.people.kindOf(user),
    personName(deps, { user, userName: '' }),
  ]);
  // An automation that marks messages takes care of nothing.
  if (kind === 'bot') return null;
  const refused = await refusal(deps, { user, ...where }, ['reply'], found, { deed: 'take' });
  if (refused !== null) return answer(refused);
  const { owner } = (await deps.store.caseFile(found.key)).people;
  const said = await take(deps, found, { user, name }, where);
  return owner?.user === user ? null : said;
});

/** The owner takes :eyes: away again: the case is nobody's. */
export const removedReaction: OnEvent = onEyes('removed', (deps, found, user, where) =>
  giveBack(deps, found, { user, userName: '', ...where }),
);

/**
 * Once for each event, however often Slack sends it: one that comes late, for the second time, must not take the case from
 * whoever has it by then.
 */
function onEyes(
  what: 'added' | 'removed',
  run: (
    deps: CommandDeps,
    found: Parameters<typeof take>[1],
    user: string,
    where: Pick<Doing, 'channel' | 'threadTs'>,
  ) => Promise<Message | null>,
): OnEvent {
  return async (deps, event, { afterwards }) => {
    const reaction = reactionOf(event);
    if (reaction === null) return;
    const { user, channel, ts, eventTs } = reaction;
    const record = await deps.store.caseByThread(channel, ts);
    if (record === null) return;
    const request = `reaction ${what} ${user} ${channel} ${ts} ${eventTs}`;
    await oncePerRequest(deps.store, [request], async () => {
      const found = { key: record.key, displayId: record.displayId, record };
      const said = await run(deps, found, user, { channel, threadTs: ts });
      if (said === null) return;
      const asker = { user, channel, threadTs: ts, responseUrl: null };
      // The card shows it as well: nothing is done again for want of an answer, and Slack need not wait for it.
      afterwards(async () => {
        if (!(await tellPerson({ ...deps, respond }, asker, said)))
          deps.log.warn('an answer did not reach Slack', { channel });
      });
    });
  };
}

/** Null for any other reaction, or one to something else than a message. Fields of events may be anything. */
function reactionOf({ user, reaction, item, event_ts }: Readonly<Record<string, unknown>>): Reaction | null {
  if (reaction !== EYES || !isId(user) || typeof item !== 'object' || item === null) return null;
  const { type, channel, ts } = { type: null, channel: null, ts: null, ...item };
  if (type !== 'message' || !isId(channel) || !isTs(ts) || !isTs(event_ts)) return null;
  return { user, channel, ts, eventTs: event_ts };
}

function isId(value: unknown): value is string {
  return typeof value === 'string' && /^[A-Z0-9]{1,50}$/.test(value);
}

function isTs(value: unknown): value is string {
  return typeof value === 'string' && /^\d{1,20}\.\d{1,20}$/.test(value);
}
