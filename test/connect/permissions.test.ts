import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { openEventDoor } from '../ingress/event-door.js';
import { trailOf } from '../world/aws-control/cloudtrail.js';
import { ACCOUNT, connectStage, KEY, URL_OF_BOT } from './run-connect.js';

interface Statement {
  readonly Effect: string;
  readonly Action: string | string[];
  readonly Resource: string | string[];
}

/** The policy that the README has people attach for connect. */
function policyInReadme(): readonly Statement[] {
  const documents = [...readFileSync('README.md', 'utf8').matchAll(/```json\n([\s\S]*?)```/g)].map(
    ([, text = '']) => text,
  );
  const [found] = documents.filter((text) => text.includes('CasethreadConnects'));
  assert.ok(found !== undefined, 'the README has the policy');
  return (JSON.parse(found) as { Statement: Statement[] }).Statement;
}

/** In AWS's own policy for EventBridge as well, for changes of a secret; no call shows that they are used. */
const BEHIND_THE_SCENES = ['secretsmanager:GetSecretValue', 'secretsmanager:PutSecretValue'];

describe('permissions of npm run connect', () => {
  it('are those in the README, each of them, and no other', async () => {
    const stage = await connectStage({}, { EVENTS_CALLS: 'all' });
    const trail = trailOf(stage.aws.desk(), 'of-the-tests');
    stage.region.trails.set(trail.name, trail);
    const door = await openEventDoor({ keys: [KEY] });
    stage.answer((url, init) =>
      fetch(String(url).replace(URL_OF_BOT, `http://127.0.0.1:${door.port}`), init),
    );
    const all = ['--url', URL_OF_BOT, '--organization', 'o-abcdefghij'];
    await stage.run(all);
    // Everything differs.
    const { connections, destinations, rules, queues } = stage.region;
    const role = stage.aws.account(ACCOUNT).roles.get('casethread-events');
    const [connection] = connections.values();
    const [destination] = destinations.values();
    const [rule] = rules.values();
    const [queue] = queues.values();
    assert.ok(connection && destination && rule && queue && role);
    connection.description = 'Casethread';
    destination.method = 'PUT';
    for (const { tags } of [rule, queue, role]) tags.clear();
    role.trust = role.trust.replace('ArnLike', 'StringLike');
    await stage.run(all);
    const tried = await stage.run(['--url', URL_OF_BOT, '--test']);
    assert.equal(tried.code, 1, 'the event cannot be delivered, so the queue is looked into');
    await stage.run(['--remove']);

    const named = policyInReadme().flatMap(({ Action }) => Action);
    assert.deepEqual(named.filter((action) => !BEHIND_THE_SCENES.includes(action)).sort(), [
      ...stage.aws.usedActions(),
    ]);
    assert.equal(new Set(named).size, named.length);
    await stage.stop();
    await door.close();
  });

  it('that only read are enough for --dry-run', async () => {
    const writing = policyInReadme()
      .flatMap(({ Action }) => Action)
      .filter((action) => !/:(Describe|List|Get)/.test(action));
    const stage = await connectStage({ deny: writing }, {});
    const ran = await stage.run(['--url', URL_OF_BOT, '--dry-run', '--organization', 'o-abcdefghij']);
    assert.equal(ran.code, 0, ran.text);
    await stage.stop();
  });

  it('name what they are for, wherever AWS lets them', () => {
    for (const { Effect, Action, Resource } of policyInReadme()) {
      assert.equal(Effect, 'Allow');
      if (Resource === '*')
        assert.ok(
          [Action]
            .flat()
            .every((each) => /^(events:(Put|Remove)Permission|cloudtrail:(Get|Describe)\w+)$/.test(each)),
        );
      for (const each of [Action].flat()) assert.ok(!each.includes('*'), each);
    }
  });
});
