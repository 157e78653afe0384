import type { InputBlock, KnownBlock, ModalView, PlainTextOption } from '@slack/types';
import { severityWords } from '../../case/words.js';
import { ACTIONS, FORMS } from '../../slack/action-ids.js';
import { escapeText } from '../../slack/escape.js';
import { SLACK_LIMITS } from '../../slack/limits.js';
import { markdown } from '../../slack/rich-text.js';
import type { Choices } from '../../support/catalogue.js';
import { type Language, OWN_ACCOUNT, type Service, type SeverityLevel } from '../../support/support-api.js';
import { ccInput } from '../form-parts/cc.js';
import { filesInput } from '../form-parts/files.js';
import { moreRoom, textBoxes } from '../form-parts/long-text.js';
import { CREATE_FORM_WORDS as WORDS } from '../words/create.js';
import { BLOCKS, type Filled, MOST_IN_SUBJECT, remembering } from './filled.js';
import { likelyIssueType } from './issue-type.js';
import { coded, option } from './options.js';

export interface CreateForm {
  /** Where to answer. */
  readonly channel: string;
  /** The same, so that nobody can change it: see `sealedPlace`. */
  readonly sealed: string;
  /** Those in which a case can be opened. */
  readonly accounts: readonly string[];
  /** What people call one of them. */
  readonly accountName: (account: string) => string;
  /** Null where AWS does not say for the account that is chosen, or none is: another one can be chosen. */
  readonly choices: Choices | null;
  /** Empty: those that AWS has for any case. */
  readonly languages: readonly Language[];
  readonly filled: Filled;
  /** Whether the person might open a case of such a severity. */
  readonly mayHave: (severity: string) => boolean;
  /** What has to be said above everything, in Slack's markup. */
  readonly notice?: string;
}

/** All languages of CreateCase (facts: aws-support.md, 2.2); which of them serve, depends on the case. */
const LANGUAGES: readonly Language[] = [
  { code: 'en', name: 'English' },
  { code: 'zh', name: 'Chinese' },
  { code: 'fr', name: 'French' },
  { code: 'ja', name: 'Japanese' },
  { code: 'ko', name: 'Korean' },
  { code: 'pt', name: 'Portuguese' },
  { code: 'es', name: 'Spanish' },
  { code: 'tr', name: 'Turkish' },
];

/** What fits well for most who come without a number: AWS's own first choice, and nothing that wakes anybody. */
const USUAL = { severity: 'low', language: 'en' } as const;

export function createForm(form: CreateForm): ModalView {
  const { channel, sealed, accounts, choices, filled, notice } = form;
  const service = coded(choices?.services ?? [], filled.service);
  const [only = null] = accounts;
  return {
    type: 'modal',
    callback_id: FORMS.create,
    private_metadata: remembering({ channel, account: accounts.length > 1 ? null : only, sealed }),
    title: plain(WORDS.title),
    submit: plain(WORDS.submit),
    close: plain(WORDS.cancel),
    blocks: [
      ...(notice === undefined ? [] : [markdown(notice)]),
      ...accountBlocks(form),
      ...(choices === null ? [] : [serviceInput(service)]),
      ...(service === undefined ? [] : categoryInputs(service, filled)),
      ...(choices === null ? [] : [severityInput(offered(choices.severities, form.mayHave), filled)]),
      subjectInput(filled),
      // A case without a text there is not.
      ...textBoxes(WORDS.text, WORDS.textPlaceholder, filled.boxes).map((box, index) =>
        index === 0 ? { ...box, optional: false } : box,
      ),
      ...moreRoom(ACTIONS.createMoreRoom, filled.boxes.length),
      filesInput(),
      ccInput(),
      ...(choices === null ? [] : [languageInput(form.languages, filled)]),
      context(WORDS.whatAwsSees),
    ],
  };
}

/** Nothing is asked where there is nothing to choose. Of more accounts than a menu takes, those are offered that fit. */
function accountBlocks({ accounts, accountName, choices, filled }: CreateForm): KnownBlock[] {
  const [only = OWN_ACCOUNT] = accounts;
  if (accounts.length <= 1)
    return only === OWN_ACCOUNT ? [] : [context(WORDS.inAccount(escapeText(accountName(only))))];
  const chosen = filled.account ?? (choices === null ? null : only);
  // What was chosen and is not there any more must not stay.
  const block = chosen === null ? named(BLOCKS.account, 'anew') : BLOCKS.account;
  const optionOf = (account: string) => option(accountName(account), account);
  if (accounts.length <= SLACK_LIMITS.options)
    return [
      select(WORDS.account, block, ACTIONS.createAccount, accounts.map(optionOf), chosen, { dispatch: true }),
    ];
  return [
    {
      type: 'input',
      block_id: block,
      dispatch_action: true,
      label: plain(WORDS.account),
      element: {
        type: 'external_select',
        action_id: ACTIONS.createAccount,
        min_query_length: 0,
        placeholder: plain(WORDS.accountPlaceholder),
        ...(chosen === null ? {} : { initial_option: optionOf(chosen) }),
      },
    },
  ];
}

