import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import type { AuditEntry, AuditLine, AuditQuery } from '../../../src/store/audit-entry.js';
import type { StoreBench } from '../store.contract.js';
import { key, message } from './samples.js';

export function entry(change: Partial<AuditEntry> = {}): AuditEntry {
  return {
    user: 'U0ALICE0001',
    name: 'Alice Example',
    channel: 'C0CASES0001',
    threadTs: '1645458700.000100',
    key: key(),
    displayId: '1234563851',
    deed: 'take',
    result: 'done',
    why: null,
    length: null,
    hash: null,
    files: null,
    reference: null,
    awsRequestId: null,
    ...change,
  };
}

/** As it was given. */
function given({ id: _, at: __, ...rest }: AuditLine): AuditEntry {
  return rest;
}

export function auditContract(bench: StoreBench): void {
  const all = (query: Partial<AuditQuery> = {}) =>
    bench.store.readAudit({ order: 'oldest-first', limit: 100, ...query });
  const deeds = async (query: Partial<AuditQuery> = {}) => (await all(query)).map(({ deed }) => deed);
  const named = (...names: string[]) => names.map((deed) => entry({ deed }));
  const steps = async (reference: string) =>
    (await all())
      .filter((line) => line.reference === reference)
      .map(({ deed, result, why }) => [deed, result, why].filter((each) => each !== null).join(' '));

  it('keeps lines as they are, in order, also after being opened again', async () => {
    const full = entry({
      deed: 'reply',
      result: 'failed',
      why: 'ThrottlingException',
      length: 12,
      hash: 'ab'.repeat(32),
      files: 2,
      reference: 'ref0000001',
      awsRequestId: '5f1c0a2e-0000-4000-8000-000000000001',
    });
    const bare = entry({ channel: null, threadTs: null, key: null, displayId: null, deed: 'doctor' });
    const began = Date.now();
    await bench.store.appendAudit([full, bare]);
    await bench.store.appendAudit([]);
    await bench.store.appendAudit([entry({ name: 'Zoë "Q" <@U1> \u2028 😀' })]);
    await bench.reopen();
    const lines = await all();
    assert.deepEqual(lines.map(given), [full, bare, entry({ name: 'Zoë "Q" <@U1> \u2028 😀' })]);
    assert.equal(new Set(lines.map(({ id }) => id)).size, 3);
    for (const { at } of lines) assert.ok(at >= began - 1_000 && at <= Date.now() + 1_000);
  });

  it('is read page by page in either order, and a page is the same whatever comes after', async () => {
    await bench.store.appendAudit(named('1', '2', '3', '4', '5'));
    const [first, second] = await all({ limit: 2 });
    assert.deepEqual(await deeds({ after: second?.id ?? '', limit: 2 }), ['3', '4']);
    const [newest] = await all({ order: 'newest-first', limit: 1 });
    await bench.store.appendAudit(named('6'));
    assert.deepEqual(await deeds({ order: 'newest-first', after: newest?.id ?? '', limit: 3 }), [
      '4',
      '3',
      '2',
    ]);
    assert.deepEqual(await deeds({ after: newest?.id ?? '' }), ['6']);
    assert.deepEqual(await deeds({ order: 'newest-first', after: first?.id ?? '' }), []);
  });

  it('is read by time: from the first moment on, up to before the last', async () => {
    await bench.store.appendAudit(named('1'));
    const [{ at } = { at: 0 }] = await all();
    assert.deepEqual(await deeds({ since: at, until: at + 1 }), ['1']);
    assert.deepEqual(await deeds({ since: at + 1 }), []);
    assert.deepEqual(await deeds({ until: at }), []);
    assert.deepEqual(await deeds({ order: 'newest-first', since: at, until: at + 1 }), ['1']);
    assert.deepEqual(await deeds({ order: 'newest-first', until: at }), []);
  });

  it('is read by case, with what was written under the key that it had before', async () => {
    const before = key('new-1');
    await bench.store.appendAudit([
      entry({ deed: '1', key: before }),
      entry({ deed: '2', key: key('other') }),
      entry({ deed: '3', key: null }),
    ]);
    await bench.store.saveAlias(before, key());
    await bench.store.appendAudit([entry({ deed: '4' }), entry({ deed: '5' })]);
    assert.deepEqual(await deeds({ keys: [key()] }), ['1', '4', '5']);
    assert.deepEqual(await deeds({ keys: [key()], order: 'newest-first', limit: 2 }), ['5', '4']);
    const [last] = await all({ keys: [key()], order: 'newest-first', limit: 1 });
    assert.deepEqual(await deeds({ keys: [key()], order: 'newest-first', after: last?.id ?? '' }), [
      '4',
      '1',
    ]);
    assert.deepEqual(await deeds({ keys: [key('nobody')] }), []);
  });

  it('is read by person, also of a case, page by page', async () => {
    const by = (user: string, ...names: string[]) => named(...names).map((each) => ({ ...each, user }));
    await bench.store.appendAudit([...by('U1', '1'), ...by('U2', '2', '3'), ...by('U1', '4', '5')]);
    await bench.store.appendAudit([entry({ deed: '6', user: 'U1', key: key('other') })]);
    assert.deepEqual(await deeds({ user: 'U1' }), ['1', '4', '5', '6']);
    assert.deepEqual(await deeds({ user: 'U2', order: 'newest-first', limit: 1 }), ['3']);
    assert.deepEqual(await deeds({ user: 'U3' }), []);
    const ofBoth = { user: 'U1', keys: [key()] };
    assert.deepEqual(await deeds(ofBoth), ['1', '4', '5']);
    const [first, second] = await all({ ...ofBoth, limit: 2 });
    assert.deepEqual([first?.deed, second?.deed], ['1', '4']);
    assert.deepEqual(await deeds({ ...ofBoth, after: second?.id ?? '', limit: 2 }), ['5']);
    assert.deepEqual(await deeds({ user: 'U1', since: 0, until: Number.MAX_SAFE_INTEGER, limit: 1 }), ['1']);
    assert.deepEqual(await deeds({ keys: [key(), key('other')], user: 'U1', order: 'newest-first' }), [
      '6',
      '5',
      '4',
      '1',
    ]);
    assert.deepEqual(await deeds({ keys: [] }), []);
    const { at = 0 } = (await all()).at(-1) ?? {};
    while ((await bench.store.forgetAudit(at + 1)) > 0);
    assert.deepEqual(await deeds({ user: 'U1' }), []);
  });

  it('knows the cases of its lines by number and case id, until the last of a case has gone', async () => {
    const other = { account: '444455556666', caseId: 'case-of-another' };
    await bench.store.appendAudit([
      entry(),
      entry({ key: other }),
      entry({ key: other, displayId: null }),
      entry({ key: null }),
    ]);
    const known = async (name: string) =>
      (await bench.store.auditedCases(name)).map(({ caseId }) => caseId).sort();
    assert.deepEqual(await known('1234563851'), [key().caseId, other.caseId].sort());
    assert.deepEqual(await known(other.caseId), [other.caseId]);
    assert.deepEqual(await known('999'), []);
    const { at = 0 } = (await all()).at(-1) ?? {};
    while ((await bench.store.forgetAudit(at + 1)) > 0);
    assert.deepEqual([await known('1234563851'), await known(other.caseId)], [[], []]);
  });

  it('loses its oldest lines only, a thousand at a time, and takes no place a second time', async () => {
    await bench.store.appendAudit(Array.from({ length: 1_100 }, () => entry()));
    const lines = await all({ limit: 2_000 });
    const [first, last] = [lines[0]?.at ?? 0, lines.at(-1)?.at ?? 0];
    assert.equal(await bench.store.forgetAudit(first), 0);
    assert.equal(await bench.store.forgetAudit(last + 1), 1_000);
    assert.deepEqual(await all({ limit: 2_000 }), lines.slice(1_000));
    assert.deepEqual(await all({ limit: 2_000, keys: [key()] }), lines.slice(1_000));
    assert.equal(await bench.store.forgetAudit(last + 1), 100);
    assert.equal(await bench.store.forgetAudit(last + 1), 0);
    assert.deepEqual(await all({ keys: [key()] }), []);
    await bench.reopen();
    await bench.store.appendAudit(named('next'));
    assert.deepEqual(await deeds({ after: lines.at(-1)?.id ?? '' }), ['next']);
    assert.deepEqual(await deeds({ keys: [key()] }), ['next']);
  });

  it('stays when cases are forgotten', async () => {
    await bench.store.appendAudit([entry()]);
    await bench.store.forget(Number.MAX_SAFE_INTEGER);
    assert.equal((await all({ keys: [key()] })).length, 1);
  });

  it('has a line for each step of a message, never its text, and none for what was not done', async () => {
    const sent = message({ text: 'It is secret.', files: [{ id: 'F1', name: 'secret.log', size: 1 }] });
    const { reference } = sent;
    await bench.store.addToOutbox(sent);
    assert.equal(await bench.store.addToOutbox({ ...sent, reference: 'ref-again' }), false);
    await bench.store.changeOutbox(reference, ['queued'], { state: 'sending', attempts: 1 });
    await bench.store.changeOutbox(reference, ['sending'], { state: 'sent' }, { awsRequestId: 'req-1' });
    assert.equal(
      await bench.store.changeOutbox(reference, ['sending'], { state: 'sent' }, { awsRequestId: 'req-2' }),
      false,
    );
    await bench.store.changeOutbox(reference, ['sent'], { told: true });
    await bench.store.changeOutbox(reference, ['sent'], { state: 'seen', text: '' });
    const lines = await all();
    assert.doesNotMatch(JSON.stringify(lines), /secret/);
    const same = {
      deed: 'reply',
      length: 13,
      hash: createHash('sha256').update('It is secret.').digest('hex'),
      files: 1,
      reference,
      threadTs: null,
    };
    assert.deepEqual(lines.map(given), [
      entry({ ...same, result: 'asked' }),
      entry({ ...same, result: 'done', awsRequestId: 'req-1' }),
    ]);
    assert.equal((await all({ keys: [key()] })).length, 2);
  });

  it('says how a message ended, whichever way it went', async () => {
    const { store } = bench;
    const add = async (change: Parameters<typeof message>[0] = {}) => {
      const added = message(change);
      await store.addToOutbox(added);
      return added.reference;
    };
    const failed = await add();
    await store.changeOutbox(failed, ['queued'], { state: 'failed', reason: 'x' }, { why: 'AccessDenied' });
    await store.changeOutbox(
      failed,
      ['failed'],
      { state: 'queued' },
      { deed: 'send-again', result: 'asked' },
    );
    await store.changeOutbox(failed, ['queued'], { state: 'seen', text: '' });
    assert.deepEqual(await steps(failed), [
      'reply asked',
      'reply failed AccessDenied',
      'send-again asked',
      'reply done shown-by-aws',
    ]);
    const doubtful = await add();
    await store.changeOutbox(doubtful, ['queued'], { state: 'sending', attempts: 1 });
    await store.changeOutbox(doubtful, ['sending'], { state: 'in-doubt' }, { awsRequestId: 'req-3' });
    assert.equal((await all()).at(-1)?.awsRequestId, 'req-3');
    await store.changeOutbox(doubtful, ['in-doubt'], { state: 'failed' }, { why: 'not-shown-by-aws' });
    assert.deepEqual(await steps(doubtful), [
      'reply asked',
      'reply asked unclear',
      'reply failed not-shown-by-aws',
    ]);
    const resolve = await add({ kind: 'resolve', text: '' });
    await store.changeOutbox(resolve, ['queued'], { state: 'void' });
    assert.deepEqual(await steps(resolve), ['resolve asked', 'resolve done was-resolved']);
    const asking = await add({ state: 'asking', asks: 'secrets' });
    await store.changeOutbox(
      asking,
      ['asking'],
      { state: 'cancelled', text: '' },
      { deed: 'cancel', result: 'done' },
    );
    assert.deepEqual(await steps(asking), ['reply asked secrets', 'cancel done']);
    const choosing = await add({ state: 'choosing', asks: 'case' });
    await store.changeOutbox(choosing, ['choosing'], { state: 'cancelled', text: '' });
    assert.deepEqual(await steps(choosing), ['reply asked which-case', 'reply failed expired']);
    for (const line of await all()) if (line.deed !== 'resolve') assert.equal(line.length, 18);
  });
}
