import assert from 'node:assert/strict';

/** The error that a call is refused with; fails when the call goes through. */
export async function refusal(call: Promise<unknown>): Promise<Error> {
  const outcome = await call.then(
    () => undefined,
    (error: unknown) => error,
  );
  assert.ok(outcome instanceof Error, 'the call should have been refused');
  return outcome;
}
