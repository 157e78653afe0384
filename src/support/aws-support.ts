import {
  AddCommunicationToCaseCommand,
  type CaseDetails,
  CreateCaseCommand,
  DescribeAttachmentCommand,
  DescribeCasesCommand,
  type DescribeCasesCommandInput,
  DescribeCommunicationsCommand,
  DescribeServicesCommand,
  DescribeSeverityLevelsCommand,
  DescribeSupportedLanguagesCommand,
  ResolveCaseCommand,
} from '@aws-sdk/client-support';
import type { Case } from '../case/case.js';
import type { Communication } from '../case/communication.js';
import { oldestFirst } from '../case/oldest-first.js';
import type { Reading } from '../case/reading.js';
import { getDownloadLink } from './download-link.js';
import { requestIdOf } from './errors.js';
import { type CallDeps, makeCall } from './make-call.js';
import { ACCOUNT_REASONS, NO_ANSWER, NOT_TAKEN } from './reasons.js';
import type { SupportApi, Urgency } from './support-api.js';
import { SupportError } from './support-error.js';
import { uploads } from './uploads.js';
import {
  toCase,
  toCommunication,
  toLanguage,
  toService,
  toSeverityLevel,
  toWire,
  toWireCase,
} from './wire.js';

export interface AwsSupportDeps extends CallDeps {
  readonly urgency: Urgency;
  /** Whose cases are asked for: those of another account, which these credentials may show, are not. Null for any. */
  readonly account: string | null;
  /** The account of a case that AWS shows. Null when it cannot be told. */
  readonly accountOf: (caseId: string) => string | null;
  /**
   * What people call the account where somebody has said that these credentials are for it: then a case of another one is
   * not passed over, but an error.
   */
  readonly onlyFor?: string | undefined;
  readonly noSuchCase?: string;
}

const PAGE = 100;
const ENGLISH = { language: 'en' };

