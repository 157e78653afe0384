import { ONE, ROLE, refuses } from './refuses.js';

describe('CONFIG_FILE that is wrong: accounts', () => {
  const account = (lines: string) => `accounts:\n  - ${lines.replaceAll('\n', '\n    ')}\n`;
  refuses([
    ['no id', account('alias: production'), /:2 {2}accounts\[0\]\.id: It is missing\. An AWS account id/],
    [
      'an id with nothing behind it',
      account('id:\nalias: a'),
      /:2 {2}accounts\[0\]\.id: Nothing stands behind it/,
    ],
    [
      'an id that has lost its leading zeros',
      account('id: 012345678901'),
      /:2 {2}accounts\[0\]\.id: Put the id between quotes: .*leading zeros are lost/,
    ],
    [
      'an id of 13 digits that would have 12 without its zero',
      account('id: 0111122223333'),
      /Put the id between quotes/,
    ],
    ['an id that is a shorter number', account('id: 12345678901'), /Put the id between quotes/],
    [
      'an id with dashes',
      account('id: 1111-2222-3333'),
      /“1111-2222-3333” is not an AWS account id: those have 12 digits/,
    ],
    ['an id of 11 digits', account('id: "11112222333"'), /not an AWS account id/],
    [
      'an account that is there twice',
      `${ONE}  - id: "111122223333"\n    role: arn:aws:iam::111122223333:role/a\n`,
      /:4 {2}accounts\[1\]\.id: accounts\[0\] is listed already/,
    ],
    [
      'an alias that is there twice',
      `${ONE}  - id: "444455556666"\n    alias: Production\n    role: ${ROLE}\n`,
      /:5 {2}accounts\[1\]\.alias: accounts\[0\] is called so already/,
    ],
    [
      'an alias that is too long',
      account(`id: "111122223333"\nalias: ${'x'.repeat(61)}`),
      /longer than 60 characters/,
    ],
    [
      'an alias that looks like an id',
      account('id: "111122223333"\nalias: 4444-5555-6666'),
      /looks like an account id/,
    ],
    [
      'an alias that is a number',
      account('id: "111122223333"\nalias: 2024'),
      /:3 {2}accounts\[0\]\.alias: Put it between quotes/,
    ],
    ['an alias of two lines', account('id: "111122223333"\nalias: "a\\nb"'), /a text on one line/],
    ['an alias of nothing', account('id: "111122223333"\nalias: "  "'), /a text on one line/],
    [
      'a role that is a user',
      account('id: "111122223333"\nrole: arn:aws:iam::111122223333:user/casethread'),
      /:3 {2}accounts\[0\]\.role: This is not the ARN of an IAM role, such as/,
    ],
    [
      'a role that is a session',
      account('id: "111122223333"\nrole: arn:aws:sts::111122223333:assumed-role/casethread/bot'),
      /not the ARN of an IAM role/,
    ],
    ['a role by its name', account('id: "111122223333"\nrole: casethread'), /not the ARN of an IAM role/],
    [
      'a role with a name that is too long',
      account(`id: "111122223333"\nrole: arn:aws:iam::111122223333:role/${'x'.repeat(65)}`),
      /not the ARN/,
    ],
    [
      'a role of another account',
      account(`id: "111122223333"\nrole: ${ROLE}`),
      /:3 {2}accounts\[0\]\.role: This role belongs to account 444455556666, not to 111122223333/,
    ],
    [
      'a role of another partition',
      account(`id: "444455556666"\npartition: aws-us-gov\nrole: ${ROLE}`),
      /:3 {2}accounts\[0\]\.partition: The role is in the partition aws\./,
    ],
    [
      'two partitions',
      `accounts:
  - {id: "111122223333"}
  - {id: "222233334444", plan: basic, partition: aws-cn}
  - {id: "444455556666", role: "arn:aws-us-gov:iam::444455556666:role/casethread"}`,
      /:4 {2}accounts\[2\]\.role: This account is in the partition aws-us-gov, and accounts\[0\] in aws\. .*one bot for each/,
    ],
    [
      'an external id without a role',
      account('id: "111122223333"\nexternal_id: hunter2'),
      /:3 {2}accounts\[0\]\.external_id: An external id is sent when a role is assumed/,
    ],
    [
      'an external id of one character',
      account(`id: "444455556666"\nrole: ${ROLE}\nexternal_id: x`),
      /2 to 1224 letters/,
    ],
    [
      'an external id with a blank',
      account(`id: "444455556666"\nrole: ${ROLE}\nexternal_id: hunter 2`),
      /2 to 1224 letters/,
    ],
    [
      'an external id that is too long',
      account(`id: "444455556666"\nrole: ${ROLE}\nexternal_id: ${'x'.repeat(1225)}`),
      /2 to 1224 letters/,
    ],
    [
      'an external id that is a number',
      account(`id: "444455556666"\nrole: ${ROLE}\nexternal_id: 1234`),
      /external_id: Put it between quotes/,
    ],
    [
      'an unknown plan',
      account('id: "111122223333"\nplan: enterprise-onramp'),
      /“enterprise-onramp” is not one of basic, .*Did you mean enterprise-on-ramp\?/,
    ],
    [
      'an unknown partition',
      account('id: "111122223333"\npartition: aws-iso'),
      /This is not one of aws, aws-us-gov, aws-cn/,
    ],
    [
      'endpoints without http',
      account('id: "111122223333"\nendpoints: [support.us-east-1.amazonaws.com, "ftp://x"]'),
      /:3 {2}accounts\[0\]\.endpoints\[0\]: This is not an http or https address/,
      /endpoints\[1\]: This is not/,
    ],
    [
      'an endpoint with a password',
      account('id: "111122223333"\nendpoints: ["https://me:hunter2@example.com"]'),
      /without user and password/,
    ],
    [
      'one endpoint that is no list',
      account('id: "111122223333"\nendpoints: https://example.com'),
      /endpoints: This has to be a list/,
    ],
    [
      'two accounts without a role',
      `${ONE}  - id: "444455556666"\n  - id: "777788889999"\n`,
      /:4 {2}accounts\[1\]\.role: It is missing, and accounts\[0\] has none either\. The bot's own credentials belong to one account/,
      /:5 {2}accounts\[2\]\.role: It is missing/,
    ],
    [
      'all that is wrong at once, also where one thing hides another',
      account(`id: "111122223333"\nplan: gold\nrole: ${ROLE}\nalais: x`),
      /:3 {2}accounts\[0\]\.plan: This is not one of/,
      /:4 {2}accounts\[0\]\.role: This role belongs to account 4444/,
      /:5 {2}accounts\[0\]\.alais: .*Did you mean alias\?/,
    ],
  ]);

  describe('beside what the environment says', () => {
    refuses(
      [
        [
          'an account that is not in AWS_ACCOUNTS',
          `${ONE}  - id: "444455556666"\n    role: ${ROLE}\n`,
          /:4 {2}accounts\[1\]\.id: 444455556666 is not in AWS_ACCOUNTS/,
        ],
        [
          'many accounts that are not in AWS_ACCOUNTS, once',
          `accounts:\n${[1, 2, 3].map((n) => `  - {id: "44445555666${n}", plan: basic}\n`).join('')}`,
          /:2 {2}accounts\[0\]\.id: 444455556661 and 2 more of the accounts are not in AWS_ACCOUNTS, .*take AWS_ACCOUNTS away/,
        ],
        [
          'another name than in AWS_ACCOUNT_ALIASES',
          account('id: "111122223333"\nalias: live'),
          /:3 {2}accounts\[0\]\.alias: AWS_ACCOUNT_ALIASES calls this account “production”\. Leave one/,
        ],
        [
          'a name that another account has there',
          account('id: "111122223333"\nalias: Sandbox'),
          /AWS_ACCOUNT_ALIASES calls this account “production”/,
          /AWS_ACCOUNT_ALIASES calls account 777788889999 so/,
        ],
        [
          'a route for an account that is not in AWS_ACCOUNTS',
          'routes:\n  - accounts: ["444455556666"]\n    channel: C0123456789\n',
          /routes\[0\]\.accounts\[0\]: 444455556666 is not in AWS_ACCOUNTS/,
        ],
      ],
      {
        awsAccounts: ['111122223333', '777788889999'],
        awsAccountAliases: new Map([
          ['111122223333', 'production'],
          ['777788889999', 'sandbox'],
        ]),
      },
    );
  });
});
