import { isBlank } from '../../case/folded.js';
import { MAX_COMMUNICATION, withStamp } from '../../case/stamp.js';
import { hasSecrets } from '../../outbox/guard.js';
import { clip } from '../../slack/clip.js';
import type { Message } from '../../slack/message.js';
import type { NewCase } from '../../support/support-api.js';
import { passesByItself, SupportError } from '../../support/support-error.js';
import { errorFields } from '../../telemetry/log.js';
import { answer } from '../answer.js';
import type { CommandDeps } from '../command-deps.js';
import { CC_BLOCK, readCc } from '../form-parts/cc.js';
import { filesIn } from '../form-parts/files.js';
import { boxId, textIn } from '../form-parts/long-text.js';
import { inTime } from '../in-time.js';
import type { FormAnswer, OnSubmission, OpenView } from '../interaction.js';
import { refusalToOpen } from '../permit.js';
import { personName } from '../person-name.js';
import { quoted } from '../quoted.js';
import { rightsToSend } from '../refused-message.js';
import { respond } from '../respond.js';
import { secretsAsked, secretsQuestion, secretsView } from '../secrets-question.js';
import { subjectOf } from '../subject-of.js';
import { tellPerson } from '../tell-person.js';
import { CREATE_WORDS, CREATE_FORM_WORDS as FORM } from '../words/create.js';
import { GUARD_WORDS } from '../words/guard.js';
import { createForm } from './create-form.js';
import { BLOCKS, blockNamed, filledIn, openedIn, rememberedIn } from './filled.js';
import { choicesWith, formWith } from './form-acts.js';
import { likelyIssueType } from './issue-type.js';
import { coded } from './options.js';

/** Of the three seconds that Slack waits, what is left once the case is kept. */
const ASK_AWS_MS = 1_100;
/** In place of the text, and of a subject with secrets, when AWS is only asked whether it would open the case. */
const ASKING = 'This only asks whether the case would be opened.';
const ASKING_SUBJECT = 'A new case';
/** As long as a reference is. */
const ANY_REFERENCE = '0123456789';
/** Slack shows what is wrong under an input, in few lines. */
const ERROR = 250;