function serviceInput(service: Service | undefined): InputBlock {
  return {
    type: 'input',
    block_id: BLOCKS.service,
    dispatch_action: true,
    label: plain(WORDS.service),
    ...(service === undefined ? { hint: plain(WORDS.serviceHint) } : {}),
    element: {
      type: 'external_select',
      action_id: ACTIONS.createService,
      min_query_length: 0,
      placeholder: plain(WORDS.servicePlaceholder),
      ...(service === undefined ? {} : { initial_option: option(service.name, service.code) }),
    },
  };
}

function categoryInputs(service: Service, filled: Filled): InputBlock[] {
  const options = service.categories
    .slice(0, SLACK_LIMITS.options)
    .map(({ code, name }) => option(name, code));
  const likely = likelyIssueType(service.code);
  const issueTypes = [
    option(WORDS.technical, 'technical'),
    option(WORDS.customerService, 'customer-service'),
  ];
  return [
    ...(options.length === 0
      ? []
      : [
          select(
            WORDS.category,
            named(BLOCKS.category, service.code),
            ACTIONS.createCategory,
            options,
            filled.category,
            { dispatch: true, placeholder: WORDS.categoryPlaceholder },
          ),
        ]),
    // What was chosen for one service is none for the next.
    select(
      WORDS.issueType,
      named(BLOCKS.issueType, service.code),
      ACTIONS.createIssueType,
      issueTypes,
      filled.issueType ?? likely,
      { dispatch: true },
    ),
  ];
}

/** Where none is left, all: then they are told so when they send it, and keep what they wrote. */
function offered(
  severities: readonly SeverityLevel[],
  mayHave: CreateForm['mayHave'],
): readonly SeverityLevel[] {
  const some = severities.filter(({ code }) => mayHave(code));
  return some.length === 0 ? severities : some;
}

function severityInput(severities: readonly SeverityLevel[], filled: Filled): InputBlock {
  const options = severities
    .slice(0, SLACK_LIMITS.options)
    .map(({ code, name }) => option(severityName(code, name), code, WORDS.severityTarget(code)));
  return select(WORDS.severity, BLOCKS.severity, 'severity', options, filled.severity ?? USUAL.severity);
}

/** By both names: people know the one from the console, and AWS's answers use the other. */
function severityName(code: string, name: string): string {
  const words = severityWords(code);
  return words === code ? name : words.replace(/ \([^)]*\)$/, ` (${name})`);
}

function languageInput(given: readonly Language[], filled: Filled): InputBlock {
  const languages = given.length === 0 ? LANGUAGES : given.slice(0, SLACK_LIMITS.options);
  const codes = languages.map(({ code }) => code);
  const wanted = [filled.language, USUAL.language, codes[0]];
  const initial = wanted.find((code) => code != null && codes.includes(code)) ?? null;
  const options = languages.map(({ code, name }) => option(name, code));
  return select(WORDS.language, named(BLOCKS.language, codes.join('-')), 'language', options, initial);
}

function subjectInput({ subject }: Filled): InputBlock {
  return {
    type: 'input',
    block_id: BLOCKS.subject,
    label: plain(WORDS.subject),
    element: {
      type: 'plain_text_input',
      action_id: 'subject',
      max_length: MOST_IN_SUBJECT,
      placeholder: plain(WORDS.subjectPlaceholder),
      ...(subject === '' ? {} : { initial_value: subject }),
    },
  };
}

function select(
  label: string,
  blockId: string,
  actionId: string,
  options: PlainTextOption[],
  chosen: string | null,
  { dispatch = false, placeholder = null as string | null } = {},
): InputBlock {
  const initial = options.find(({ value }) => value === chosen);
  return {
    type: 'input',
    block_id: blockId,
    ...(dispatch ? { dispatch_action: true } : {}),
    label: plain(label),
    element: {
      type: 'static_select',
      action_id: actionId,
      options,
      ...(initial === undefined ? {} : { initial_option: initial }),
      ...(placeholder === null ? {} : { placeholder: plain(placeholder) }),
    },
  };
}

/** Slack gives a block's name 255 characters. */
function named(block: string, choices: string): string {
  return `${block}:${choices}`.slice(0, 255);
}

function context(text: string): KnownBlock {
  return { type: 'context', elements: [{ type: 'mrkdwn', text, verbatim: true }] };
}

function plain(text: string) {
  return { type: 'plain_text' as const, text };
}
