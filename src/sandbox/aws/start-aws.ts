import { randomBytes } from 'node:crypto';
import { type Account, type AccountOptions, DEFAULT_ACCOUNT } from './account.js';
import { Accounts } from './accounts.js';
import { type AttachmentFile, AttachmentRoom } from './attachment-room.js';
import { CaseBook } from './case-book.js';
import { Downloads } from './downloads.js';
import { dump } from './dump.js';
import { Endpoint } from './endpoint.js';
import { EventFeed } from './event-feed.js';
import { type Fault, type FaultOptions, Faults } from './faults.js';
import type { KeptAws } from './kept-aws.js';
import { Newest } from './newest.js';
import type { Desk } from './operation.js';
import type { Ties } from './page.js';
import { makePeople, type People } from './people.js';
import type { RecordedCall } from './recorded-call.js';
import { Callers } from './sts/callers.js';
import { makeRoles, type Roles } from './sts/roles.js';
import type { SupportEvent } from './support-event.js';
import { createSupportServer } from './support-server.js';
import type { CallEvent, CallMade } from './trail/call-event.js';
import { Trail, type TrailOptions } from './trail/trail.js';
import { type UploadOptions, UploadRoom } from './upload-room.js';
import { Watch } from './watch.js';

export type { SessionKeys } from './sts/roles.js';

/**
 * AWS Support on this machine: the API on a real port, strict and stateful; people acting on cases; the events they
 * cause; trouble on demand. What is not known of the real service is decided in the way that is harder on a client,
 * and said where it is decided.
 */
export interface AwsOptions {
  /** ms; also the clock of the rate limits: with one that stands still, set `callsPerSecond: 'off'` or move it on. */
  now?: (() => number) | undefined;
  accounts?: readonly AccountOptions[] | undefined;
  /** Per account, in any span of a second; default 5. */
  callsPerSecond?: number | 'off' | undefined;
  /** CreateCase through the API, in any span of an hour; default 10. */
  casesPerHour?: number | 'off' | undefined;
  /** A new communication is shown by the API only this much later, by `now`; default 0. */
  showDelayMs?: number | undefined;
  /** Page size of a call that names none; default 10. */
  defaultPageSize?: number | undefined;
  /** Order of things of the same second; default newest first. */
  ties?: Ties | undefined;
  /** Whether an AddCommunicationToCase event goes beside every CreateCase event; default false. */
  openingEvent?: boolean | undefined;
  /** CloudTrail, in all accounts; default none: then no call makes an event. */
  trail?: TrailOptions | undefined;
  /** Of what comes in by other ways than the API, in characters; default 8,000, which the API allows. */
  longestBody?: number | undefined;
  /** The API forgets cases this long after their creation; default 24. */
  retentionMonths?: number | 'off' | undefined;
  /** Where an earlier run left off, see `keep`. Of its accounts, those that are not among `accounts` are dropped. */
  kept?: KeptAws | undefined;
  /** Only the newest so many of `calls` and of `events` are remembered; default all, which grows for ever. */
  remember?: number | undefined;
  /** Of files that come in parts. */
  uploads?: UploadOptions | undefined;
  /** Regions that a signature may be made for; default any. */
  regions?: readonly string[] | undefined;
  host?: string | undefined;
  port?: number | undefined;
}

export interface Aws extends People, Roles {
  /** The endpoint for the SDK. */
  readonly url: string;
  /** See the option of this name; may be changed at any time, for what is written from then on. */
  showDelayMs: number;
  /** How long after its completion an upload is ready; may be changed at any time. */
  uploadReadyMs: number;
  /** Where the addresses of files lead; this server unless changed. */
  downloadOrigin: string;
  readonly accounts: readonly Account[];
  /** The account itself: its `plan` and `deny` can be set. Throws for an unknown id. */
  account(id: string): Account;

  /** Everything that has to survive a restart, as it is now; a copy. */
  keep(): KeptAws;
  /** A file on a case, whatever its size; of this account only, if one is named. */
  attachment(attachmentId: string, accountId?: string): AttachmentFile | undefined;

  /** Every call that arrived, oldest first. */
  readonly calls: readonly RecordedCall[];
  callsOf(operation: string): RecordedCall[];

  /** What EventBridge was given of cases, oldest first. */
  readonly events: readonly SupportEvent[];
  /** What it was given of CloudTrail, oldest first. */
  readonly callEvents: readonly CallEvent[];
  /** A call that the stand-in has no other way to make: CloudTrail hears of it, and nothing happens. */
  record(call: CallMade): void;
  /** Called with every event of a case, at once. Gives back how to stop listening. */
  onEvent(listener: (event: SupportEvent) => void): () => void;
  /** The same of CloudTrail; what an earlier run has left waits for the first who listens. */
  onCallEvent(listener: (event: CallEvent) => void): () => void;
  /** Called after every change of a case and at every step of a call. Gives back how to stop listening. */
  onChange(listener: () => void): () => void;

