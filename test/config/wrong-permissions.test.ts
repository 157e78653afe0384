import assert from 'node:assert/strict';
import { fileOf, NOTHING_SAID } from './reading.js';
import { ONE, refuses } from './refuses.js';

const rules = (...each: string[]) =>
  `permissions:\n  rules:\n${each.map((one) => `    - ${one}\n`).join('')}`;

describe('CONFIG_FILE that is wrong: permissions', () => {
  refuses([
    [
      'rights that are none, with the one that was meant',
      rules('{may: [answer, resolv], who: [everybody]}'),
      /:3 {2}permissions\.rules\[0\]\.may\[0\]: This is not one of read, reply, resolve, create, attach/,
      /:3 {2}permissions\.rules\[0\]\.may\[1\]: .*Did you mean resolve\?/,
    ],
    [
      'administrators in a rule',
      rules('{may: [administer], who: [U0123456789]}'),
      /may\[0\]: “administer” stands above rules: permissions: administer: \[…\]\. It is about no case/,
    ],
    [
      'a rule without rights, or without people',
      rules('{may: [], who: []}', '{}'),
      /rules\[0\]\.may: A rule without a right does nothing/,
      /rules\[0\]\.who: Name those who may\. Where nobody may from Slack, write \[nobody\]/,
      /rules\[1\]\.may: It is missing|rules\[1\]\.may: This has to be a list/,
      /rules\[1\]\.who: /,
    ],
    [
      'names of people',
      rules('{may: [reply], who: [alice, everyone, C0123456789]}'),
      /who\[0\]: This is neither the ID of a Slack user/,
      /who\[1\]: This is neither .* nor one of everybody, guests, strangers, nobody/,
      /who\[2\]: This is neither/,
    ],
    [
      'nobody beside others',
      rules('{may: [reply], who: [nobody, U0123456789]}'),
      /rules\[0\]\.who: nobody stands beside others/,
    ],
    [
      'accounts that are not listed, severities and channels that are none',
      `${ONE}${rules('{may: [reply], who: [everybody], accounts: [prodution], severities: [urgnt], channels: ["#x"]}')}`,
      /rules\[0\]\.accounts\[0\]: No account called “prodution”.*production/,
      /rules\[0\]\.severities\[0\]: .*Did you mean urgent\?/,
      /rules\[0\]\.channels\[0\]: The ID of a channel belongs here/,
    ],
    [
      'a rule that can never hold, because its list is empty',
      rules('{may: [reply], who: [everybody], severities: []}'),
      /rules\[0\]\.severities: No case is in an empty list, so this rule never holds/,
    ],
    [
      'a rule that decides nothing, for the right that an earlier one decides',
      rules(
        '{may: [reply], who: [everybody], severities: [urgent, critical]}',
        '{may: [resolve, reply], who: [S0123456789], severities: [critical]}',
      ),
      /:4 {2}permissions\.rules\[1\]\.may\[1\]: permissions\.rules\[0\] decides already who may reply/,
    ],
    [
      'rules of which there are none',
      'permissions:\n  administer: [U0123456789]\n  rules: []\n',
      /:3 {2}permissions\.rules: No rule stands in it\. Left out, members who are in the channel of a case may do/,
    ],
    [
      'rules with nothing below them',
      'permissions:\n  rules:\n  administer: [U0123456789]\n',
      /:2 {2}permissions\.rules: No rule stands in it/,
    ],
    [
      'rules of another kind, and unknown keys',
      'permissions:\n  rules: {may: [reply]}\n  rule: []\n',
      /:2 {2}permissions\.rules: This has to be a list/,
      /:3 {2}permissions\.rule: .*Did you mean rules\?/,
    ],
  ]);

  const CASES = { ...NOTHING_SAID, slackChannel: 'C0123456789' };
  refuses(
    [
      [
        'a channel into which no case gets: a rule that keeps nobody from anything',
        `routes:\n  - {channel: C0ROUTE0001}\n${rules(
          '{may: [resolve], who: [nobody], channels: [C0ROUTE0001, C0TYPO00001]}',
          '{may: [reply], who: [nobody], channels: [C0123456789]}',
        )}`,
        /:5 {2}permissions\.rules\[0\]\.channels\[1\]: No case gets there: no route leads to this channel, and SLACK_CHANNEL is another one/,
      ],
      [
        'a route alone, where it is the route that is wrong',
        `routes:\n  - {channel: C0ROUTE0001, severities: [urgnt]}\n${rules('{may: [reply], who: [nobody], channels: [C0ROUTE0001]}')}`,
        /:2 {2}routes\[0\]\.severities\[0\]: /,
      ],
    ],
    CASES,
  );

  it('takes rules in their order, with aliases as ids', () => {
    const file = fileOf(
      `${ONE}${rules(
        '{may: [reply, resolve, reply], who: [S0123456789, U0123456789], accounts: [Production], severities: [critical]}',
        '{may: [reply], who: [everybody, guests], channels: [C0123456789]}',
        '{may: [reply], who: [nobody]}',
      )}`,
    );
    assert.deepEqual(file.rules, [
      {
        may: ['reply', 'resolve'],
        who: ['S0123456789', 'U0123456789'],
        channels: [],
        accounts: ['111122223333'],
        severities: ['critical'],
      },
      {
        may: ['reply'],
        who: ['everybody', 'guests'],
        channels: ['C0123456789'],
        accounts: [],
        severities: [],
      },
      { may: ['reply'], who: ['nobody'], channels: [], accounts: [], severities: [] },
    ]);
  });
});