/** AWS Support over the SDK: pages walked, order settled, pace kept, errors mapped. */
export function awsSupport(deps: AwsSupportDeps): SupportApi {
  const { urgency, account: asked, accountOf, onlyFor, role } = deps;
  const call = makeCall(deps, urgency);

  const describeCases = (input: DescribeCasesCommandInput) =>
    call('DescribeCases', (client) => client.send(new DescribeCasesCommand(input)));

  const toReading = (details: CaseDetails): Reading | null => {
    const account = accountOf(details.caseId ?? '');
    if (account === null || details.caseId === undefined) return null;
    if (asked !== null && account !== asked) {
      if (onlyFor === undefined) return null;
      const sentence = ACCOUNT_REASONS.otherAccount(onlyFor, account, role);
      throw new SupportError('no-permission', 'other-account', sentence, 'no');
    }
    const recent = details.recentCommunications;
    return {
      case: toCase(account, details),
      communications: oldestFirst((recent?.communications ?? []).map(toCommunication)),
      complete: recent !== undefined && !recent.nextToken,
    };
  };

  const byIds = async (caseIdList: string[]): Promise<Reading[]> => {
    try {
      const answer = await describeCases({ caseIdList, includeResolvedCases: true, maxResults: PAGE });
      return (answer.cases ?? []).map(toReading).filter(isPresent);
    } catch (error) {
      // One unknown case refuses the whole list: the others are found by halves.
      if (!(error instanceof SupportError) || error.kind !== 'not-found') throw error;
      if (caseIdList.length < 2) return [];
      const half = Math.ceil(caseIdList.length / 2);
      return [...(await byIds(caseIdList.slice(0, half))), ...(await byIds(caseIdList.slice(half)))];
    }
  };

  return {
    account: asked,
    ...(deps.noSuchCase === undefined ? {} : { noSuchCase: deps.noSuchCase }),

    async getCase(caseId) {
      const [reading] = await byIds([caseId]);
      return reading ?? null;
    },

    async findByDisplayId(displayId) {
      const found: Case[] = [];
      let nextToken: string | undefined;
      do {
        const answer = await describeCases({
          displayId,
          includeResolvedCases: true,
          includeCommunications: false,
          ...(nextToken === undefined ? {} : { nextToken }),
        }).catch((error: unknown) => {
          if (error instanceof SupportError && error.kind === 'not-found')
            return { cases: [], nextToken: undefined };
          throw error;
        });
        const readings = (answer.cases ?? []).map(toReading).filter(isPresent);
        found.push(...readings.map((reading) => reading.case).filter((c) => c.displayId === displayId));
        nextToken = answer.nextToken;
      } while (nextToken);
      return found;
    },

    async communications(caseId) {
      const all: Communication[] = [];
      let nextToken: string | undefined;
      do {
        const answer = await call('DescribeCommunications', (client) =>
          client.send(
            new DescribeCommunicationsCommand({
              caseId,
              maxResults: PAGE,
              ...(nextToken === undefined ? {} : { nextToken }),
            }),
          ),
        );
        all.push(...(answer.communications ?? []).map(toCommunication));
        nextToken = answer.nextToken;
      } while (nextToken);
      return oldestFirst(all);
    },

    async *openCases() {
      let nextToken: string | undefined;
      do {
        const answer = await describeCases({
          includeResolvedCases: false,
          maxResults: PAGE,
          ...(nextToken === undefined ? {} : { nextToken }),
        });
        yield* (answer.cases ?? []).map(toReading).filter(isPresent);
        nextToken = answer.nextToken;
      } while (nextToken);
    },

    async casesById(caseIds) {
      const readings: Reading[] = [];
      for (let from = 0; from < caseIds.length; from += PAGE) {
        readings.push(...(await byIds(caseIds.slice(from, from + PAGE))));
      }
      return readings;
    },

    async services() {
      const answer = await call('DescribeServices', (client) =>
        client.send(new DescribeServicesCommand(ENGLISH)),
      );
      return (answer.services ?? []).flatMap(toService);
    },

    async severities() {
      const answer = await call('DescribeSeverityLevels', (client) =>
        client.send(new DescribeSeverityLevelsCommand(ENGLISH)),
      );
      return (answer.severityLevels ?? []).flatMap(toSeverityLevel);
    },

    async languages(issueType, serviceCode, categoryCode) {
      const answer = await call('DescribeSupportedLanguages', (client) =>
        client.send(new DescribeSupportedLanguagesCommand({ issueType, serviceCode, categoryCode })),
      );
      return (answer.supportedLanguages ?? []).flatMap(toLanguage);
    },

    async openCase(newCase, atTurn) {
      const answer = await call(
        'CreateCase',
        (client) => client.send(new CreateCaseCommand(toWireCase(newCase))),
        atTurn,
      );
      const { caseId } = answer;
      const requestId = requestIdOf(answer);
      const account = accountOf(caseId ?? '') ?? asked;
      if (caseId !== undefined && caseId !== '' && account !== null)
        return { key: { account, caseId }, requestId };
      throw new SupportError('unreachable', 'CreateCase-answer', NO_ANSWER, 'maybe', { requestId });
    },

    async tryToOpen(newCase) {
      await call('CreateCase', (client) =>
        client
          .send(new CreateCaseCommand({ ...toWireCase(newCase), dryRun: true }))
          .catch((error: unknown) => {
            // A dry run that would succeed fails on purpose.
            if (!(error instanceof Error) || error.name !== 'DryRunOperationException') throw error;
          }),
      );
    },

    downloadLink: (attachmentId) =>
      call('GetAttachmentDownloadLink', (client) => getDownloadLink(client, attachmentId)),

    async smallAttachment(attachmentId) {
      const { attachment } = await call('DescribeAttachment', (client) =>
        client.send(new DescribeAttachmentCommand({ attachmentId })),
      );
      return { fileName: attachment?.fileName ?? '', data: attachment?.data ?? new Uint8Array() };
    },

    async addReply(caseId, letter, atTurn) {
      const answer = await call(
        'AddCommunicationToCase',
        (client) => client.send(new AddCommunicationToCaseCommand({ caseId, ...toWire(letter) })),
        atTurn,
      );
      if (answer.result === false) {
        throw new SupportError('refused', 'result-false', NOT_TAKEN, 'no', {
          requestId: requestIdOf(answer),
        });
      }
      return { requestId: requestIdOf(answer) };
    },

    async resolve(caseId, atTurn) {
      const answer = await call(
        'ResolveCase',
        (client) => client.send(new ResolveCaseCommand({ caseId })),
        atTurn,
      );
      return {
        before: answer.initialCaseStatus ?? '',
        after: answer.finalCaseStatus ?? '',
        requestId: requestIdOf(answer),
      };
    },

    ...uploads(call),
  };
}

function isPresent<T>(value: T | null): value is T {
  return value !== null;
}
