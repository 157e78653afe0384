import type { RichTextElement } from '@slack/types';
import { fromSlack } from '../../case/author.js';
import type { CaseKey } from '../../case/case-key.js';
import { whoWantsToKnow } from '../../case/people.js';
import type { Reading } from '../../case/reading.js';
import { whatWasSaid } from '../../case/what-was-said.js';
import { clip } from '../../slack/clip.js';
import type { Message } from '../../slack/message.js';
import { caseName } from '../../slack/render-card.js';
import { bold, italic, plain, richText } from '../../slack/rich-text.js';
import { who } from '../../slack/who.js';
import { deedOf } from '../../store/outbox-message.js';
import type { CaseFile } from '../../store/store.js';
import { SupportError } from '../../support/support-error.js';
import { answer } from '../answer.js';
import type { CommandDeps } from '../command-deps.js';
import type { FoundCase } from '../find-case.js';
import { inTime } from '../in-time.js';
import type { PermitAsker } from '../permit.js';
import { NAME_MS } from '../person-name.js';
import { Barred, readAs } from '../read-as.js';
import { awsTrouble } from '../words/aws-trouble.js';
import { PEOPLE_WORDS } from '../words/people.js';
import { peopleButtons } from './people-buttons.js';

const ASK_AWS_MS = 1_500;
const NAMED = 20;
const NAME = 100;

/** Who has the case, who is told of it, and who has written on it: as far as Slack, the outbox and AWS say. */
export async function whoIsOn(
  deps: CommandDeps,
  { key, displayId }: Omit<Extract<FoundCase, { found: true }>, 'found'>,
  asker: PermitAsker,
): Promise<Message> {
  const { user } = asker;
  const file = await deps.store.caseFile(key);
  const { people } = file;
  const { owner, muted } = people;
  const told = whoWantsToKnow(people);
  const [names, reading] = await Promise.all([
    Promise.all(told.slice(0, NAMED).map((each) => nameOf(deps, each, user))),
    readCase(deps, asker, key),
  ]);
  if (reading instanceof Barred) return answer(reading.say);
  const writers = writersOf(file, typeof reading === 'string' ? null : reading, deps.now());
  const notes = [
    ...(typeof reading === 'string' ? [PEOPLE_WORDS.onlyFromSlack(reading)] : []),
    ...(typeof reading !== 'string' && !reading.complete ? [PEOPLE_WORDS.earlierWriters] : []),
    ...(muted.includes(user) ? [PEOPLE_WORDS.youMuted] : []),
  ];
  const lines: RichTextElement[][] = [
    [bold(`${PEOPLE_WORDS.whoTitle}${caseName({ key, displayId })}`)],
    [
      plain(`\n${PEOPLE_WORDS.owner}`),
      owner === null
        ? plain(PEOPLE_WORDS.nobodyOwns)
        : bold(shortName(owner.name) + (owner.user === user ? PEOPLE_WORDS.you : '')),
    ],
    [plain(`\n${PEOPLE_WORDS.followers}${listed(names, told.length) || PEOPLE_WORDS.nobodyFollows}`)],
    [
      plain(
        `\n${PEOPLE_WORDS.writers}${listed(writers.slice(0, NAMED), writers.length, '; ') || PEOPLE_WORDS.nobodyWrote}`,
      ),
    ],
    ...notes.map((note) => [plain('\n'), italic(note)]),
  ];
  return {
    text: `${PEOPLE_WORDS.whoTitle}${caseName({ key, displayId })}`.replace(/[<>&]/g, ' '),
    blocks: [
      richText(lines.flat()),
      peopleButtons(key, owner?.user === user ? 'giveBack' : 'take', told.includes(user) ? 'mute' : 'follow'),
    ],
  };
}

async function nameOf({ slack }: CommandDeps, each: string, user: string): Promise<string> {
  const name = (await inTime(slack.personName(each), NAME_MS, null)) ?? each;
  return shortName(name) + (each === user ? PEOPLE_WORDS.you : '');
}

/** The case as AWS shows it, or why it does not, or may not be read. */
async function readCase(
  deps: CommandDeps,
  asker: PermitAsker,
  key: CaseKey,
): Promise<Reading | Barred | string> {
  try {
    const reading = readAs(deps, asker, key).getCase(key.caseId);
    return (await inTime(reading, ASK_AWS_MS, null)) ?? PEOPLE_WORDS.awsIsSlow;
  } catch (error) {
    if (error instanceof Barred) return error;
    if (!(error instanceof SupportError)) throw error;
    return awsTrouble(error);
  }
}

/** Each once, whoever wrote first first; named as in the thread. */
function writersOf(file: CaseFile, reading: Reading | null, now: number): string[] {
  const { outbox, facts, ledger, calls } = file;
  const known = { facts, ledger, calls, deeds: outbox.map(deedOf), doubts: [] };
  const atAws = reading === null ? [] : whatWasSaid(known, reading, now).map(({ author }) => who(author));
  const fromHere = outbox
    .filter(({ kind, state }) => kind === 'reply' && (state === 'sent' || state === 'seen'))
    .sort((a, b) => a.createdAt - b.createdAt)
    .map(({ person }) => who(fromSlack(person)));
  return [...new Set([...atAws, ...fromHere].map(shortName))];
}

function listed(names: readonly string[], total: number, between = ', '): string {
  const more = total > names.length ? [PEOPLE_WORDS.andMore(total - names.length)] : [];
  return [...names, ...more].join(between);
}

function shortName(name: string): string {
  return clip(name.replace(/\s+/g, ' '), NAME);
}
