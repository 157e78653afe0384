import assert from 'node:assert/strict';
import { fileOf, problemsIn } from './reading.js';
import { ONE, refuses } from './refuses.js';

describe('CONFIG_FILE that is wrong: routes', () => {
  const route = (lines: string) => `routes:\n  - ${lines.replaceAll('\n', '\n    ')}\n`;
  const TO = 'channel: C0123456789';
  refuses([
    [
      'no channel',
      route('severities: [urgent]'),
      /:2 {2}routes\[0\]\.channel: It is missing\. The ID of a channel/,
    ],
    [
      'a channel by its name',
      route('channel: "#cases"'),
      /:2 {2}routes\[0\]\.channel: The ID of a channel belongs here/,
    ],
    ['a channel that a comment has eaten', route('channel: #cases'), /Nothing stands behind it/],
    ['a person in place of a channel', route('channel: U0123456789'), /The ID of a channel belongs here/],
    [
      'an unknown severity',
      route(`severities: [critcal, Urgent]\n${TO}`),
      /:2 {2}routes\[0\]\.severities\[0\]: “critcal” is not one of low, normal, high, urgent, critical\. Did you mean critical\?/,
      /severities\[1\]: “Urgent” is not .*Did you mean urgent\?/,
    ],
    [
      'a severity that is no list',
      route(`severities: urgent\n${TO}`),
      /severities: This has to be a list\. Write it as \[urgent, critical\]/,
    ],
    [
      'a list with nothing behind it',
      route(`severities:\n${TO}`),
      /severities: Nothing stands behind it\. Write it as/,
    ],
    [
      'the name of a service',
      route(`services: [Amazon RDS]\n${TO}`),
      /services\[0\]: This is not the code of a service, such as amazon-rds/,
    ],
    [
      'the name of a category',
      route(`categories: ["Instance issue"]\n${TO}`),
      /categories\[0\]: This is not the code of a category/,
    ],
    [
      'an unknown milestone',
      route(`${TO}\nbroadcast: [open]`),
      /:3 {2}routes\[0\]\.broadcast\[0\]: “open” is not one of opened, first-answer, resolved, reopened\. Did you mean opened\?/,
    ],
    [
      'a mention by name',
      route(`${TO}\nmention: ["@oncall", C0123456789]`),
      /mention\[0\]: This is not the ID of a Slack user .* or user group/,
      /mention\[1\]/,
    ],
    [
      'too many mentions',
      route(`${TO}\nmention: [${Array.from({ length: 21 }, (_, index) => `U${1000 + index}`).join(', ')}]`),
      /more than 20\. Make a user group/,
    ],
    [
      'an account that is not listed',
      `${ONE}${route(`accounts: [prodution, "444455556666"]\n${TO}`)}`,
      /:5 {2}routes\[0\]\.accounts\[0\]: No account called “prodution” is listed under accounts\. Did you mean production\?/,
      /accounts\[1\]: “444455556666” is not listed under accounts/,
    ],
    [
      'an alias where none is known',
      route(`accounts: [production]\n${TO}`),
      /No account called “production” is in AWS_ACCOUNT_ALIASES/,
    ],
    [
      'an account id that lost its zeros',
      route(`accounts: [012345678901]\n${TO}`),
      /routes\[0\]\.accounts\[0\]: Put the id between quotes/,
    ],
    [
      'a route that is never reached',
      `routes:\n  - ${TO}\n  - severities: [urgent]\n    channel: C0123456790\n`,
      /:3 {2}routes\[1\]: No case gets to this route: routes\[0\] takes all that it would\. Put it before/,
    ],
    [
      'a narrower route below a wider one, by alias and id',
      `${ONE}routes:\n  - accounts: [production]\n    severities: [urgent, critical]\n    ${TO}\n  - accounts: ["111122223333"]\n    severities: [critical]\n    services: [amazon-rds]\n    channel: C0123456790\n`,
      /:8 {2}routes\[1\]: No case gets/,
    ],
  ]);

  it('does not say of a route what is the fault of an account', () => {
    const yaml = `accounts:\n  - id: 012345678901\n    alias: old\n${route(`accounts: [old, "012345678901"]\n${TO}`)}`;
    assert.deepEqual(
      problemsIn(yaml).map(({ place }) => place?.path),
      ['accounts[0].id'],
    );
  });

  it('takes routes that only look alike', () => {
    const { routes } = fileOf(
      [
        'routes:',
        '  - {severities: [urgent], services: [amazon-rds], channel: C0123456789}',
        '  - {severities: [urgent], channel: C0123456789}',
        '  - {services: [amazon-rds], channel: C0123456789}',
        '  - {severities: [urgent, critical], channel: C0123456789}',
        '  - {channel: C0123456789}',
      ].join('\n'),
    );
    assert.equal(routes.length, 5);
  });
});
