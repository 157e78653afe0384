import type { AuditEntry } from '../../store/audit-entry.js';
import { listed } from './doctor.js';

/** `before`: what stands between the verb and the case, where there is one, and the case is not its object. */
type Verb = readonly [infinitive: string, past: string, before?: string];

/** What is said in front of the case, where there is one. */
const VERBS: Readonly<Record<string, Verb>> = {
  reply: ['reply to', 'replied to'],
  resolve: ['resolve', 'resolved'],
  create: ['open', 'opened'],
  attach: ['send files to', 'sent files to'],
  cancel: ['leave alone', 'left alone what was kept for'],
  'send-again': ['send once more what had come back from', 'sent once more what had come back from'],
  'choose-case': ['choose', 'said which case is meant:'],
  'reopen-agreed': ['reopen', 'agreed that the reply reopens'],
  'secrets-removed': ['send without secrets to', 'had what looks like secrets taken out of the text for'],
  'secrets-sent': ['send with secrets to', 'sent the text as it is, with what looks like secrets, to'],
  'secrets-kept': ['keep back from', 'kept back a text with what looks like secrets from'],
  take: ['take', 'took'],
  'give-back': ['give back', 'gave back'],
  'file-link': ['get a link to a file of', 'got a link to a file of'],
  'file-again': ['have a file brought once more of', 'had a file brought once more of'],
  follow: ['follow', 'followed'],
  mute: ['mute', 'muted'],
  unmute: ['hear again of', 'hears again of'],
  read: ['read', 'read'],
  doctor: ['call the doctor', 'called the doctor', 'in the thread of'],
  audit: ['read the audit trail', 'read the audit trail', 'of'],
  administer: ['do what is for administrators', 'did what is for administrators', 'in the thread of'],
  reload: ['read CONFIG_FILE again', 'read CONFIG_FILE again'],
};
/** What AWS carries out. */
const AT_AWS = ['reply', 'resolve', 'create'];

const WHY: Readonly<Record<string, string>> = {
  secrets: 'waits: it holds what looks like secrets',
  'which-case': 'waits: it may mean several cases',
  'shown-by-aws': 'seen on the case at AWS',
  'was-resolved': 'it was resolved already',
  expired: 'given up: nobody chose in time',
  'not-shown-by-aws': 'nobody knows: AWS did not confirm it, and does not show it',
  unclear: 'nobody knows: AWS did not confirm it, and could not be asked',
  'not-permitted': 'refused: they may not',
  'cannot-be-checked': 'refused: Slack did not say in time whether they may',
  'not-administrator': 'refused: not one of the administrators',
  'not-here': 'refused: not in a channel with cases',
  'other-company': 'refused: of another company',
};

/** Before anybody has looked. */
const LOOKED_FOR = 'AWS did not confirm it: it is looked for on the case';

/** What is said by and about the audit trail. Slack markup but where it says so; what is passed in must be escaped. */
export const AUDIT_WORDS = {
  /** @param who mentions of administrators. */
  notAllowed: (who: readonly string[], more: number) =>
    `The audit trail is for those who take care of Casethread, so nothing is shown. Ask ${listed(who, more)}.`,
  notHere: (channel: string) =>
    `The audit trail is shown in a channel with cases, so nothing is shown here. Type it in ${channel}.`,
  head: 'Who did what, newest first.',
  headOf: (name: string) => `Who did what on ${name}, newest first.`,
  none: 'The audit trail has no lines yet.',
  noneOf: (name: string) => `The audit trail has no lines about ${name}.`,
  /** For whoever may see the trail of every case. */
  unknownCase: (typed: string, command: string) =>
    `I know no case “${typed}”, and the AWS accounts that I can ask have none, so nothing is shown. Check the number. \`${command} audit\` shows the lines about all cases.`,
  noneOlder: 'There is nothing older in the audit trail.',
  oldButton: 'That button is of no use any more. Type `audit` again.',
  newest: 'Newest',
  older: 'Older',
  /** Plain. */
  end: 'Times are yours. npm run audit, where Casethread runs, writes all of it as a file.',
  newCase: 'a new case',
  in: ' in ',
  there: 'there',
} as const;

/** `replied to`, `wanted to resolve`, `read the audit trail of`; plain. */
export function verbOf(line: Pick<AuditEntry, 'deed' | 'result' | 'why'>, isOfCase: boolean): string {
  const [, , before = ''] = wordsFor(line.deed);
  return isOfCase && before !== '' ? `${verb(line)} ${before}` : verb(line);
}

function verb({ deed, result, why }: Pick<AuditEntry, 'deed' | 'result' | 'why'>): string {
  const [infinitive, past] = wordsFor(deed);
  // Somebody else did it before, so it is not said of this person.
  if (why === 'was-resolved') return `asked to ${infinitive}`;
  switch (result) {
    case 'done':
      return past;
    case 'asked':
      return `asked to ${infinitive}`;
    case 'failed':
      return `tried to ${infinitive}`;
    case 'refused':
      return `wanted to ${infinitive}`;
  }
}

function wordsFor(deed: string): Verb {
  return Object.hasOwn(VERBS, deed) ? (VERBS[deed] as Verb) : [deed, deed];
}

/** How it went, `''` where there is nothing to say; plain. */
export function resultOf({ deed, result, why }: Pick<AuditEntry, 'deed' | 'result' | 'why'>): string {
  if (result === 'asked' && why === 'unclear') return LOOKED_FOR;
  const said = why !== null && Object.hasOwn(WHY, why) ? WHY[why] : undefined;
  if (said !== undefined) return said;
  switch (result) {
    case 'done':
      return AT_AWS.includes(deed) ? 'AWS has carried it out' : '';
    case 'asked':
      return 'on its way';
    case 'failed':
      return why === null ? 'not carried out' : `not carried out: ${why}`;
    case 'refused':
      return why === null ? 'refused' : `refused: ${why}`;
  }
}

export function writtenWords({ length, files }: Pick<AuditEntry, 'length' | 'files'>): string[] {
  return [
    ...(length === null
      ? []
      : [`${length.toLocaleString('en-US')} ${length === 1 ? 'character' : 'characters'}`]),
    ...(files === null ? [] : [`${files} ${files === 1 ? 'file' : 'files'}`]),
  ];
}
