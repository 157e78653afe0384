import assert from 'node:assert/strict';
import { agreement } from '../../src/sandbox/agreement/agreement.js';
import { SERVICES, SEVERITY_LEVELS } from '../../src/sandbox/aws/service-catalogue.js';
import { type Aws, startAws } from '../../src/sandbox/aws/start-aws.js';
import { shownText } from '../../src/sandbox/slack/start-slack.js';
import { STORY, tellStory } from '../../src/sandbox/story.js';
import { CHANNEL, startWorld, type World } from '../world/world.js';

const NOW = Date.parse('2026-07-04T09:41:00Z');
const MINUTE = 60_000;

describe('opening story', () => {
  describe('at AWS', () => {
    let aws: Aws;
    const settled: string[] = [];

    before(async () => {
      aws = await startAws({ now: () => NOW });
      await tellStory(aws, {
        now: () => NOW,
        settled: async (caseId) => {
          // Whoever waits for a thread finds the whole case, and none of the next.
          settled.push(`${aws.cases().length}: ${aws.case(caseId).displayId} ${aws.case(caseId).status}`);
        },
      });
    });
    after(() => aws.stop());
    const minutesAgo = (time: string | undefined) => (NOW - Date.parse(time ?? '')) / MINUTE;

    it('tells three cases one after the other: one resolved, one waiting for AWS, one for us', () => {
      assert.deepEqual(settled, [
        `1: ${STORY.resolved} resolved`,
        `2: ${STORY.waitingForAws} work-in-progress`,
        `3: ${STORY.waitingForUs} pending-customer-action`,
      ]);
      assert.deepEqual(
        aws.cases().map(({ severityCode }) => severityCode),
        ['low', 'urgent', 'high'],
      );
      const speakers = aws.cases().map(({ communications }) => communications.map(({ from }) => from));
      assert.deepEqual(speakers, [
        ['customer', 'aws', 'customer'],
        ['customer', 'aws', 'customer'],
        ['customer', 'aws'],
      ]);
    });

    it('looks lived-in: everything lies behind, oldest first, at the hour that fits', () => {
      const [resolved, atAws, withUs] = aws
        .cases()
        .map(({ communications }) => communications.map(({ timeCreated }) => minutesAgo(timeCreated)));
      for (const times of [resolved, atAws, withUs]) {
        assert.deepEqual(
          times,
          [...(times ?? [])].sort((a, b) => b - a),
        );
      }
      assert.ok((resolved?.[0] ?? 0) > 24 * 60 && (resolved?.[0] ?? 0) < 49 * 60);
      assert.ok((atAws?.[0] ?? 0) > 95 && (atAws?.[0] ?? 0) < 110);
      assert.ok((withUs?.[0] ?? 0) > 120 && (withUs?.[0] ?? 0) < 180);
      assert.equal(withUs?.at(-1), 12);
      assert.deepEqual(
        aws.events.map(({ detail }) => detail['event-name']),
        [
          ['CreateCase', 'AddCommunicationToCase', 'AddCommunicationToCase', 'ResolveCase'],
          ['CreateCase', 'AddCommunicationToCase', 'AddCommunicationToCase'],
          ['CreateCase', 'AddCommunicationToCase'],
        ].flat(),
      );
      for (const event of aws.events) assert.ok(minutesAgo(event.time) > 0, event.time);
    });

    it('writes what AWS would take and store as it is, by several people, and about no real one', () => {
      const cases = aws.cases();
      for (const { serviceCode, categoryCode, severityCode, communications } of cases) {
        const service = SERVICES.find(({ code }) => code === serviceCode);
        assert.ok(
          service?.categories.some(({ code }) => code === categoryCode),
          `${serviceCode} ${categoryCode}`,
        );
        assert.ok(SEVERITY_LEVELS.some(({ code }) => code === severityCode));
        for (const { body, from, submittedBy } of communications) {
          assert.doesNotMatch(body, /REDACTED|undefined|NaN|\[object/);
          assert.equal(body, body.trim());
          if (from === 'customer') assert.match(submittedBy, /^\w+ \(Role\) <[a-z.]+@example\.com>$/);
          else assert.equal(submittedBy, 'Amazon Web Services');
        }
      }
      assert.equal(new Set(cases.map(({ submittedBy }) => submittedBy)).size, 3);
      const long = cases[2]?.communications[1]?.body ?? '';
      assert.ok(long.length >= 5_000 && long.length <= 7_000, `${long.length}`);
      assert.match(long, /https:\/\/docs\.aws\.amazon\.com\//);
      // Its times are those of this telling.
      assert.ok(long.includes('2026-07-04T06:50:00Z'));
      assert.equal(new Set(Object.values(STORY)).size, 3);
    });
  });

  describe('in Slack', () => {
    let world: World;
    afterEach(() => world.stop());

    it('appears thread by thread, in few messages, the long answer over several', async () => {
      world = await startWorld();
      const { aws, slack, until } = world;
      const shown: number[] = [];
      await tellStory(aws, {
        now: Date.now,
        settled: async (caseId) => {
          const agrees = () => agreement([aws.case(caseId)], slack.threads(CHANNEL)).agreeing === 1;
          await until(agrees, `the thread of ${aws.case(caseId).displayId}`);
          shown.push(slack.threads(CHANNEL).length);
        },
      });
      assert.deepEqual(shown, [1, 2, 3]);
      const threads = slack.threads(CHANNEL);
      assert.deepEqual(agreement(aws.cases(), threads).differences, []);
      const messages = threads.flatMap(({ card, replies }) => [card, ...replies]);
      assert.ok(messages.length <= 14, `${messages.length} messages`);
      assert.deepEqual(
        threads.map(({ card }) => /Resolved|Waiting for (?:AWS|us)/.exec(shownText(card))?.[0]),
        ['Resolved', 'Waiting for AWS', 'Waiting for us'],
      );
      const answer = threads[2]?.replies.filter((reply) => shownText(reply).startsWith('AWS Support')) ?? [];
      assert.ok(answer.length >= 2, `${answer.length} messages for the long answer`);
    });
  });
});
