/**
 * What the plan of an account has, and what its role is allowed, without changing anything: every action is tried by a
 * dry run, which AWS refuses on purpose with DryRunOperationException when it would have done it. Values only: who shows
 * them finds the words.
 */
import {
  AddAttachmentsToSetCommand,
  AddCommunicationToCaseCommand,
  CreateCaseCommand,
  DescribeAttachmentCommand,
  DescribeCasesCommand,
  DescribeCommunicationsCommand,
  DescribeServicesCommand,
  DescribeSeverityLevelsCommand,
  DescribeSupportedLanguagesCommand,
  GetAttachmentDownloadLinkCommand,
  GetAttachmentUploadLinksCommand,
  ResolveCaseCommand,
  type SupportClient,
} from '@aws-sdk/client-support';
import { NoCredentials } from './credentials.js';
import type { Call } from './make-call.js';
import { PERMISSIONS } from './permissions.js';
import type { SeverityLevel } from './support-api.js';
import { SupportError } from './support-error.js';
import { describe } from './unreachable.js';
import { toSeverityLevel } from './wire.js';

export interface AccountExamination {
  /** `unknown`: AWS did not say, for the reason that the trouble gives. */
  readonly plan:
    | { readonly answer: 'has-api'; readonly severities: readonly SeverityLevel[] }
    | { readonly answer: 'no-plan' | 'unknown'; readonly trouble: SupportError };
  /** In the order of permissions.ts. */
  readonly actions: readonly ActionAnswer[];
}

/**
 * - `allowed`: AWS would have done it, or refused it for another reason than that it is not allowed.
 * - `denied`: IAM, or a policy of the organization, does not allow it.
 * - `not-offered`: AWS Support in this partition does not know the operation.
 * - `unknown`: no answer; or another action, which the same call needs and has an answer of its own, is denied.
 */
export interface ActionAnswer {
  /** Without `support:`. */
  readonly action: string;
  readonly answer: 'allowed' | 'denied' | 'not-offered' | 'unknown';
  /** Null where it is allowed. */
  readonly trouble: SupportError | null;
}

const TRIES = 5;
/** Cases and files that nobody has; so even an AWS that knows no dry run would change nothing. */
const NO_CASE = 'case-000000000000-muen-2000-casethreaddoctor';
const NO_FILE = 'attachment-casethread-doctor';
const NO_CODE = 'casethread-doctor';
const dryRun = true;

const ACTIONS: Readonly<
  Record<string, readonly [operation: string, send: (client: SupportClient) => Promise<unknown>]>
> = {
  DescribeCases: ['DescribeCases', (client) => client.send(new DescribeCasesCommand({ dryRun }))],
  DescribeCommunications: [
    'DescribeCommunications',
    (client) => client.send(new DescribeCommunicationsCommand({ caseId: NO_CASE, dryRun })),
  ],
  DescribeServices: ['DescribeServices', (client) => client.send(new DescribeServicesCommand({ dryRun }))],
  DownloadAttachment: [
    'GetAttachmentDownloadLink',
    (client) => client.send(new GetAttachmentDownloadLinkCommand({ attachmentId: NO_FILE, dryRun })),
  ],
  DescribeAttachment: [
    'DescribeAttachment',
    (client) => client.send(new DescribeAttachmentCommand({ attachmentId: NO_FILE, dryRun })),
  ],
  AddCommunicationToCase: [
    'AddCommunicationToCase',
    (client) =>
      client.send(
        new AddCommunicationToCaseCommand({
          caseId: NO_CASE,
          communicationBody: 'TEST-Please ignore',
          dryRun,
        }),
      ),
  ],
  ResolveCase: ['ResolveCase', (client) => client.send(new ResolveCaseCommand({ caseId: NO_CASE, dryRun }))],
  AddAttachmentsToSet: [
    'AddAttachmentsToSet',
    (client) =>
      client.send(
        new AddAttachmentsToSetCommand({
          attachments: [{ fileName: 'test.txt', data: new TextEncoder().encode('test') }],
          dryRun,
        }),
      ),
  ],
  UploadAttachment: [
    'GetAttachmentUploadLinks',
    (client) =>
      client.send(new GetAttachmentUploadLinksCommand({ fileName: 'test.txt', fileSizeBytes: 4, dryRun })),
  ],
  CreateCase: [
    'CreateCase',
    (client) =>
      client.send(
        new CreateCaseCommand({
          subject: 'TEST CASE-Please ignore',
          communicationBody: 'TEST CASE-Please ignore',
          serviceCode: NO_CODE,
          categoryCode: NO_CODE,
          severityCode: 'low',
          issueType: 'technical',
          language: 'en',
          dryRun,
        }),
      ),
  ],
  DescribeSeverityLevels: [
    'DescribeSeverityLevels',
    (client) => client.send(new DescribeSeverityLevelsCommand({ dryRun })),
  ],
  DescribeSupportedLanguages: [
    'DescribeSupportedLanguages',
    (client) =>
      client.send(
        new DescribeSupportedLanguagesCommand({
          issueType: 'technical',
          serviceCode: 'general-info',
          categoryCode: 'using-aws',
          dryRun,
        }),
      ),
  ],
};

