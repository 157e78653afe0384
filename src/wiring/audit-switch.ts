import type { ApiCall } from '../case/calls/api-call.js';
import { type AuditChannel, isAlarm, isShownIn } from '../case/calls/audit-channel.js';
import type { Inbox } from '../inbox/inbox.js';
import type { KindsSince } from '../reconcile/audit-channel/kinds-since.js';
import { AUDIT_KEY, AUDIT_OFF_KEY } from '../reconcile/audit-channel/show-calls.js';
import { errorFields, type Log } from '../telemetry/log.js';

export interface AuditSwitchDeps {
  /** What CONFIG_FILE says of it now. */
  readonly audit: () => AuditChannel | null;
  /** Whether calls were shown before this process began. */
  readonly wasOn: () => Promise<boolean>;
  readonly keepKinds: (taken: KindsSince) => Promise<void>;
  readonly notices: Pick<Inbox, 'mark'>;
  /** So long more calls are waited for. */
  readonly gatherMs: number;
  readonly log: Log;
  readonly now: () => number;
}

/**
 * Whether the audit channel is on, and since when: what came before that is not shown in it. And since when it has its
 * kinds: what came before that is shown by those it had then.
 */
export class AuditSwitch {
  readonly #deps: AuditSwitchDeps;
  #since: number | null = null;
  #taken: KindsSince | null = null;

  constructor(deps: AuditSwitchDeps) {
    this.#deps = deps;
  }

  readonly current = (): (AuditChannel & { readonly since: number; readonly kindsSince: number }) | null => {
    const audit = this.#deps.audit();
    if (audit === null || this.#since === null || this.#taken === null) return null;
    return { ...audit, since: this.#since, kindsSince: this.#taken.since };
  };

  /** At the start, before any call can come, and whenever CONFIG_FILE has been read again. */
  async turn(): Promise<void> {
    const { audit, wasOn, keepKinds, notices, log, now } = this.#deps;
    const current = audit();
    const isOn = current !== null;
    const wasHere = this.#since !== null;
    const at = now();
    this.#since = isOn ? (this.#since ?? at) : null;
    const hasOthers = String(current?.kinds) !== String(this.#taken?.kinds);
    if (hasOthers) this.#taken = current === null ? null : { kinds: current.kinds, since: at };
    try {
      if (hasOthers && this.#taken !== null) await keepKinds(this.#taken);
      if (isOn) await notices.mark(AUDIT_KEY);
      else if (wasHere || (await wasOn())) await notices.mark(AUDIT_OFF_KEY);
    } catch (error) {
      log.warn(
        'the audit channel is looked after with the next call, or at the next start',
        errorFields(error),
      );
    }
  }

  /** Rejects where it could not be written down that they are to be shown. While it is off, nothing is written. */
  readonly taken = async (calls: readonly ApiCall[]): Promise<void> => {
    const { audit, notices, gatherMs } = this.#deps;
    const current = audit();
    const shown = current === null ? [] : calls.filter((call) => isShownIn(current, call));
    if (shown.length > 0) await notices.mark(AUDIT_KEY, shown.some(isAlarm) ? 0 : gatherMs);
  };
}
