import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { accountDeeds } from '../../src/sandbox/account-deeds.js';
import { type Aws, startAws } from '../../src/sandbox/aws/start-aws.js';
import type { CallRecord } from '../../src/sandbox/aws/trail/call-event.js';
import { AIKO } from '../../src/sandbox/cast.js';

const FIXTURES = 'test/fixtures/cloudtrail-records';
const fixture = (name: string) =>
  JSON.parse(readFileSync(`${FIXTURES}/${name}.json`, 'utf8')) as Record<string, unknown>;

describe('what people of the sandbox do in the account', () => {
  let aws: Aws;
  let does: ReturnType<typeof accountDeeds>;
  beforeEach(async () => {
    aws = await startAws({ trail: { delayMs: 0 } });
    does = accountDeeds(aws);
  });
  afterEach(() => aws.stop());

  const records = (): CallRecord[] => aws.callEvents.map(({ detail }) => detail);
  const supportLevel = ({ requestParameters }: CallRecord) =>
    (requestParameters as { update: { supportLevel: string } }).update.supportLevel;

  it('changes the plan to and fro, as somebody and as root without MFA, as AWS writes it', () => {
    does('change-plan', AIKO);
    does('change-plan-as-root', AIKO);
    const [byAiko, byRoot] = records();
    assert.ok(byAiko && byRoot);
    const known = fixture('supportplans.StartSupportPlanUpdate');
    const { sessionCredentialFromConsole, ...fields } = byAiko;
    assert.equal(sessionCredentialFromConsole, 'true');
    assert.deepEqual(Object.keys(fields).sort(), Object.keys(known).sort());
    for (const name of ['eventSource', 'eventName', 'awsRegion']) assert.equal(byAiko[name], known[name]);
    assert.equal(aws.callEvents[0]?.source, 'aws.supportplans');
    assert.notEqual(supportLevel(byAiko), supportLevel(byRoot));
    assert.match(JSON.stringify(byAiko.userIdentity), /assumed-role\/CheckoutTeam\/AikoTanaka/);
    assert.match(JSON.stringify(byRoot.userIdentity), /"type":"Root".*"mfaAuthenticated":"false"/);
  });

  it('refreshes 20 different checks', () => {
    does('refresh-checks', AIKO);
    const known = fixture('support.RefreshTrustedAdvisorCheck');
    assert.equal(new Set(records().map((each) => JSON.stringify(each.requestParameters))).size, 20);
    for (const each of records()) {
      assert.deepEqual([each.eventName, each.eventSource], [known.eventName, known.eventSource]);
      assert.equal(each.responseElements, null);
    }
  });

  it('has a reply refused, on an open case where there is one, and says it when there is none', () => {
    assert.equal(does('refused-reply', AIKO), false);
    assert.deepEqual(records(), []);
    const open = aws.openCase({ subject: 'open', body: 'b', silent: true });
    const resolved = aws.openCase({ subject: 'resolved', body: 'b', silent: true });
    aws.resolve(resolved.caseId, { silent: true });
    assert.equal(does('refused-reply', AIKO), true);
    const [refused] = records();
    assert.deepEqual(
      [refused?.eventName, refused?.errorCode, refused?.requestParameters],
      ['AddCommunicationToCase', 'AccessDenied', { caseId: open.caseId }],
    );
    assert.match(String(refused?.errorMessage), /AikoTanaka is not authorized/);
    assert.equal(aws.case(open.caseId).communications.length, 1);
  });
});
