import assert from 'node:assert/strict';
import { loadAwsServiceSpec } from '@aws-cdk/aws-service-spec';
import type { SpecDatabase } from '@aws-cdk/service-spec-types';
import { evaluate } from './cloudformation/evaluate.js';
import { templateFaults } from './cloudformation/faults.js';
import { readTemplate } from './cloudformation/read.js';
import { MEMBER, NEEDED, OF_MEMBER, ONE_ACCOUNT, ORGANIZATION } from './cloudformation/samples.js';
import { policyFaults } from './policy-faults.js';

describe('checks of CloudFormation templates', () => {
  let db: SpecDatabase;
  before(async () => {
    db = await loadAwsServiceSpec();
  });

  /** What is found in a template after a change that breaks it. */
  const broken = (text: string, replace: string, by: string) => {
    assert.ok(text.includes(replace), replace);
    return templateFaults(db, text.replace(replace, by));
  };

  const breaks: [what: string, replace: string, by: string, fault: RegExp][] = [
    ['a type that is none', 'AWS::Events::ApiDestination', 'AWS::Events::APIDestination', /is of no type/],
    ['a property that is none', 'QueueName:', 'Name:', /UndeliveredQueue has no Name/],
    ['a property that is missing', '      HttpMethod: POST\n', '', /ApiDestination lacks HttpMethod/],
    ['a value that is not allowed', 'HttpMethod: POST', 'HttpMethod: post', /not one of/],
    [
      'one that is not allowed in one case',
      'TRAIL_MANAGEMENT_EVENTS, ',
      'TRAIL_EVENTS, ',
      /CallsRule.State is/,
    ],
    ['a nested property that is none', 'MaximumRetryAttempts', 'MaximumRetries', /RetryPolicy has no/],
    ['a number that is text', 'MaximumRetryAttempts: 185', "MaximumRetryAttempts: '185'", /is no integer/],
    ['a tag that is none', 'Value: event-path', 'Worth: event-path', /Tags\[0\] is no tag/],
    ['an attribute that is none', 'Connection.Arn', 'Connection.ARN', /names Connection.ARN/],
    ['a name that is none, in text', `\${PublicUrl}/aws`, `\${PublicURL}/aws`, /names PublicURL/],
    ['a parameter that is none', '!Ref EventApiKey', '!Ref ApiKey', /names ApiKey/],
    ['a parameter that nobody uses', '!Ref EventApiKey', 'no-secret-at-all', /EventApiKey is not used/],
    ['a condition that is none', 'Condition: HasPolicy', 'Condition: WithPolicy', /names WithPolicy/],
    ['a condition that nobody uses', '!If [HasRole,', '!If [HasPolicy,', /HasRole is not used/],
    ['what it depends on missing', 'DependsOn: Undelivered', 'DependsOn: Unsent', /depends on Unsent/],
    ['a condition that looks at a resource', '!Ref BotRoleName, ', '!Ref Rule, ', /Rules\..* names Rule,/],
    [
      'a circle',
      `!Sub 'arn:\${AWS::Partition}:events:\${AWS::Region}:\${AWS::AccountId}:rule/\${Name}'`,
      '!GetAtt Rule.Arn',
      /A circle/,
    ],
    ['a section that is none', 'Outputs:', 'Results:', /no section Results/],
    [
      'a default that is refused',
      'Default: casethread\n',
      'Default: case thread\n',
      /default of .* is refused/,
    ],
    [
      'a secret with a default',
      'NoEcho: true',
      "NoEcho: true\n    Default: 'kkkkkkkkkkkkkkkkkkkk'",
      /secret and has/,
    ],
    ['a parameter that the form forgets', '[PublicUrl, EventApiKey]', '[PublicUrl]', /not once in the form/],
    [
      'a parameter without its sentence',
      '    ConstraintDescription: It is the name of a role, not its ARN.\n',
      '',
      /does not say in a sentence/,
    ],
    ['a function that is none', '!GetAtt Connection.Arn', "{ 'Fn::GetArn': Connection }", /Fn::GetArn/],
    ['too many bytes', 'Casethread: brings', 'x'.repeat(51_200), /bytes/],
  ];
  for (const [what, replace, by, fault] of breaks) {
    it(`find ${what}`, () => {
      assert.match(broken(ONE_ACCOUNT, replace, by).join('\n'), fault);
    });
  }

  it('find a tag that CloudFormation does not have, and a key that is there twice', () => {
    assert.throws(() => broken(ONE_ACCOUNT, '!GetAtt Connection.Arn', '!GetArn Connection'), /!GetArn/);
    assert.throws(() => broken(ONE_ACCOUNT, 'State: ENABLED', 'State: ENABLED\n      State: DISABLED'));
  });

  it('find text that readers of YAML 1.1 stumble over, where others do not', () => {
    assert.throws(
      () => broken(ONE_ACCOUNT, '{ default: Your bot }', '{ default: Your bot? }'),
      /quotes around “Your bot\?”/,
    );
    assert.doesNotThrow(() => broken(ONE_ACCOUNT, '{ default: Your bot }', "{ default: 'Your bot?' }"));
  });

  it('find a resource that is not there in every way in which the template can be filled in', () => {
    const text = MEMBER.replace('Condition: HasQueue\n', 'Condition: HasDoctor\n');
    const given = { ...OF_MEMBER, KeepUndelivered: 'yes', DoctorMayLook: 'no' };
    assert.throws(() => evaluate(readTemplate(text), given), /UndeliveredQueue is not there/);
  });

  const wide: [what: string, replace: string, by: string, fault: RegExp][] = [
    ['every action', 'Action: events:InvokeApiDestination', "Action: '*'", /no single action: \*/],
    ['every action of a service', 'Action: sqs:SendMessage', "Action: 'sqs:*'", /no single action: sqs/],
    ['any resource', 'Resource: !GetAtt UndeliveredQueue.Arn', "Resource: '*'", /not limited to a resource/],
    ['any account', 'aws:PrincipalOrgID: ', 'aws:PrincipalAccount: ', /lets "\*" in/],
    ['any rule of anybody', 'aws:SourceArn: ', 'aws:SourceOrgID: ', /without "aws:SourceArn"/],
    ['a role of any organization', 'aws:ResourceOrgID: ', 'aws:PrincipalOrgID: ', /every account/],
    ['a policy of another version', "Version: '2012-10-17'", "Version: '2008-10-17'", /of the version/],
  ];
  for (const [what, replace, by, fault] of wide) {
    it(`find ${what} permitted`, () => {
      assert.ok(ONE_ACCOUNT.includes(replace), replace);
      const template = readTemplate(ONE_ACCOUNT.replace(replace, by));
      const { resources } = evaluate(template, { ...NEEDED, OrganizationId: ORGANIZATION });
      assert.match(policyFaults('stack', resources).join('\n'), fault);
    });
  }
});
