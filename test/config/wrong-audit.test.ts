import { refuses } from './refuses.js';

describe('CONFIG_FILE that is wrong: the audit channel', () => {
  refuses([
    ['no channel', 'audit:\n  kinds: [all]\n', /:2 {2}audit\.channel: It is missing\. The ID of a channel/],
    [
      'a channel by its name',
      'audit:\n  channel: "#audit"\n',
      /:2 {2}audit\.channel: The ID of a channel belongs here/,
    ],
    [
      'unknown kinds, with the one that was meant',
      'audit:\n  channel: C0123456789\n  kinds: [plan-change, everything]\n',
      /:3 {2}audit\.kinds\[0\]: “plan-change” is not one of plan-changes, .*, all\. Did you mean plan-changes\?/,
      /:3 {2}audit\.kinds\[1\]: This is not one of plan-changes, /,
    ],
    [
      'no kinds',
      'audit:\n  channel: C0123456789\n  kinds: []\n',
      /:3 {2}audit\.kinds: Nothing is shown of no kind\. Name some kinds, or all; leave kinds out for those that change/,
    ],
    [
      'a kind that is no list',
      'audit:\n  channel: C0123456789\n  kinds: all\n',
      /:3 {2}audit\.kinds: This has to be a list\. Write it as \[plan-changes, root-case-calls\]/,
    ],
    [
      'a key that is not known',
      'audit:\n  chanel: C0123456789\n',
      /audit\.channel: It is missing/,
      /:2 {2}audit\.chanel: This key is not known\. Did you mean channel\?/,
    ],
    ['nothing in it', 'audit:\n', /:1 {2}audit: Nothing stands in it\. Left out, it means: no channel shows/],
    ['a channel alone', 'audit: C0123456789\n', /:1 {2}audit: audit is written as lines of key: value/],
  ]);
});
