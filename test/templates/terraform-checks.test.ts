import assert from 'node:assert/strict';
import { moduleFaults } from './terraform/faults.js';
import { moduleFiles, readModule } from './terraform/read.js';
import { FOLDER } from './terraform/samples.js';

describe('checks of Terraform modules', () => {
  const breaks: [what: string, replace: string, by: string, fault: RegExp][] = [
    ['a resource of no type', '"aws_sqs_queue" "undelivered"', '"aws_sqs" "undelivered"', /is of no type/],
    ['an argument that is none', 'message_retention_seconds', 'retention', /has no retention/],
    ['an argument that is missing', '  http_method         = "POST"\n', '', /lacks http_method/],
    [
      'a nested argument that is none',
      'maximum_retry_attempts ',
      'max_retries ',
      /retry_policy has no max_retries/,
    ],
    [
      'a resource that is not there',
      'aws_iam_role.invoke.arn',
      'aws_iam_role.invoker.arn',
      /aws_iam_role.invoker/,
    ],
    [
      'an attribute that is none',
      'aws_iam_role.invoke.arn',
      'aws_iam_role.invoke.url',
      /aws_iam_role.invoke.url/,
    ],
    [
      'an index that is missing',
      'aws_iam_policy.bot[0].arn\n',
      'aws_iam_policy.bot.arn\n',
      /is there perhaps/,
    ],
    ['a variable that is not there', '= var.event_api_key', '= var.api_key', /var.api_key/],
    ['a variable that nobody uses', '= var.event_api_key', '= "a-key"', /var.event_api_key is not used/],
    ['a local that is not there', '= local.tags', '= local.labels', /local.labels/],
    [
      'a data source that is not there',
      'data "aws_partition" "current"',
      'data "aws_partition" "here"',
      /names data.aws_partition/,
    ],
    ['a provider without bound', ', < 7.0', '', /not bounded/],
    [
      'a provider that is not asked for',
      'provider = aws.us_west_2',
      'provider = aws.oregon',
      /of the provider aws\.oregon/,
    ],
    [
      'a provider that nobody uses',
      '[aws.us_west_2]',
      '[aws.us_west_2, aws.oregon]',
      /aws\.oregon is asked for/,
    ],
    ['a secret that is shown', '  sensitive   = true\n', '', /event_api_key is not sensitive/],
    ['a variable without type', '  type        = string\n', '', /has no type/],
    [
      'an output without description',
      'description = "The rule',
      'sensitive = "The rule',
      /rule_arn has no description/,
    ],
    ['a circle', 'Resource  = aws_sqs_queue.undelivered.arn', 'Resource  = local.queue_policy', /A circle/],
    ['a block of another kind', 'output "rule_arn"', 'module "rule_arn"', /do not know module/],
  ];
  for (const [what, replace, by, fault] of breaks) {
    it(`find ${what}`, async () => {
      const files = Object.entries(moduleFiles(FOLDER));
      assert.ok(
        files.some(([, text]) => text.includes(replace)),
        replace,
      );
      const broken = files.map(([name, text]) => [name, text.replace(replace, by)]);
      assert.match(moduleFaults(await readModule(Object.fromEntries(broken))).join('\n'), fault);
    });
  }

  it('find what cannot be read, and what is declared twice', async () => {
    await assert.rejects(readModule({ 'a.tf': 'locals {' }));
    const twice = 'variable "name" {}\n';
    await assert.rejects(readModule({ 'a.tf': twice, 'b.tf': twice }), /name is there twice/);
  });
});
