import assert from 'node:assert/strict';
import fc from 'fast-check';
import { shownText } from '../../../src/sandbox/slack/start-slack.js';
import { escapedLength } from '../../../src/slack/escape.js';
import { layOut } from '../../../src/slack/layout/lay-out.js';
import { pagesOf } from '../../../src/slack/layout/pages.js';
import { SLACK_LIMITS, TEXT_PER_MESSAGE } from '../../../src/slack/limits.js';
import { visible } from '../../../src/slack/rich-text.js';
import { anyText } from '../../any-text.js';
import { cpuMs } from '../../cpu-ms.js';
import { HOSTILE } from '../hostile.js';
import { visibleIn, visibleInBlocks } from './seen.js';

function blocksOf(text: string, limit = TEXT_PER_MESSAGE) {
  return pagesOf(visible(text), limit).map(layOut);
}

/** Each part as it would be drawn: `¶` a paragraph, `•` a list, `>` a quote, `#` code. */
const MARKS: Readonly<Record<string, string>> = {
  rich_text_section: '¶',
  rich_text_list: '•',
  rich_text_quote: '>',
  rich_text_preformatted: '#',
};

function drawn(text: string): string[] {
  return blocksOf(text).flatMap(({ elements }) =>
    elements.map(
      (part) =>
        `${MARKS[part.type] ?? '?'} ${shownText({ blocks: [{ type: 'rich_text', elements: [{ ...part }] }] })}`,
    ),
  );
}

const LINES = (...lines: string[]) => lines.join('\n');