/** The form is sent: it is looked at, AWS is asked whether it would take the case, and the case is kept to be opened. */
export const submitCreate: OnSubmission = async (deps, { user, userName, isStranger = false, view }) => {
  const filled = filledIn(view.values);
  const place = { ...rememberedIn(view), user };
  const shown = async (notice: string): Promise<FormAnswer> => ({
    do: 'show',
    view: createForm({ ...(await formWith(deps, place, filled)), notice }),
  });
  const form = await choicesWith(deps, place, filled);
  const { account, choices } = form;
  if (account === null || choices === null) return { do: 'show', view: createForm(form) };
  const { services, severities } = choices;
  const service = coded(services, filled.service);
  const category = coded(service?.categories ?? [], filled.category);
  if (service !== undefined && category === undefined && service.categories.length > 0)
    return shown(`:warning: ${FORM.categoryMissing(quoted(service.name))}`);

  const { cc, problem } = readCc(view.values);
  const text = textIn(view.values);
  const subject = isBlank(filled.subject) ? '' : filled.subject.replace(/\s+/gu, ' ').trim();
  const severity = coded(severities, filled.severity);
  const opening = {
    subject,
    service: service?.code ?? '',
    category: category?.code ?? 'other',
    severity: severity?.code ?? '',
    language: filled.language ?? 'en',
    issueType: filled.issueType ?? likelyIssueType(service?.code ?? ''),
  } as const;
  const wrong = {
    ...(service === undefined ? { [BLOCKS.service]: FORM.serviceMissing } : {}),
    ...(subject === '' ? { [BLOCKS.subject]: FORM.subjectMissing } : {}),
    ...(text === '' ? { [boxId(1)]: FORM.textMissing } : {}),
    ...(problem === null ? {} : { [CC_BLOCK]: clip(problem, ERROR) }),
  };
  if (Object.keys(wrong).length > 0) return { do: 'errors', errors: wrong };

  const files = filesIn(view.values);
  const rights = rightsToSend('create', { files });
  const refused = await refusalToOpen(
    deps,
    { user, userName, isStranger, channel: '', began: openedIn(deps, user, place) },
    rights,
    { account, details: opening },
    { text },
  );
  if (refused !== null) return shown(refused);

  const name = personName(deps, { user, userName });
  // Nothing of it that the person is to be asked about may leave by this.
  const asked = hasSecrets({ text: '', opening }) ? ASKING_SUBJECT : subject;
  const refusal = await refusalOf(deps, account, {
    ...opening,
    subject: asked,
    letter: { body: ASKING, cc },
  });
  const person = await name;
  const most = MAX_COMMUNICATION - withStamp('', person, ANY_REFERENCE).length;
  if (text.length > most)
    return { do: 'errors', errors: { [boxId(1)]: FORM.textTooLong(text.length, most) } };
  if (refusal !== null)
    return underItsInput(view, refusal) ?? shown(FORM.refused(quoted(refusal.sentence, 1_000)));

  const { channel } = place;
  const taken = await deps.outbox.submit({
    kind: 'create',
    key: { account, caseId: '' },
    displayId: '',
    text,
    opening,
    ...(files.length === 0 ? {} : { files }),
    ...(cc.length === 0 ? {} : { cc }),
    user,
    person,
    channel,
    threadTs: null,
    responseUrl: null,
    // The form itself: however often it is sent, it is one case. What was asked about is kept under its account, and must
    // not go there when the person has come back to the form to choose another.
    request: ['form', view.id, ...(filled.account === null ? [] : [account])].join(' '),
  });
  const asker = { user, channel, threadTs: null, responseUrl: null };
  const tell = async (said: Message) => void (await tellPerson({ ...deps, respond }, asker, said));
  if (typeof taken === 'object') {
    const question = secretsQuestion(taken.asks);
    // Over the form: what is typed stays in it, for those who take the secret out themselves.
    const over = secretsView(question, { isOver: true });
    return { do: 'push', view: over, late: () => tell(secretsAsked(question)) };
  }
  switch (taken) {
    case 'taken': {
      const said = answer(CREATE_WORDS.opening(subjectOf({ opening })));
      return { do: 'close', afterwards: () => tell(said) };
    }
    case 'before':
      return { do: 'close' };
    // Under the input: to show the form anew, the store would have to be asked again.
    case 'not-kept':
      return { do: 'errors', errors: { [boxId(1)]: GUARD_WORDS.notTakenInForm } };
    case 'unclear':
      return { do: 'errors', errors: { [boxId(1)]: FORM.unclear } };
  }
};

/** What AWS says against the case; null where it would open it, or cannot say in time: then the outbox finds out. */
async function refusalOf(deps: CommandDeps, account: string, newCase: NewCase): Promise<SupportError | null> {
  const asked = deps.accounts
    .for(account, 'person')
    .tryToOpen(newCase)
    .then(
      () => null,
      (error: unknown) => {
        if (!(error instanceof SupportError)) throw error;
        deps.log.debug('a case would not be opened', errorFields(error));
        return passesByItself(error) ? null : error;
      },
    );
  return inTime(asked, ASK_AWS_MS, null);
}

/** Words by which AWS names what it does not take, and the inputs for it. */
const NAMED: readonly [said: RegExp, block: string][] = [
  [/serviceCode/i, BLOCKS.service],
  [/categoryCode/i, BLOCKS.category],
  [/severityCode/i, BLOCKS.severity],
  [/issueType/i, BLOCKS.issueType],
  [/language/i, BLOCKS.language],
  [/ccEmail/i, CC_BLOCK],
  [/communicationBody/i, boxId(1)],
  [/subject/i, BLOCKS.subject],
];

function underItsInput(view: OpenView, { kind, sentence }: SupportError): FormAnswer | null {
  if (kind !== 'refused') return null;
  const name = NAMED.find(([said]) => said.test(sentence))?.[1];
  const block = name === undefined ? null : blockNamed(view, name);
  return block === null ? null : { do: 'errors', errors: { [block]: clip(sentence, ERROR) } };
}
