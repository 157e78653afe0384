import assert from 'node:assert/strict';

/** That the call is refused, with this name, as the SDK gives it. */
export async function refused(call: Promise<unknown>, name: string, message: RegExp = /./): Promise<void> {
  await assert.rejects(call, (error: unknown) => {
    assert.ok(error instanceof Error);
    assert.equal(error.name, name, error.message);
    assert.match(error.message, message);
    return true;
  });
}