describe('layout of plain text', () => {
  it('keeps paragraphs as they are', () => {
    assert.deepEqual(drawn('One.\nTwo.\n\nThree.'), ['¶ One.\nTwo.\n\nThree.']);
  });

  it('makes lists of items, nested ones too, with what goes on below them', () => {
    const text = LINES(
      'Please:',
      '',
      '1. Stop it',
      '   and wait.',
      '2. Start it:',
      '   - by hand',
      '   * or by script',
      '3) Tell us',
      '',
      'Thank you.',
    );
    assert.deepEqual(drawn(text), [
      '¶ Please:',
      '• 1. Stop it\nand wait.\n2. Start it:',
      '•   • by hand\n  • or by script',
      '• 3. Tell us',
      '¶ \nThank you.',
    ]);
  });

  it('counts on behind code that stands between two items', () => {
    const text = LINES('1. Run', '   ```', '   aws s3 ls', '   ```', '2. Send it', '3. Wait');
    assert.deepEqual(drawn(text), ['• 1. Run', '# aws s3 ls', '• 2. Send it\n3. Wait']);
  });

  it('changes no number, and takes no year for one', () => {
    assert.deepEqual(drawn('1. a\n1. b'), ['• 1. a', '• 1. b']);
    assert.deepEqual(drawn('1. a\n3. c'), ['• 1. a', '¶ 3. c']);
    assert.deepEqual(drawn('It was in\n2024. Then it ended.'), ['¶ It was in\n2024. Then it ended.']);
    assert.deepEqual(drawn('7. Not the first'), ['¶ 7. Not the first']);
  });

  it('takes neither rules nor signatures nor ranges for lists', () => {
    for (const text of ['* * *', '- - -', '---', '-- \nJane', '*bold* word', '5 - 3', '-1 degrees', '1.5 GB'])
      assert.deepEqual(drawn(text), [`¶ ${text}`], text);
  });

  it('sets quotes apart, and draws a line for each quote within a quote', () => {
    assert.deepEqual(drawn('You asked:\n> Which one?\n>> This?\n> > > That?\n\nThe first.'), [
      '¶ You asked:',
      '> Which one?\n│ This?\n│ │ That?',
      '¶ The first.',
    ]);
  });

  it('shows fenced blocks in fixed width, and an open fence as text', () => {
    assert.deepEqual(drawn('See:\n```json\n{ a: 1 }\n\n* x\n```\nDone.'), [
      '¶ See:',
      '# { a: 1 }\n\n* x',
      '¶ Done.',
    ]);
    assert.deepEqual(drawn('See:\n```\nno end'), ['¶ See:\n```\nno end']);
  });

  const code: Readonly<Record<string, string>> = {
    'a policy': '{\n  "Version": "2012-10-17",\n  "Statement": [{ "Effect": "Allow" }]\n}',
    'JSON on one line': '{"level":"error","msg":"we are out of it"}',
    'a log': LINES(
      '2026-03-01T09:05:12.123Z ERROR [main] c.e.Checkout - Could not connect to the database',
      '2026-03-01T09:05:13.000Z WARN  [main] c.e.Checkout - Will try again in a moment',
    ),
    'a log of Lambda': LINES(
      '2026-03-01T09:05:12Z START RequestId: 7c1e02d4-55b0-4f0e-9a63-0d6f1b2c8e11 Version: 214',
      '2026-03-01T09:05:42Z Task timed out after 30.03 seconds',
    ),
    'one log line': '2026-03-01 09:05:12,345 INFO worker-1 started',
    syslog: 'Mar  1 09:05:12 ip-10-0-0-1 sshd[1234]: Connection closed by 10.0.0.2 port 22',
    'an access log': '10.0.0.1 - - [01/Mar/2026:09:05:12 +0000] "GET /x HTTP/1.1" 503 0',
    'a trace of Java': LINES(
      'java.lang.IllegalStateException: Pool is not open',
      '\tat com.example.Pool.take(Pool.java:42)',
      '\tat com.example.Main.main(Main.java:7)',
      'Caused by: java.net.ConnectException: Connection refused',
      '\t... 12 more',
    ),
    'a trace of Python': LINES(
      'Traceback (most recent call last):',
      '  File "app.py", line 3, in <module>',
      '    connect()',
      'botocore.exceptions.ConnectTimeoutError: timed out',
    ),
    'a trace of Node': LINES(
      '    at Socket.emit (node:events:513:28)',
      '    at TCPConnectWrap.afterConnect [as oncomplete] (node:net:1494:16)',
    ),
    'a command': 'aws ec2 describe-instances --instance-ids i-0abc --region us-east-1',
    'a command on several lines': 'aws ec2 run-instances \\\n    --image-id ami-1 \\\n    --count 1',
    'a prompt': '$ kubectl get pods',
    'a prompt of a machine': '[ec2-user@ip-10-0-0-1 ~]$ uptime',
    'a prompt with what it printed': LINES(
      '$ kubectl get pods',
      'NAME              READY   STATUS             RESTARTS   AGE',
      'checkout-7d9c-x   0/1     CrashLoopBackOff   12         41m',
    ),
    'a trace of Python with its error': LINES(
      'Traceback (most recent call last):',
      '  File "app.py", line 3, in <module>',
      '    connect()',
      'ValueError: it is bad',
    ),
    'a bare command': 'aws s3 ls',
    'a bare command with what it is given': 'aws s3 cp s3://bucket/a.csv ./a.csv',
    'a bare command of Kubernetes': 'kubectl get pods',
    'a variable': 'export FOO=bar',
    'a bare request': 'curl https://api.example.com/health',
    'a table': '+------+-------+\n| Name | State |\n+------+-------+\n| a    | ok    |\n+------+-------+',
    'a table without lines':
      '  Zone        Timeouts    p50\n  ----------  --------  -----\n  us-east-1a         0  1.8 s',
    'events in columns':
      '  09:05  RDS-EVENT-0013  Multi-AZ failover started\n  09:06  RDS-EVENT-0049  Multi-AZ failover completed',
    settings: 'DATABASE_URL=postgres://db\nPOOL_SIZE=10',
    markup: '<Error>\n  <Code>AccessDenied</Code>\n</Error>',
    source: 'const x = await load();\nif (x === null) {\n  retry();\n}',
    pings:
      '64 bytes from 10.0.0.1: icmp_seq=1 ttl=64 time=0.4 ms\n64 bytes from 10.0.0.1: icmp_seq=2 ttl=64 time=0.5 ms',
  };
  for (const [what, text] of Object.entries(code)) {
    it(`shows ${what} in fixed width`, () => {
      const [before, shown, after] = drawn(`We see this:\n\n${text}\n\nWhat is it?`);
      assert.equal(before, '¶ We see this:');
      assert.equal(shown?.charAt(0), '#', shown);
      assert.equal(shown?.slice(2).replace(/^\s+/gm, ''), text.replace(/^\s+/gm, ''));
      assert.equal(after, '¶ What is it?');
    });
  }

  it('shows what is set in right below a colon in fixed width only where it has the signs of code', () => {
    assert.deepEqual(drawn('Do:\n    x = {1}\n    y;\n\nThanks'), ['¶ Do:', '# x = {1}\ny;', '¶ Thanks']);
    for (const text of [
      'Write to:\n    Jane Doe (Operations)\n    Main Street 5',
      'See:\n    https://example.com/a_(b)?c=d',
      'See:\n\n    https://example.com/a',
    ])
      assert.equal(drawn(text)[0]?.charAt(0), '¶', text);
    assert.ok(!drawn('See:\n\n    https://example.com/a').some((part) => part.startsWith('#')));
  });

  it('shows an indented block in fixed width, but not an indented paragraph', () => {
    assert.deepEqual(drawn('Do:\n\n    x = {1}\n    y;\n\nThanks'), ['¶ Do:', '# x = {1}\ny;', '¶ Thanks']);
    const prose =
      'He said:\n\n    We have tried this, and it is the same as before.\n    Please advise.\n\nThanks';
    assert.deepEqual(drawn(prose), [`¶ ${prose}`]);
  });

  const prose: readonly string[] = [
    'aws support told us that the limit was raised, and we thank you for it.',
    'aws ec2 run-instances --dry-run works for us, but it is slow with the --count option.',
    'kubectl get pods -A shows that the node is not ready',
    'curl -v returns this:',
    '$ 5 are what it costs.',
    '2026-03-01 09:05 UTC - we restarted the instance\n2026-03-01 09:10 UTC - errors went away',
    '2026-03-01 09:05:12 UTC we saw the first error.',
    '2026-03-01T09:05:12Z we saw the first error.\n2026-03-01T09:10:00Z it was gone, and we have seen none since.',
    'WARNING: please do not restart it.\nERROR: is what it says, and nothing else.',
    'we tried to restart it;\nwe tried to deploy it again;\nnothing helped;',
    'Error: we do not know what to do.',
    'We use Java (17) and Node (20); both fail;',
    'Dear "Support": we are lost.\n"Help": is what we need, and it is urgent.',
    'From what we know, this is new.\nimport of the data fails.',
    'class of instance: m5.large:\nif it is possible, please change it {or tell us how}.',
    '[1] https://docs.aws.amazon.com/a\n[2] https://docs.aws.amazon.com/b',
    '{name}, thank you for your patience.',
    '<joe@example.com> wrote to us.',
    'Hello Jane,\n\nI understand that your instance i-0abc123 in us-east-1 became unreachable at 09:05 UTC (see "status checks").\n\nKind regards,\nBob S.\nAmazon Web Services',
    'http/1.1 is what we use; HTTP/2 is not an option = not now.',
    'The values are: CPU=90 and memory=10, as you see.',
    'at night (2 to 4 o’clock) it is worse.\nat noon (UTC) it is better.',
    'git push does not work - why?',
    '  1.  First,  stop it.\n  2.  Then,  start it.',
    '  It is slow.  We have tried it.  It is not new.\n  We wait for you.  Thanks.  It is late.',
    'ping is fine -- we tried it for you.',
    'aws s3 cross-region replication fails',
    'aws s3 ls fails',
    'aws s3 ls works now.',
    'aws ec2 describe-instances works',
    'kubectl get pods hangs',
    'kubectl logs show nothing new',
    'docker ps yesterday',
    'git push failed, git pull worked',
    'git log, git diff',
    'terraform apply takes long',
    'export data works',
    'curl https://example.com returns 503',
    'curl https://example.com/health, then wget https://example.com/x.',
    'ValueError: bad',
    'The table has gaps.  Nothing else.',
    'Name   Jane Doe\nRole   Operations',
  ];
  for (const text of prose) {
    it(`leaves prose alone: ${text.slice(0, 50).replaceAll('\n', ' ')}`, () => {
      const kinds = blocksOf(`Hello,\n\n${text}\n\nThanks`).flatMap(({ elements }) =>
        elements.map(({ type }) => type),
      );
      assert.ok(!kinds.includes('rich_text_preformatted'), drawn(text).join('\n'));
    });
  }

  it('goes on in the next message in the same way, and cuts nothing that fits into one', () => {
    const items = Array.from({ length: 60 }, (_, n) => `${n + 1}. This is item number ${n + 1} of many`);
    const list = blocksOf(LINES('A list:', '', ...items), 1_000);
    assert.ok(list.length > 2);
    for (const { elements } of list) assert.equal(elements.at(-1)?.type, 'rich_text_list');
    assert.match(shownText({ blocks: [{ ...list[1] }] }), /^\d+\. This is item number (\d+) of many\n/);
    for (const { elements } of list)
      assert.match(
        shownText({ blocks: [{ type: 'rich_text', elements: [...elements] }] }),
        /(\d+)\. This is item number \1 /,
      );

    const log = Array.from({ length: 60 }, (_, n) => `line ${n} of what it said`);
    for (const open of ['```\n', '```text\n']) {
      const pages = blocksOf(`Before.\n\n${open}${log.join('\n')}\n\`\`\`\nAfter.`, 600);
      const kinds = pages.map(({ elements }) =>
        elements.map(({ type }) => type.replace('rich_text_', '')).join(' '),
      );
      assert.ok(pages.length > 2);
      assert.equal(kinds[0], 'section preformatted');
      assert.equal(kinds.at(-1), 'preformatted section');
      assert.ok(!JSON.stringify(pages).includes('```'));
    }

    const short = '```\nfits into one message\nas it is\n```';
    const pages = pagesOf(`${'word '.repeat(18)}\n\n${short}`, 100);
    assert.equal(
      pages
        .at(-1)
        ?.map(({ source }) => source)
        .join(''),
      short,
    );
  });

  it('leaves what follows a command in prose', () => {
    assert.deepEqual(drawn('$ kubectl get pods\nshows nothing new today.  Any idea'), [
      '# $ kubectl get pods',
      '¶ shows nothing new today.  Any idea',
    ]);
  });

  it('leaves no headline behind at the end of a message', () => {
    const words = (n: number) => Array.from({ length: n }, (_, k) => `word${k}`).join(' ');
    const headline = 'Why this gateway fills up first.';
    for (const below of [words(60), `\`\`\`\n${words(40)}\n\`\`\``, `- ${words(40)}`]) {
      const text = `${words(35)}\n\n${headline}\n\n${below}`;
      const pages = pagesOf(text, 320).map((page) => page.map(({ source }) => source).join(''));
      assert.equal(pages.join(''), text);
      assert.equal(pages[0]?.trimEnd(), words(35));
      assert.ok(pages[1]?.startsWith(headline), pages[1]);
    }
  });

  const line = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 30 }),
    anyText({ maxLength: 20 }),
    fc.lorem({ maxCount: 12 }),
    fc.constantFrom(
      '- item',
      '  * nested',
      '    - deep',
      '\t1. one',
      '1. one',
      '2. two',
      '3) three',
      '• dot',
      '> quoted',
      '>> twice',
      '```',
      '```json',
      '~~~',
      '    indented = code;',
      '{',
      '  "a": 1,',
      '}',
      '"b": [2]',
      '',
      '',
      '  ',
      '* * *',
      '---',
      '$ ls -l',
      'aws s3 ls --recursive \\',
      '2026-03-01T09:05:12Z ERROR [x] y',
      '\tat a.b.C(D.java:1)',
      'see https://example.com/a_(b), and https://example.com.',
      '[a label](https://example.com/x?y=1&z=2)',
      '[https://aws.amazon.com](https://evil.example)',
      '<b>x</b>',
      '<!channel> & <@U1>',
      'On 1 May Jane wrote:',
      '1.',
      '-',
      '- - -',
      '10. ten',
      '0. zero',
      '01. one',
      '  7. nested',
      '   ',
      'x'.repeat(300),
      'wörd '.repeat(60),
      '\r',
      '&<>"'.repeat(40),
    ),
  );
  const texts = fc.array(line, { maxLength: 60, size: 'medium' }).map((lines) => lines.join('\n'));

  it('leaves out and moves nothing, whatever the text', () => {
    fc.assert(
      fc.property(texts, fc.constantFrom(120, 400, TEXT_PER_MESSAGE), (text, limit) => {
        const shown = visible(text);
        const pages = pagesOf(shown, limit);
        assert.equal(
          pages
            .flat()
            .map(({ source }) => source)
            .join(''),
          shown,
        );
        // A cut may go through a label and its address: then both are shown as they are.
        if (pages.length > 1 && /\]\(/.test(text)) return;
        assert.equal(visibleInBlocks(pages.map(layOut)), visibleIn(text));
      }),
      { numRuns: 500 },
    );
  });

  it('stays within what Slack takes, whatever the text', () => {
    const all = [
      ...Object.values(HOSTILE),
      '- a\n'.repeat(2_000),
      '> "\n\n'.repeat(1_500),
      '1. x\n2. y\n'.repeat(800),
    ];
    all.push(
      'https://a.example/"x '.repeat(400),
      'https://ж.example/ '.repeat(400),
      '```\n\\\n```\n'.repeat(700),
    );
    for (const text of all) {
      for (const page of pagesOf(visible(text), TEXT_PER_MESSAGE)) {
        const source = page.map((span) => span.source).join('');
        assert.ok(escapedLength(source) <= TEXT_PER_MESSAGE + 10, `${escapedLength(source)} characters`);
        // Head, names of files and buttons stand beside it.
        assert.ok(JSON.stringify(layOut(page)).length <= SLACK_LIMITS.blocksTotal - 2_500);
      }
    }
  });

  it('is quick with a text of any kind', () => {
    const took = cpuMs(() => {
      for (const unit of [
        '{\n',
        '[{"a":\n',
        '- \n',
        '> \n',
        '```\n',
        'https://',
        '[a](',
        'On 1 wrote:\n',
        '  ',
      ])
        blocksOf(unit.repeat(Math.ceil(50_000 / unit.length)));
    });
    assert.ok(took < 3_000, `${took} ms`);
  });
});
