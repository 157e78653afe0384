import { caseState, type StoredCase } from './case-state.js';
import type { RecordedCall } from './recorded-call.js';

/** Cases and last calls in words, for the message of a test that waited in vain. */
export function dump(cases: readonly StoredCase[], calls: readonly RecordedCall[]): string {
  const lines = cases
    .map(caseState)
    .flatMap((state) => [
      `${state.caseId} (${state.displayId}) ${state.status} ${state.severityCode}: ${state.subject}`,
      ...state.communications.map(
        ({ timeCreated, submittedBy, body }) => `  ${timeCreated} ${submittedBy}: ${shorten(body)}`,
      ),
    ]);
  const last = calls
    .slice(-20)
    .map(
      ({ operation, account, input, result }) =>
        `  ${operation} ${account} ${shorten(JSON.stringify(input))} -> ${result}`,
    );
  return ['cases:', ...lines, `calls (${calls.length}, the last ones):`, ...last].join('\n');
}

function shorten(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length > 120 ? `${line.slice(0, 119)}…` : line;
}
