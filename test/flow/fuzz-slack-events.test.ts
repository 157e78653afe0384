import assert from 'node:assert/strict';
import { parse, stringify } from 'node:querystring';
import fc from 'fast-check';
import { type CrashWatch, forAll, LONG, RUNS, staysFlat, watchForCrashes } from '../fuzz/fuzzing.js';
import { type Variant, variants } from '../fuzz/odd-json.js';
import { type Signing, signed } from '../fuzz/signed.js';
import { chunks, cutUp, exchange, HANGS_MS, spoiltBodies } from '../fuzz/wire.js';
import { onlyThread } from '../world/reading.js';
import { ALICE, CHANNEL, startWorld, type World } from '../world/world.js';

const FORM = 'application/x-www-form-urlencoded';
const JSON_TYPE = 'application/json';
const CONSOLE = 'https://console.aws.amazon.com/support/home';
const TEXT = 'Please look at line 7.';

/** A request as Slack sends it, and what it is made of. */
interface Sample {
  readonly name: string;
  readonly contentType: string;
  readonly body: string;
}

describe('flow: POST /slack/events under whatever can be sent', function () {
  this.timeout(LONG ? 600_000 : 60_000);
  let world: World;
  let watch: CrashWatch;
  let caseId: string;
  let displayId: string;
  let asked = 0;
  before(async () => {
    world = await startWorld({ slack: { remember: 50 } });
    ({ caseId, displayId } = world.aws.openCase({ subject: 'Broken', body: 'Opening.' }));
    await world.until(() => onlyThread(world.slack).texts.length === 1, 'the thread');
  });
  after(async () => {
    await world.stop();
    if (LONG) console.log(`      ${asked} requests`);
  });
  beforeEach(() => {
    watch = watchForCrashes();
  });
  afterEach(() => watch.stop());

  const url = () => `${world.botUrl}/slack/events`;
  const send = async (
    body: string | Buffer,
    what: string,
    headers: Record<string, string> = { 'content-type': JSON_TYPE, ...signed(body) },
  ) => {
    asked += 1;
    const response = await fetch(url(), {
      method: 'POST',
      body,
      headers,
      signal: AbortSignal.timeout(HANGS_MS),
    });
    const text = await response.text();
    assert.ok(response.status < 500, `${response.status} to ${what}: ${text}`);
    return response.status;
  };
  const sendSigned = (body: string | Buffer, contentType: string, what: string, signing?: Signing) =>
    send(body, what, { 'content-type': contentType, ...signed(body, signing) });

  const bodiesAtAws = () => world.aws.case(caseId).communications.map((each) => each.body);
  /** What holds whatever was sent: the process lives, and AWS has heard nothing that nobody wrote. */
  const stillWell = async () => {
    assert.deepEqual(watch.crashes, []);
    assert.equal(Reflect.get({}, 'polluted'), undefined);
    assert.equal((await fetch(`${world.botUrl}/readyz`)).status, 200);
    const { status, body } = await world.slack.command(world.botUrl, {
      command: '/support',
      text: 'list',
      user: ALICE,
      channel: CHANNEL,
    });
    assert.equal(status, 200);
    assert.match(body, new RegExp(`Case ${displayId}`));
  };
  const heardNothing = () => {
    assert.deepEqual(bodiesAtAws(), ['Opening.']);
    assert.notEqual(world.aws.case(caseId).status, 'resolved');
  };

  /** What Slack would send; signed wrongly, so that nothing comes of it. */
  const caught = async (name: string, act: () => Promise<unknown>): Promise<Sample> => {
    await act();
    const request = world.slack.lastRequest;
    assert.ok(request !== undefined);
    return { name, contentType: request.headers['content-type'] ?? '', body: request.body };
  };
  const command = (text: string) =>
    caught(text.split(' ')[0] ?? '', () =>
      world.slack.command(world.botUrl, {
        command: '/support',
        text,
        user: ALICE,
        channel: CHANNEL,
        signature: 'wrong',
      }),
    );
  const mention = (text: string) =>
    caught(`mention ${text}`, () =>
      world.slack.mention(
        world.botUrl,
        { user: ALICE, channel: CHANNEL, text, threadTs: onlyThread(world.slack).card.ts },
        { signature: 'wrong' },
      ),
    );
  const payload = (name: string, fields: object): Sample => ({
    name,
    contentType: FORM,
    body: stringify({
      payload: JSON.stringify({
        type: name,
        user: { id: ALICE, username: 'alice', name: 'alice', team_id: 'T0ACME00001' },
        team: { id: 'T0ACME00001', domain: 'acme' },
        enterprise: null,
        is_enterprise_install: false,
        api_app_id: 'A0CASETHR1',
        token: 'token',
        trigger_id: '1.2.abc',
        ...fields,
      }),
    }),
  });
  /** What comes to nothing, or only to an answer. */
  const harmless = async (): Promise<Sample[]> => {
    await world.slack.command(world.botUrl, {
      command: '/support',
      text: 'resolve',
      user: ALICE,
      channel: CHANNEL,
    });
    const ephemeral = world.slack.ephemerals.at(-1);
    const { card } = onlyThread(world.slack);
    const view = {
      id: 'V1',
      type: 'modal',
      callback_id: 'create',
      state: { values: { a: { b: { type: 'x', value: '1' } } } },
    };
    return [
      await command('list all'),
      await mention('help'),
      payload('block_actions', {
        channel: { id: CHANNEL, name: 'aws-cases' },
        response_url: `${world.slack.origin}/nowhere`,
        container: { type: 'message', message_ts: ephemeral?.ts, channel_id: CHANNEL, is_ephemeral: true },
        actions: [
          {
            type: 'button',
            action_id: 'outbox_cancel',
            block_id: 'b1',
            value: 'abcdefghij',
            action_ts: '1.2',
          },
        ],
      }),
      payload('block_actions', {
        channel: { id: CHANNEL },
        response_url: `${world.slack.origin}/nowhere`,
        actions: [
          {
            type: 'static_select',
            action_id: 'resolve_pick',
            block_id: 'b1',
            selected_option: { text: { type: 'plain_text', text: 'x' }, value: '9999999999' },
          },
        ],
      }),
      payload('view_submission', { view, response_urls: [] }),
      payload('view_closed', { view, is_cleared: false }),
      await caught('shortcut', () =>
        world.slack.shortcut(world.botUrl, { callbackId: 'x', user: ALICE, signature: 'wrong' }),
      ),
      payload('message_action', {
        callback_id: 'send_to_aws',
        message_ts: card.ts,
        channel: { id: CHANNEL, name: 'aws-cases' },
        response_url: `${world.slack.origin}/nowhere`,
        message: { type: 'message', user: ALICE, ts: card.ts, text: 'x' },
      }),
      {
        name: 'link_shared',
        contentType: JSON_TYPE,
        body: JSON.stringify({
          type: 'event_callback',
          event_id: 'Ev0LINKSHARED',
          team_id: 'T0ACME00001',
          is_ext_shared_channel: false,
          event: {
            type: 'link_shared',
            user: ALICE,
            channel: CHANNEL,
            message_ts: card.ts,
            is_bot_user_member: true,
            unfurl_id: `${CHANNEL}.${card.ts}.x`,
            source: 'conversations_history',
            links: [{ domain: 'console.aws.amazon.com', url: `${CONSOLE}#/case/?displayId=${displayId}` }],
          },
        }),
      },
      ...['reaction_added', 'app_home_opened'].map((type) => ({
        name: type,
        contentType: JSON_TYPE,
        body: JSON.stringify({
          type: 'event_callback',
          event_id: `Ev0${type.toUpperCase()}`,
          team_id: 'T0ACME00001',
          event: {
            type,
            user: ALICE,
            tab: 'home',
            reaction: 'eyes',
            item: { type: 'message', channel: CHANNEL, ts: card.ts },
            item_user: world.slack.app.botUser,
            event_ts: '1700000000.000100',
          },
        }),
      })),
      payload('block_suggestion', { action_id: 'x', block_id: 'y', value: 'z', channel: { id: CHANNEL } }),
      {
        name: 'url_verification',
        contentType: JSON_TYPE,
        body: '{"type":"url_verification","challenge":"x","token":"y"}',
      },
      { name: 'ssl_check', contentType: FORM, body: 'ssl_check=1&token=x' },
    ];
  };
  /** Every field of a request as every odd value: of the form, and of the JSON in it. */
  const mutated = ({ name, contentType, body }: Sample): (Variant & { contentType: string })[] => {
    const named = ({ what, json }: Variant, as: (json: string) => string) => ({
      what: `${name}, ${what}`,
      json: as(json),
      contentType,
    });
    if (contentType === JSON_TYPE)
      return variants(JSON.parse(body)).map((each) => named(each, (json) => json));
    const fields = { ...parse(body) };
    if (typeof fields.payload === 'string')
      return variants(JSON.parse(fields.payload)).map((each) =>
        named(each, (json) => stringify({ payload: json })),
      );
    // In a form everything is a text, or several.
    return variants(fields).flatMap((each) => {
      const odd: unknown = each.json === '' ? '' : JSON.parse(each.json);
      return typeof odd === 'object' && odd !== null && !Array.isArray(odd)
        ? [named(each, () => stringify(wellFormed(odd)))]
        : [];
    });
  };

  it('answers each odd value in each field of everything that Slack sends, and AWS hears nothing', async () => {
    const samples = await harmless();
    for (const sample of samples) {
      const status = await sendSigned(sample.body, sample.contentType, sample.name);
      assert.ok(status === 200 || status === 404, `${status} to ${sample.name}`);
    }
    const all = someOf(samples.flatMap(mutated));
    assert.ok(all.length > 1_500, String(all.length));
    await forAll(all, 24, async ({ what, json, contentType }) => {
      await sendSigned(json, contentType, what);
    });
    heardNothing();
    await stillWell();
  });

  it('sends to AWS each reply that somebody wrote once, whatever else is odd in the request', async () => {
    const samples = [await command(`reply ${displayId} ${TEXT}`), await mention(`reply ${TEXT}`)];
    const wanted = new Set<string>();
    await forAll(someOf(samples.flatMap(mutated)), 24, async ({ what, json, contentType }) => {
      const status = await sendSigned(json, contentType, what);
      if (status !== 200) return;
      const { text, trigger_id } = parse(json);
      if (contentType === JSON_TYPE) wanted.add('the message');
      else if (text === `reply ${displayId} ${TEXT}`) wanted.add(String(trigger_id ?? what));
    });
    assert.ok(wanted.size > 1 && wanted.size < 40, [...wanted].join());
    await world.until(() => bodiesAtAws().length === 1 + wanted.size, `${wanted.size} replies`);
    await stillWell();
    const [, ...replies] = bodiesAtAws();
    assert.equal(replies.length, wanted.size);
    for (const reply of replies)
      assert.match(reply, /^Please look at line 7\.\n\n— Alice Example, via Slack · ref \w{10}$/);
  });

  it('refuses every signature that is not of this body, by this secret, of these minutes', async () => {
    const { length } = bodiesAtAws();
    const { body, contentType } = await command(`reply ${displayId} Forged.`);
    const type = { 'content-type': contentType };
    const good = signed(body);
    const signature = good['x-slack-signature'];
    const time = good['x-slack-request-timestamp'];
    const as = (change: Record<string, string>) => ({ ...type, ...good, ...change });
    const refused: [what: string, headers: Record<string, string>][] = [
      ['none', type],
      ['a signature without a time', { ...type, 'x-slack-signature': signature }],
      ['a time without a signature', { ...type, 'x-slack-request-timestamp': time }],
      ['another secret', { ...type, ...signed(body, { secret: 'x' }) }],
      ['an empty secret', { ...type, ...signed(body, { secret: '' }) }],
      ['ten minutes ago', { ...type, ...signed(body, { shift: -600 }) }],
      ['in ten minutes', { ...type, ...signed(body, { shift: 600 }) }],
      ['in a hundred years', { ...type, ...signed(body, { shift: 3_155_760_000 }) }],
      ['another body', { ...type, ...signed(body, { of: `${body}&x=1` }) }],
      ['no body', { ...type, ...signed(body, { of: '' }) }],
      ['another time', as({ 'x-slack-request-timestamp': String(Number(time) - 1) })],
      ['capitals', as({ 'x-slack-signature': signature.toUpperCase() })],
      ['another version', as({ 'x-slack-signature': signature.replace('v0', 'v1') })],
      ['half of it', as({ 'x-slack-signature': signature.slice(0, 40) })],
      ['two', as({ 'x-slack-signature': `${signature}, ${signature}` })],
      ['nothing in it', as({ 'x-slack-signature': '' })],
      ...[
        '',
        '0',
        '-1',
        'NaN',
        'Infinity',
        '1e400',
        '1e10',
        `${time}.5`,
        `${time}0`,
        '__proto__',
        '9'.repeat(400),
      ].map((odd): [string, Record<string, string>] => [
        `the time ${odd}`,
        as({ 'x-slack-request-timestamp': odd }),
      ]),
    ];
    for (const [what, headers] of refused) assert.equal(await send(body, what, headers), 401, what);
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: 63 }), fc.constantFrom(...'0123456789abcdef'), async (at, digit) => {
        const forged = `${signature.slice(0, 3 + at)}${digit}${signature.slice(4 + at)}`;
        fc.pre(forged !== signature);
        assert.equal(await send(body, forged, as({ 'x-slack-signature': forged })), 401);
      }),
      { numRuns: RUNS },
    );
    // Slack's check of the line needs no signature by Slack's rules, and gets nowhere without one.
    assert.equal(await send(`ssl_check=1&${body}`, 'a smuggled command', type), 401);
    assert.equal(await sendSigned(`ssl_check=1&${body}`, contentType, 'a signed check of the line'), 200);
    await stillWell();
    assert.equal(bodiesAtAws().length, length);
  });

  it('takes a request that is replayed, many at once, once', async () => {
    const { length } = bodiesAtAws();
    for (const { body, contentType, name } of [
      await command(`reply ${displayId} Once.`),
      await mention('reply Once.'),
    ]) {
      const statuses = await Promise.all(
        Array.from({ length: 20 }, () => sendSigned(body, contentType, name)),
      );
      assert.deepEqual([...new Set(statuses)], [200]);
    }
    await world.until(() => bodiesAtAws().length === length + 2, 'both replies');
    await stillWell();
    assert.equal(bodiesAtAws().length, length + 2);
  });

  it('answers signed bodies that are spoilt at random, or in an encoding that they do not say', async () => {
    const { length } = bodiesAtAws();
    const samples = await harmless();
    const types = fc.constantFrom(
      FORM,
      JSON_TYPE,
      `${FORM}; charset=utf-8`,
      'text/plain',
      'multipart/form-data; boundary=x',
      '',
    );
    const raw = spoiltBodies(samples.map(({ body }) => body));
    // What is spoilt in the JSON within a form.
    const inForm = spoiltBodies(
      samples.flatMap(({ body }) => [parse(body).payload].flat()).filter((each) => each !== undefined),
    ).map((body) => Buffer.from(stringify({ payload: body.toString('utf8').toWellFormed() })));
    const many = fc.array(fc.tuple(fc.oneof(raw, inForm), types), { minLength: 1, maxLength: 16 });
    await fc.assert(
      fc.asyncProperty(many, async (all) => {
        await Promise.all(
          all.map(([body, type]) => sendSigned(body, type, body.toString('latin1').slice(0, 300))),
        );
        assert.deepEqual(watch.crashes, []);
      }),
      { numRuns: RUNS },
    );
    const deep = (open: string, close: string) => `${open.repeat(100_000)}1${close.repeat(100_000)}`;
    for (const odd of [deep('[', ']'), deep('{"a":', '}'), `1${'0'.repeat(100_000)}`, '1e400'])
      for (const [type, field] of [
        ['url_verification', 'challenge'],
        ['event_callback', 'event'],
        ['event_callback', 'authorizations'],
        ['block_actions', 'actions'],
        ['view_submission', 'view'],
      ] as const) {
        const json = `{"type":"${type}","${field}":${odd}}`;
        assert.equal(await sendSigned(json, JSON_TYPE, `${field} of ${type}`), 400);
        // Written as a form, it may be larger than a request may be.
        const status = await sendSigned(stringify({ payload: json }), FORM, `${field} of ${type}`);
        assert.ok(status === 400 || status === 413, String(status));
      }
    for (const odd of ['null', '[]', '"x"', '1', 'true', '', '{}', '\uFEFF{}'])
      for (const [body, type] of [
        [odd, JSON_TYPE],
        [stringify({ payload: odd }), FORM],
      ] as const)
        assert.equal(await sendSigned(body, type, `${odd} as ${type}`), 400);
    for (const odd of ['%', '%zz', '%ff%fe', '%00', '+', '&=&=&', '\u202e', '='.repeat(5_000)])
      await sendSigned(`command=%2Fsupport&text=${odd}&user_id=${ALICE}&channel_id=${CHANNEL}`, FORM, odd);
    await stillWell();
    assert.equal(bodiesAtAws().length, length);
  });

  it('answers requests that are cut up at random', async () => {
    const [{ body } = { body: '' }] = await harmless();
    const cuts = fc.array(fc.nat({ max: 100_000 }), { maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(cuts, cuts, fc.boolean(), async (inBody, inHead, asChunks) => {
        const headers = {
          host: 'x',
          connection: 'close',
          'content-type': FORM,
          ...signed(body),
          ...(asChunks ? { 'transfer-encoding': 'chunked' } : { 'content-length': String(body.length) }),
        };
        const head = `POST /slack/events HTTP/1.1\r\n${Object.entries(headers)
          .map(([name, value]) => `${name}: ${value}\r\n`)
          .join('')}\r\n`;
        const pieces = cutUp(Buffer.from(body), inBody);
        const port = Number(new URL(world.botUrl).port);
        const all = [...cutUp(Buffer.from(head), inHead), ...(asChunks ? chunks(pieces) : pieces)];
        assert.equal((await exchange(port, all)).status, 200);
      }),
      { numRuns: Math.ceil(RUNS / 2) },
    );
    await stillWell();
  });

  it('keeps nothing of it in memory', async () => {
    const all = (await harmless()).flatMap(mutated).filter((_, index) => index % 24 === 0);
    const log = world.log as string[];
    await staysFlat(async () => {
      await forAll(all, 16, ({ what, json, contentType }) =>
        sendSigned(json, contentType, what).then(() => undefined),
      );
      log.length = 0;
    });
    await stillWell();
  });
});

/** All in a long run. In a short one each field in some of the ways, in others for the next request. */
function someOf<T>(all: readonly T[]): T[] {
  return all.filter((_, index) => LONG || index % 5 === 0);
}

/** Half a character cannot be written into a form. */
function wellFormed(fields: object): Record<string, string> {
  return Object.fromEntries(
    Object.entries(fields).map(([key, value]) => [
      key,
      typeof value === 'string' ? value.toWellFormed() : value,
    ]),
  );
}
