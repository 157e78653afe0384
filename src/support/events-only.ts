import type { SupportApi } from './support-api.js';
import { SupportError } from './support-error.js';

/** In place of an account that cannot be asked: nothing is called, and the sentence says why and what would change it. */
export function eventsOnly(account: string, sentence: string): SupportApi {
  const refuse = async (): Promise<never> => {
    throw new SupportError('events-only', 'events-only', sentence, 'no');
  };
  return {
    account,
    getCase: refuse,
    findByDisplayId: refuse,
    communications: refuse,
    openCases: () => ({ [Symbol.asyncIterator]: () => ({ next: refuse }) }),
    casesById: refuse,
    services: refuse,
    severities: refuse,
    languages: refuse,
    downloadLink: refuse,
    smallAttachment: refuse,
    openCase: refuse,
    tryToOpen: refuse,
    addReply: refuse,
    resolve: refuse,
    addAttachments: refuse,
    beginUpload: refuse,
    uploadUrls: refuse,
    putPart: refuse,
    completeUpload: refuse,
    uploadStatus: refuse,
  };
}