  /** `*` is any operation. */
  fault(operation: string, fault: FaultOptions): Fault;
  clearFaults(): void;
  /** Cuts every connection, and every new one at once, until up(). */
  down(): void;
  up(): void;

  /** Looks again at every change of a case and at every step of a call; rejects with all cases in its message. */
  until(predicate: () => boolean, wait: { what: string; timeoutMs?: number | undefined }): Promise<void>;
  stop(): Promise<void>;
}

export async function startAws(options: AwsOptions = {}): Promise<Aws> {
  const now = options.now ?? Date.now;
  const limits = { callsPerSecond: options.callsPerSecond ?? 5, casesPerHour: options.casesPerHour ?? 10 };
  const { kept, remember } = options;
  const accounts = new Accounts(options.accounts ?? [DEFAULT_ACCOUNT], limits, kept?.accounts);
  const watch = new Watch();
  const faults = new Faults();
  const calls = new Newest<RecordedCall>(remember);
  const events = new EventFeed<SupportEvent>(remember);
  const callEvents = new EventFeed<CallEvent>(remember);
  let showDelayMs = options.showDelayMs ?? 0;

  const changed = () => watch.changed();
  const book = new CaseBook({
    now,
    showDelayMs: () => showDelayMs,
    openingEvent: options.openingEvent ?? false,
    longestBody: options.longestBody ?? 8_000,
    changed,
    kept,
    emit: (event) => events.emit(event),
  });
  const trail = new Trail({
    options: options.trail,
    now,
    kept: kept?.callEvents,
    emit: (event) => {
      callEvents.emit(event);
      // It does not wait any more.
      changed();
    },
  });
  const attachments = new AttachmentRoom(now, kept?.attachments);
  const record = (call: RecordedCall) => {
    calls.add(call);
    changed();
  };
  const uploads = new UploadRoom(now, { ...options.uploads });
  const downloads = new Downloads({ attachments, faults, record, changed, now });
  const desk: Desk = {
    book,
    attachments,
    uploads,
    downloads,
    now,
    pageSize: options.defaultPageSize ?? 10,
    pageSecret: randomBytes(16).toString('hex'),
    ties: options.ties ?? 'newest-first',
    retentionMonths: options.retentionMonths === 'off' ? undefined : (options.retentionMonths ?? 24),
  };
  const picture = () => dump(book.all(), calls.items);
  const people = makePeople({
    book,
    attachments,
    account: (id) => accounts.account(id),
    now,
    trail: (call) => trail.record(call),
    stored: (caseId) => {
      const found = book.find(caseId);
      if (found === undefined) throw new Error(`no case ${caseId}\n${picture()}`);
      return found;
    },
  });

  const callers = new Callers(accounts.all, now);
  const server = createSupportServer({
    desk,
    callers,
    regions: options.regions,
    faults,
    record,
    trail: (call) => trail.record(call),
    changed,
  });
  const endpoint = new Endpoint(server);
  const url = await endpoint.listen(options.port, options.host);
  uploads.origin = url;
  downloads.origin = url;

  return {
    ...people,
    ...makeRoles(callers),
    url,
    accounts: accounts.all,
    account: (id) => accounts.account(id),
    get downloadOrigin() {
      return downloads.origin;
    },
    set downloadOrigin(origin) {
      downloads.origin = origin;
    },
    get showDelayMs() {
      return showDelayMs;
    },
    set showDelayMs(ms) {
      showDelayMs = ms;
    },
    get uploadReadyMs() {
      return uploads.readyAfterMs;
    },
    set uploadReadyMs(ms) {
      uploads.readyAfterMs = ms;
    },
    keep: () => ({
      version: 1,
      ...book.toKeep(),
      attachments: attachments.toKeep(),
      accounts: accounts.toKeep(now()),
      callEvents: trail.toKeep(),
    }),
    attachment(attachmentId, accountId) {
      const file = attachments.find(attachmentId);
      if (file === undefined || (accountId !== undefined && file.accountId !== accountId)) return undefined;
      const { accountId: _, ...given } = file;
      return given;
    },
    calls: calls.items,
    callsOf: (operation) => calls.items.filter((call) => call.operation === operation),
    events: events.items,
    callEvents: callEvents.items,
    record: (call) => trail.record(call),
    onEvent: (listener) => events.listen(listener),
    onCallEvent(listener) {
      const stop = callEvents.listen(listener);
      trail.goOn();
      return stop;
    },
    onChange: (listener) => watch.onChange(listener),
    fault: (operation, fault) => faults.add(operation, fault),
    clearFaults: () => faults.cancelAll(),
    down: () => endpoint.down(),
    up: () => endpoint.up(),
    until: (predicate, { what, timeoutMs = 30_000 }) =>
      watch.until(predicate, { what, timeoutMs, dump: picture }),
    async stop() {
      endpoint.down();
      trail.stop();
      faults.cancelAll();
      await endpoint.stop();
    },
  };
}
