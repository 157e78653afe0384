import { type ApiCall, isOwnCall, SUPPORT_SOURCE } from '../../case/calls/api-call.js';
import { type AuditLine, SYSTEM } from '../../store/audit-entry.js';
import type { OutboxMessage } from '../../store/outbox-message.js';
import type { Store } from '../../store/store.js';

/** What the bot does for somebody it tries for minutes, and writes down how that ended. */
const NEAR_MS = 600_000;
/** Of all that people did in that time. */
const MOST_LINES = 500;

const KINDS: Readonly<Record<string, OutboxMessage['kind']>> = {
  AddCommunicationToCase: 'reply',
  ResolveCase: 'resolve',
  CreateCase: 'create',
};
const BRINGS_FILES: ReadonlySet<string> = new Set([
  'AddAttachmentsToSet',
  'GetAttachmentUploadLinks',
  'CompleteAttachmentUpload',
]);

export interface Maker {
  readonly isOwn: boolean;
  /** For whom the bot made it; null where it was not the bot, or where two could be meant. */
  readonly user: string | null;
}

/** Whether the bot made a call, and for whom. */
export async function makerOfCall(
  store: Pick<Store, 'canonical' | 'caseFile' | 'readAudit'>,
  call: ApiCall,
): Promise<Maker> {
  const kind = KINDS[call.name];
  const isOwn = isOwnCall(call);
  const bringsFiles = BRINGS_FILES.has(call.name) && isOwn;
  if (call.source !== SUPPORT_SOURCE || (kind === undefined && !bringsFiles)) return { isOwn, user: null };
  const lines = await store.readAudit({
    order: 'newest-first',
    limit: MOST_LINES,
    since: call.at - NEAR_MS,
    until: call.at + NEAR_MS,
  });
  // By whatever credentials it was made: AWS itself has told which call of ours it was.
  const line = lines.find(({ awsRequestId }) => awsRequestId !== null && awsRequestId === call.requestId);
  if (line !== undefined) return { isOwn: true, user: line.user === SYSTEM.user ? null : line.user };
  if (!isOwn) return { isOwn, user: null };
  if (kind !== undefined && call.caseId !== '') return { isOwn, user: only(await onCase(store, call, kind)) };
  const could = ({ key, deed, files }: AuditLine) =>
    key?.account === call.account && (kind === undefined ? (files ?? 0) > 0 : deed === kind);
  return { isOwn, user: only(lines.filter(could)) };
}

async function onCase(
  store: Pick<Store, 'canonical' | 'caseFile'>,
  { account, caseId, at }: ApiCall,
  kind: OutboxMessage['kind'],
): Promise<readonly OutboxMessage[]> {
  const key = await store.canonical({ account, caseId });
  const { outbox } = await store.caseFile(key);
  const near = (time: number | null) => time !== null && Math.abs(time - at) <= NEAR_MS;
  return outbox.filter(
    (message) => message.kind === kind && (near(message.createdAt) || near(message.attemptedAt)),
  );
}

function only(deeds: readonly { readonly user: string }[]): string | null {
  const [user = null, ...others] = [...new Set(deeds.map((deed) => deed.user))];
  return others.length === 0 ? user : null;
}
