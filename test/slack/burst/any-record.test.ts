import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { ApiCall } from '../../../src/case/calls/api-call.js';
import type { Burst } from '../../../src/case/calls/burst.js';
import { SERVICES } from '../../../src/case/calls/operations/operation-of.js';
import { acceptBlocks } from '../../../src/sandbox/slack/blocks/accept-blocks.js';
import { linksOf, mentionsOf, shownText } from '../../../src/sandbox/slack/start-slack.js';
import { blocksSize } from '../../../src/slack/blocks-size.js';
import { SLACK_LIMITS } from '../../../src/slack/limits.js';
import { renderBurst } from '../../../src/slack/render-burst.js';
import { anyText } from '../../any-text.js';
import { callAt, ownCallAt } from '../../case/calls/sample-call.js';
import { HOSTILE } from '../hostile.js';
import { burst, ROOT } from './shown.js';

describe('renderBurst, whatever a record holds', () => {
  const names = Object.entries(SERVICES).flatMap(([source, { operations }]) =>
    [...Object.keys(operations), 'FooBar'].map((name) => ({ source, name })),
  );
  /** They show most, of many calls. */
  const NAMED = ['CreateCase', 'DescribeTrustedAdvisorCheckSummaries', 'FooBar'];
  const PLANS = [
    { source: 'supportplans.amazonaws.com', name: 'StartSupportPlanUpdate' },
    { source: 'supportplans.amazonaws.com', name: 'CreateSupportPlanSchedule' },
    { source: 'supportapp.amazonaws.com', name: 'UpdateSlackChannelConfiguration' },
  ];
  const hostile = (text: string, { source, name }: { source: string; name: string }): ApiCall => ({
    ...callAt(60),
    id: text,
    source,
    name,
    error: text.length % 2 === 0 ? null : text,
    principal: { kind: 'role', name: text, role: text, arn: text, account: text },
    address: text,
    region: text,
    caseId: text,
    displayId: text,
    told: Object.fromEntries(
      [
        ...['severityCode', 'serviceCode', 'checkId', 'checkIds', 'supportLevel', 'startLevel', 'startOffer'],
        ...['startTimestamp', 'endLevel', 'endOffer', 'endTimestamp', 'teamId', 'teamName', 'channelId'],
        ...['channelName', 'channelRoleArn', 'accountAlias', 'notifyOnCaseSeverity', 'notifyOnResolveCase'],
      ].map((field) => [field, text]),
    ),
  });
  function check(each: Burst): void {
    const message = renderBurst(each, (account) => account);
    const blocks = acceptBlocks(message.blocks);
    assert.ok(message.text.length <= SLACK_LIMITS.text, `text of ${message.text.length}`);
    assert.ok(
      blocksSize(message.blocks) <= SLACK_LIMITS.blocksTotal,
      `blocks of ${blocksSize(message.blocks)}`,
    );
    assert.deepEqual(mentionsOf({ text: message.text, blocks, parse: 'none' }), []);
    for (const url of linksOf({ text: message.text, blocks, parse: 'none' }))
      assert.match(
        url,
        /^https:\/\/console\.aws\.amazon\.com\/support\/home#\/case\/\?(displayId|caseId)=[\w-]+$/,
      );
    // Nothing that people see breaks a line of ours.
    assert.ok(shownText({ blocks }).split('\n').length <= 4);
    assert.ok(message.text.isWellFormed() && !/[^\P{Cc}\n\t]/u.test(message.text));
  }

  for (const [what, text] of Object.entries(HOSTILE))
    it(`shows ${what} as text, within the limits`, () => {
      const before = hostile(`${text}!`, { source: '', name: '' }).told;
      for (const name of names) check(burst([hostile(text, name)], { before, user: text }));
      for (const name of NAMED.map((each) => ({ source: 'support.amazonaws.com', name: each })).concat(
        PLANS,
      )) {
        const calls = Array.from({ length: 20 }, (_, index) => hostile(`${index}${text}`, name));
        check(burst(calls, { count: 1_000_000, before, user: text }));
      }
    });

  it('holds for any text, id and time', () => {
    const any = fc.oneof(
      anyText(),
      fc.constantFrom(...Object.values(HOSTILE)),
      fc.stringMatching(/^[\w-]{90,100}$/),
    );
    const call = fc.record({
      text: any,
      name: fc.constantFrom(...names),
      at: fc.integer({ min: 0, max: 253_402_300_799_999 }),
      own: fc.boolean(),
      root: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(call, { minLength: 1, maxLength: 6 }), fc.nat(50), (each, more) => {
        const calls = each.map(({ text, name, at, own, root }) => ({
          ...hostile(text, name),
          at,
          ...(own
            ? { principal: ownCallAt(1).principal, isOwn: true }
            : root
              ? { principal: ROOT, mfa: false }
              : {}),
        }));
        check({ ...burst(calls), count: calls.length + more, user: each[0]?.text ?? null });
      }),
      { numRuns: 60, seed: 7 },
    );
  });
});