const NAMES = PERMISSIONS.flatMap(({ actions }) => actions);

/** Never rejects: what AWS does not say, or not in time, is `unknown`. Thirteen calls, each in its turn. */
export async function examineAccount(asked: Call, longestMs?: number): Promise<AccountExamination> {
  const call = longestMs === undefined ? asked : until(performance.now() + longestMs, asked);
  const plan = await planOf(call);
  // Without a plan, without credentials, without an endpoint, each would only get the same answer.
  const ofAll = plan.answer === 'has-api' || isDenied(plan.trouble) ? null : plan.trouble;
  const actions: ActionAnswer[] = [];
  for (const action of NAMES) {
    actions.push(
      ofAll === null ? await tryAction(call, action) : { action, answer: 'unknown', trouble: ofAll },
    );
  }
  return { plan, actions };
}

/** Rejects then, whether or not AWS still answers. */
function until(end: number, call: Call): Call {
  return async (operation, send, atTurn) => {
    let client: SupportClient | null = null;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(
        () => {
          const sentence = 'AWS Support did not answer in time.';
          reject(new SupportError('unreachable', 'late', sentence, 'maybe', { cause: client }));
        },
        Math.max(0, end - performance.now()),
      );
    });
    const answered = call(
      operation,
      (each) => {
        client = each;
        return send(each);
      },
      atTurn,
    );
    // Nobody waits for it any more when it is late.
    answered.catch(() => undefined);
    return Promise.race([answered, late]).finally(() => clearTimeout(timer));
  };
}

async function planOf(call: Call): Promise<AccountExamination['plan']> {
  try {
    const { severityLevels = [] } = await inItsTurn(() =>
      call('DescribeSeverityLevels', (client) =>
        client.send(new DescribeSeverityLevelsCommand({ language: 'en' })),
      ),
    );
    return { answer: 'has-api', severities: severityLevels.flatMap(toSeverityLevel) };
  } catch (error) {
    if (!(error instanceof SupportError)) throw error;
    return { answer: error.kind === 'no-plan' ? 'no-plan' : 'unknown', trouble: error };
  }
}

async function tryAction(call: Call, action: string): Promise<ActionAnswer> {
  const [operation, send] = ACTIONS[action] ?? [];
  if (operation === undefined || send === undefined) throw new Error(`no trial of ${action}`);
  try {
    await inItsTurn(() =>
      call(operation, (client) =>
        send(client).catch((error: unknown) => {
          if (describe(error).name !== 'DryRunOperationException') throw error;
        }),
      ),
    );
    return { action, answer: 'allowed', trouble: null };
  } catch (error) {
    if (!(error instanceof SupportError)) throw error;
    const answer = answerOf(action, error);
    return { action, answer, trouble: answer === 'allowed' ? null : error };
  }
}

function answerOf(action: string, error: SupportError): ActionAnswer['answer'] {
  if (isDenied(error)) {
    const { message } = describe(error.cause);
    const named = /perform: support:(\w+)/.exec(message)?.[1] ?? action;
    return named !== action && NAMES.includes(named) ? 'unknown' : 'denied';
  }
  if (error.code === 'UnknownOperationException') return 'not-offered';
  // It got as far as what was asked for: the case or the file that nobody has, or codes that do not exist.
  return error.kind === 'not-found' || error.kind === 'refused' ? 'allowed' : 'unknown';
}

/** The action itself, by a policy: not the role, nor whoever calls. */
function isDenied({ kind, code, cause }: SupportError): boolean {
  const isOfAction = kind === 'no-permission' && !(cause instanceof NoCredentials);
  return isOfAction && /^(AccessDenied|UnauthorizedOperation)/.test(code);
}

/** While AWS limits calls, the account's pace makes each wait longer. */
async function inItsTurn<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      const mayPass = error instanceof SupportError && error.kind === 'throttled';
      if (!mayPass || attempt === TRIES) throw error;
    }
  }
}
