import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import type { ApiCall } from '../../../src/case/calls/api-call.js';
import { readApiCall } from '../../../src/case/calls/read-api-call.js';
import { burst, IN, linesOf } from './shown.js';

const FIXTURES = 'test/fixtures/cloudtrail-records';

function sourceOf(name: string): string {
  return `aws.${name.split('.')[0]}`.replace('unknown', 'support');
}

function fixture(name: string): ApiCall {
  const record: unknown = JSON.parse(readFileSync(`${FIXTURES}/${name}.json`, 'utf8'));
  const read = readApiCall(record, { receivedAt: 1, source: sourceOf(name) });
  assert.ok('call' in read);
  return read.call;
}

/** AWS's own examples, as they are shown. */
const EXAMPLES: Readonly<Record<string, readonly string[]>> = {
  'support-subscription.DescribeSupportLevelSummary': [
    `:rotating_light: root, without MFA, opened the page with the support plan of ${IN}`,
    'In the AWS console · from 100.127.8.67 · us-east-1 · 2021-01-07 22:08 UTC',
    'CloudTrail: DescribeSupportLevelSummary of support-subscription.amazonaws.com · event e1eeda0e-d77c-487b-a7e5-4014f7123abc · arn:aws:iam::111122223333:root',
  ],
  'support-subscription.UpdateProbationAutoCancellation': [
    `:rotating_light: root kept the support plan of ${IN}, which would have been cancelled by itself`,
    'In the AWS console · from 100.127.8.67 · us-east-1 · 2021-01-07 23:28 UTC',
    'CloudTrail: UpdateProbationAutoCancellation of support-subscription.amazonaws.com · event f4a58c09-0bb0-4ba2-a8d3-df6909123abc · arn:aws:iam::111122223333:root',
  ],
  'support-subscription.UpdateSupportLevel': [
    `:rotating_light: root, without MFA, asked AWS to change the support plan of ${IN} to Developer`,
    'Last asked for before: not known',
    'In the AWS console · from 100.127.8.247 · us-east-1 · 2021-01-07 22:08 UTC',
    'CloudTrail: UpdateSupportLevel of support-subscription.amazonaws.com · event c69fb149-c206-47ce-8766-8df6ec123abc · arn:aws:iam::111122223333:root',
  ],
  'support.CreateCase': [
    `:pencil2: janedoe opened case-111122223333-muen-2016-c3f2077e504940f2 (https://console.aws.amazon.com/support/home#/case/?caseId=case-111122223333-muen-2016-c3f2077e504940f2) in ${IN}, severity General guidance (low), about support-api`,
    'In the AWS console · without MFA · from 198.51.100.15 · us-east-1 · 2016-04-13 18:05 UTC',
    'CloudTrail: CreateCase of support.amazonaws.com · event 5aa34bfc-ad5b-4fb1-8a55-2277c86e746a · arn:aws:iam::111122223333:user/janedoe',
  ],
  'unknown.CreateCase': [
    `:pencil2: janedoe opened case-111122223333-muen-2016-c3f2077e504940f2 (https://console.aws.amazon.com/support/home#/case/?caseId=case-111122223333-muen-2016-c3f2077e504940f2) in ${IN}, severity General guidance (low), about support-api`,
    'us-east-1 · 2016-04-13 18:05 UTC',
    'CloudTrail: CreateCase of support.amazonaws.com · event 5aa34bfc-ad5b-4fb1-8a55-2277c86e746a · arn:aws:iam::111122223333:user/janedoe',
  ],
  'support.RefreshTrustedAdvisorCheck': [
    `:pencil2: Admin had Trusted Advisor run check Pfx0RwqBli again in ${IN}`,
    'By the AWS CLI · from 72.21.198.67 · us-east-1 · 2020-10-21 16:34 UTC',
    'CloudTrail: RefreshTrustedAdvisorCheck of support.amazonaws.com · event 2f4630ac-5c27-4f0d-b93f-63742d6fc85e · arn:aws:iam::111122223333:user/Admin',
  ],
  'supportplans.CreateSupportPlanSchedule': [
    `:pencil2: janedoe (Admin) scheduled the support plan of ${IN}: Business (TrialPlan7FB93B) from 2023-06-03 17:23 UTC until 2023-09-03 17:23 UTC, then Business (StandardPlan2074BB)`,
    'In the AWS console · from 205.251.233.183 · us-west-2 · 2023-05-09 16:30 UTC',
    'CloudTrail: CreateSupportPlanSchedule of supportplans.amazonaws.com · event a2a1ba44-610d-4dc8-bf16-29f1635b57a9 · arn:aws:sts::111122223333:user/janedoe',
  ],
  'supportplans.GetSupportPlan': [
    `:eyes: janedoe (Admin) looked up the support plan of ${IN}`,
    'In the AWS console · from 205.251.233.183 · us-west-2 · 2022-06-29 16:39 UTC',
    'CloudTrail: GetSupportPlan of supportplans.amazonaws.com · event b711bc30-16a5-4579-8f0d-9ada8fe6d1ce · arn:aws:sts::111122223333:user/janedoe',
  ],
  'supportplans.GetSupportPlanUpdateStatus': [
    `:eyes: janedoe (Admin) looked up how a change of the support plan of ${IN} stands`,
    'In the AWS console · from 205.251.233.183 · us-west-2 · 2022-06-29 16:39 UTC',
    'CloudTrail: GetSupportPlanUpdateStatus of supportplans.amazonaws.com · event 28d1c0e3-ccb6-4fd1-8793-65be010114cc · arn:aws:sts::111122223333:user/janedoe',
  ],
  'supportplans.StartSupportPlanUpdate': [
    `:pencil2: janedoe (Admin) asked AWS to change the support plan of ${IN} to Basic, the lowest one`,
    'Last asked for before: not known',
    'In the AWS console · from 205.251.233.183 · us-west-2 · 2022-06-29 16:38 UTC',
    'CloudTrail: StartSupportPlanUpdate of supportplans.amazonaws.com · event 5dba89f8-2e5b-42b9-9b8f-395580c52962 · arn:aws:sts::111122223333:user/janedoe',
  ],
  'supportrecommendations.GetSupportTroubleshootingResponse': [
    `:eyes: Admin read what AWS Support Recommendations advises for ${IN}`,
    'In the AWS console · from 72.21.198.67 · us-east-1 · 2023-09-11 16:34 UTC',
    'CloudTrail: GetSupportTroubleshootingResponse of supportrecommendations.amazonaws.com · event 2f4630ac-5c27-4f0d-b93f-63742d6fc85e · arn:aws:iam::111122223333:user/Admin',
  ],
  'supportrecommendations.StartSupportTroubleshooting': [
    `:pencil2: Admin described a problem of ${IN} to AWS Support Recommendations`,
    'In the AWS console · from 72.21.198.67 · us-east-1 · 2023-09-11 16:34 UTC',
    'CloudTrail: StartSupportTroubleshooting of supportrecommendations.amazonaws.com · event 2f4630ac-5c27-4f0d-b93f-63742d6fc85e · arn:aws:iam::111122223333:user/Admin',
  ],
};

describe('renderBurst, of what AWS gives as examples', () => {
  it('knows every example', () => {
    assert.deepEqual(
      Object.keys(EXAMPLES)
        .map((name) => `${name}.json`)
        .sort(),
      readdirSync(FIXTURES).sort(),
    );
  });

  for (const [name, lines] of Object.entries(EXAMPLES))
    it(`shows ${name}`, () => assert.deepEqual(linesOf(burst([fixture(name)])), lines));
});
