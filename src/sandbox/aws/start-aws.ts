import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import { type Account, type AccountOptions, DEFAULT_ACCOUNT, keepAccount, makeAccount } from './account.js';
import { type AttachmentFile, AttachmentRoom } from './attachment-room.js';
import { CaseBook } from './case-book.js';
import { Downloads } from './downloads.js';
import { dump } from './dump.js';
import { type Fault, type FaultOptions, Faults } from './faults.js';
import type { KeptAws } from './kept-aws.js';
import { Newest } from './newest.js';
import type { Desk } from './operation.js';
import type { Ties } from './page.js';
import { makePeople, type People } from './people.js';
import type { RecordedCall } from './recorded-call.js';
import { Callers, type RoleOptions } from './sts/callers.js';
import type { SupportEvent } from './support-event.js';
import { createSupportServer } from './support-server.js';
import type { CallEvent, CallMade } from './trail/call-event.js';
import { Trail, type TrailOptions } from './trail/trail.js';
import { type UploadOptions, UploadRoom } from './upload-room.js';
import { Watch } from './watch.js';

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

export interface Aws extends People {
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
  /** A role that AWS STS, at the same address, gives sessions of. Replaces one of the same ARN. */
  addRole(role: RoleOptions): void;
  removeRole(arn: string): void;
  /** The keys of a role's session, as the machine of a program has them; they do not end. */
  giveSession(roleArn: string, name: string): SessionKeys;
  /** All sessions that were given out so far are over. */
  endSessions(): void;

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

export interface SessionKeys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

export async function startAws(options: AwsOptions = {}): Promise<Aws> {
  const now = options.now ?? Date.now;
  const limits = { callsPerSecond: options.callsPerSecond ?? 5, casesPerHour: options.casesPerHour ?? 10 };
  const { kept, remember } = options;
  const accountOptions = options.accounts ?? [DEFAULT_ACCOUNT];
  const accounts = accountOptions.map((each) =>
    makeAccount(
      each,
      limits,
      kept?.accounts.find(({ id }) => id === each.id),
    ),
  );
  const watch = new Watch();
  const faults = new Faults();
  const calls = new Newest<RecordedCall>(remember);
  const events = new Newest<SupportEvent>(remember);
  const callEvents = new Newest<CallEvent>(remember);
  const eventListeners = new Set<(event: SupportEvent) => void>();
  const callListeners = new Set<(event: CallEvent) => void>();
  const changeListeners = new Set<() => void>([() => watch.changed()]);
  const sockets = new Set<Socket>();
  let isDown = false;
  let showDelayMs = options.showDelayMs ?? 0;

  const changed = () => {
    for (const listener of [...changeListeners]) listener();
  };
  const book = new CaseBook({
    now,
    showDelayMs: () => showDelayMs,
    openingEvent: options.openingEvent ?? false,
    longestBody: options.longestBody ?? 8_000,
    changed,
    kept,
    emit: (event) => {
      events.add(event);
      for (const listener of [...eventListeners]) listener(structuredClone(event));
    },
  });
  const trail = new Trail({
    options: options.trail,
    now,
    kept: kept?.callEvents,
    emit: (event) => {
      callEvents.add(event);
      for (const listener of [...callListeners]) listener(structuredClone(event));
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
  const account = (id = accounts[0]?.id): Account => {
    const found = accounts.find((candidate) => candidate.id === id);
    if (found === undefined) throw new Error(`no account ${id} among ${accounts.map((each) => each.id)}`);
    return found;
  };
  const people = makePeople({
    book,
    attachments,
    account,
    now,
    trail: (call) => trail.record(call),
    stored: (caseId) => {
      const found = book.find(caseId);
      if (found === undefined) throw new Error(`no case ${caseId}\n${dump(book.all(), calls.items)}`);
      return found;
    },
  });

  const callers = new Callers(accounts, now);
  const server = createSupportServer({
    desk,
    callers,
    regions: options.regions,
    faults,
    record,
    trail: (call) => trail.record(call),
    changed,
    isDown: () => isDown,
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  const down = () => {
    isDown = true;
    for (const socket of sockets) socket.destroy();
  };
  server.listen(options.port ?? 0, options.host ?? '127.0.0.1');
  await once(server, 'listening');
  const { address, port } = server.address() as AddressInfo;

  const url = `http://${address.includes(':') ? `[${address}]` : address}:${port}`;
  uploads.origin = url;
  downloads.origin = url;

  return {
    ...people,
    url,
    accounts,
    account,
    addRole: (role) => callers.addRole(role),
    removeRole: (arn) => callers.removeRole(arn),
    giveSession(roleArn, name) {
      const { accessKeyId, caller } = callers.give(roleArn, name);
      const { secretAccessKey, session } = caller;
      return { accessKeyId, secretAccessKey, sessionToken: session?.token ?? '' };
    },
    endSessions: () => callers.endSessions(),
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
      accounts: accounts.flatMap((each, index) => {
        const set = accountOptions[index];
        return set === undefined ? [] : [keepAccount(each, set, now())];
      }),
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
    onEvent(listener) {
      eventListeners.add(listener);
      return () => eventListeners.delete(listener);
    },
    onCallEvent(listener) {
      callListeners.add(listener);
      trail.goOn();
      return () => callListeners.delete(listener);
    },
    onChange(listener) {
      changeListeners.add(listener);
      return () => changeListeners.delete(listener);
    },
    fault: (operation, fault) => faults.add(operation, fault),
    clearFaults: () => faults.cancelAll(),
    down,
    up() {
      isDown = false;
    },
    until: (predicate, { what, timeoutMs = 30_000 }) =>
      watch.until(predicate, { what, timeoutMs, dump: () => dump(book.all(), calls.items) }),
    async stop() {
      down();
      trail.stop();
      faults.cancelAll();
      if (!server.listening) return;
      server.close();
      await once(server, 'close');
    },
  };
}
