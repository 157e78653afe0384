import { caseKeyText } from '../case/case-key.js';
import { isNewCase } from '../case/new-case.js';
import type { AuditLine, AuditQuery } from './audit-entry.js';
import { casesNamed } from './cases-named.js';
import type { CaseRecord, Store } from './store.js';

/** Where the workspace is: `https://example.slack.com/`. */
export const TEAM_NOTE = 'slack-team';

/** A line of the audit trail for who reads it without the bot. The names are public: files are made of them. */
export interface ExportedLine {
  readonly id: string;
  /** ISO 8601, in UTC. */
  readonly time: string;
  readonly user: string;
  readonly name: string;
  readonly deed: string;
  readonly result: AuditLine['result'];
  readonly why: string | null;
  readonly account: string | null;
  readonly caseId: string | null;
  readonly displayId: string | null;
  readonly channel: string | null;
  /** Of the case's thread, or of that in which it was asked for. */
  readonly link: string | null;
  readonly characters: number | null;
  readonly sha256: string | null;
  readonly files: number | null;
  readonly reference: string | null;
  readonly awsRequestId: string | null;
}

export interface ExportQuery extends Omit<AuditQuery, 'keys'> {
  /** A display id or a case id. */
  readonly case?: string | undefined;
  /** Of the case, by its 12 digits; without it, cases of whatever account that go by that name. */
  readonly account?: string | undefined;
}

export async function exportAudit(
  store: Pick<Store, 'readAudit' | 'getCase' | 'note'> & Parameters<typeof casesNamed>[0],
  { case: name, account, ...asked }: ExportQuery,
): Promise<ExportedLine[]> {
  const query =
    name === undefined ? asked : { ...asked, keys: await casesNamed(store, name, account ?? null) };
  const [lines, team] = [await store.readAudit(query), await store.note(TEAM_NOTE)];
  const cases = new Map<string, Promise<Found>>();
  const caseOf = ({ key }: AuditLine): Promise<Found> => {
    if (key === null) return NO_CASE;
    const text = caseKeyText(key);
    let found = cases.get(text);
    if (found === undefined) {
      found = store
        .canonical(key)
        .then(async (means) => ({ key: means, record: await store.getCase(means) }));
      cases.set(text, found);
    }
    return found;
  };
  return Promise.all(lines.map(async (line) => exported(line, await caseOf(line), team)));
}

interface Found {
  readonly key: AuditLine['key'];
  readonly record: CaseRecord | null;
}

const NO_CASE: Promise<Found> = Promise.resolve({ key: null, record: null });

function exported(line: AuditLine, { key, record }: Found, team: string | null): ExportedLine {
  const { id, at, user, name, deed, result, why, channel, length, hash, files, reference } = line;
  const [inChannel, ts] =
    record?.channel != null && record.threadTs !== null
      ? [record.channel, record.threadTs]
      : [channel, line.threadTs];
  return {
    id,
    time: new Date(at).toISOString(),
    user,
    name,
    deed,
    result,
    why,
    account: key?.account ?? null,
    // Before AWS has the case, it has an id of ours, which nobody knows.
    caseId: key === null || isNewCase(key) ? null : key.caseId,
    displayId: record?.displayId || line.displayId,
    channel,
    link:
      team === null || inChannel === null || ts === null
        ? null
        : `${team}archives/${inChannel}/p${ts.replace('.', '')}`,
    characters: length,
    sha256: hash,
    files,
    reference,
    awsRequestId: line.awsRequestId,
  };
}
