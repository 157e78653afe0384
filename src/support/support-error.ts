/**
 * Why AWS Support did not do what it was asked to.
 *
 * - `not-found`: no such case in this account.
 * - `events-only`: the account is followed by its events alone, as configured; nothing is wrong.
 * - `no-plan`, `no-permission`: a person has to change something at AWS; asking again changes nothing.
 * - `throttled`, `unreachable`: passes by itself.
 * - `refused`: AWS does not accept what was sent.
 */
export type SupportErrorKind =
  | 'not-found'
  | 'events-only'
  | 'no-plan'
  | 'no-permission'
  | 'throttled'
  | 'unreachable'
  | 'refused';

export class SupportError extends Error {
  override readonly name = 'SupportError';
  /** AWS's id of the call; null where AWS did not answer, or was not asked. */
  readonly requestId: string | null;

  /**
   * @param code the name that AWS or the network gives the error, for logs.
   * @param sentence what a person is told: what is wrong and what to do.
   * @param happened whether AWS may have carried out the call all the same.
   */
  constructor(
    readonly kind: SupportErrorKind,
    readonly code: string,
    readonly sentence: string,
    readonly happened: 'no' | 'maybe',
    options: ErrorOptions & { readonly requestId?: string | null } = {},
  ) {
    super(`AWS Support: ${kind} (${code})`, options);
    this.requestId = options.requestId ?? null;
  }
}

/** Whether only a person can make this work: the thread then lives from the events alone. */
export function needsPerson(error: SupportError): boolean {
  return error.kind === 'no-plan' || error.kind === 'no-permission';
}

/** Whether the same may go well a little later, with nothing changed. */
export function passesByItself({ kind }: Pick<SupportError, 'kind'>): boolean {
  return kind === 'throttled' || kind === 'unreachable';
}

const EXPIRED = new Set(['AttachmentSetExpired', 'AttachmentSetIdNotFound', 'UploadIdNotFound']);

/** Whether the files that were brought for a letter are not at AWS any more: brought again, they are. */
export function hasExpired(error: SupportError): boolean {
  return EXPIRED.has(error.code);
}
