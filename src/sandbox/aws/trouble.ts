import { setTimeout as sleep } from 'node:timers/promises';
import { ApiError } from './api-error.js';
import type { CallEnd } from './call-end.js';
import type { Fault } from './faults.js';

/** What a fault makes of a call: a refusal in place of the answer, nothing more to say, or nothing at all. */
export type Trouble = { error: ApiError } | 'over' | undefined;

/** The part of a fault that comes before the deed and prevents it. */
export async function troubleBefore(fault: Fault, end: CallEnd): Promise<Trouble> {
  const { options } = fault;
  switch (options.kind) {
    case 'throttle':
      fault.meet();
      return { error: new ApiError('ThrottlingException', 'Throttle limit exceeded') };
    case 'status':
      fault.meet();
      return { error: failure(options.status) };
    case 'error':
      fault.meet();
      return { error: new ApiError(options.name, options.message ?? options.name, options.status) };
    case 'hangup-before':
      fault.meet();
      end.hangUp();
      return 'over';
    case 'hold-before':
      fault.meet();
      return (await end.hold(fault.released)) ? undefined : 'over';
    default:
      return undefined;
  }
}

/** The part that comes after the deed and keeps its answer back. */
export async function troubleAfter(fault: Fault, end: CallEnd): Promise<Trouble> {
  const { options } = fault;
  switch (options.kind) {
    case 'status-after':
      fault.meet();
      return { error: failure(options.status) };
    case 'hangup-after':
      fault.meet();
      end.hangUp();
      return 'over';
    case 'hold-after':
      fault.meet();
      return (await end.hold(fault.released)) ? undefined : 'over';
    case 'slow':
      fault.meet();
      await Promise.race([sleep(options.ms, undefined, { ref: false }), fault.released, end.gone]);
      return undefined;
    default:
      return undefined;
  }
}

function failure(status: number): ApiError {
  const names: Record<number, string> = { 500: 'InternalServerError', 503: 'ServiceUnavailable' };
  return new ApiError(names[status] ?? 'InternalFailure', 'An internal server error occurred.', status);
}
