import assert from 'node:assert/strict';
import { agreement } from '../../src/sandbox/agreement/agreement.js';
import type { CaseState, CommunicationState } from '../../src/sandbox/aws/case-state.js';
import type { Message, Thread } from '../../src/sandbox/slack/start-slack.js';
import { onlyThread } from '../world/reading.js';
import { ALICE, CHANNEL, startWorld, type World } from '../world/world.js';

const DISPLAY_ID = '1702498851';

let count = 0;
/** A message by the bot; in each line of a text blocks would show the same. */
function message(text: string, more: Partial<Message> = {}): Message {
  count += 1;
  const ts = `1700000000.${String(count).padStart(6, '0')}`;
  return { channel: CHANNEL, ts, user: 'UBOT', botId: 'BBOT', text, blocks: [], deleted: false, ...more };
}

function said(body: string, more: Partial<CommunicationState> = {}): CommunicationState {
  return {
    communicationId: `ekko:${body.length}`,
    from: 'aws',
    body,
    submittedBy:
      more.from === 'customer' ? 'AdminRole (Role) <maria.lopez@example.com>' : 'Amazon Web Services',
    timeCreated: '2026-07-04T10:32:00.000Z',
    attachments: [],
    ...more,
  };
}

const OPENING = said('It does not start.', { from: 'customer' });

function caseOf(communications: CommunicationState[], more: Partial<CaseState> = {}): CaseState {
  return {
    account: '111122223333',
    caseId: `case-111122223333-muen-2026-${DISPLAY_ID}`,
    displayId: DISPLAY_ID,
    subject: 'Instance does not start',
    status: 'work-in-progress',
    serviceCode: 'billing',
    categoryCode: 'other',
    severityCode: 'normal',
    submittedBy: 'maria.lopez@example.com',
    timeCreated: '2026-07-04T10:00:00.000Z',
    language: 'en',
    issueType: 'technical',
    ccEmailAddresses: [],
    communications: [OPENING, ...communications],
    ...more,
  };
}

const CARD = `*Instance does not start*\nCase ${DISPLAY_ID}\nStatus: Work in progress\nSeverity: System impaired (normal)`;
const AT = '2026-07-04 10:32 UTC';
const first = () => message(`*maria.lopez@example.com* · ${AT}\nIt does not start.`);
const byAws = (body: string) => message(`*AWS Support* · ${AT}\n${body}`);

function thread(replies: Message[], card = CARD): Thread {
  return { card: message(card), replies };
}

function whatDiffers(supportCase: CaseState, ...threads: Thread[]): string[] {
  const { cases, agreeing, differences } = agreement([supportCase], threads);
  assert.deepEqual([cases, agreeing], [1, differences.length === 0 ? 1 : 0]);
  for (const each of differences) assert.equal(each.caseId, supportCase.caseId);
  return differences[0]?.what ?? [];
}

describe('agreement of Slack and AWS', () => {
  const clock = new Date(OPENING.timeCreated).toLocaleTimeString('en-GB', {
    hour: '2-digit',
    minute: '2-digit',
  });

  describe('threads and their first messages', () => {
    it('is full when there is nothing', () => {
      assert.deepEqual(agreement([], []), { cases: 0, agreeing: 0, differences: [] });
    });

    it('wants one thread for each case', () => {
      const supportCase = caseOf([]);
      assert.deepEqual(whatDiffers(supportCase, thread([first()])), []);
      assert.deepEqual(whatDiffers(supportCase), ['The case has no thread yet']);
      assert.deepEqual(whatDiffers(supportCase, thread([first()]), thread([first()])), [
        'The case has 2 threads',
      ]);
    });

    it('takes what the bot says of a case in the channel for no thread of it', () => {
      const supportCase = caseOf([]);
      const notice = `1 case needs a person. Change the plan.\nWaiting: Case ${DISPLAY_ID}.`;
      assert.deepEqual(whatDiffers(supportCase, thread([first()]), thread([], notice)), []);
      assert.deepEqual(whatDiffers(supportCase, thread([], notice), thread([first()])), []);
    });

    it('counts cases, and names those that differ by both ids', () => {
      const other = caseOf([], { displayId: '1702498852', caseId: 'case-other' });
      assert.deepEqual(agreement([caseOf([]), other], [thread([first()])]), {
        cases: 2,
        agreeing: 1,
        differences: [
          { caseId: 'case-other', displayId: '1702498852', what: ['The case has no thread yet'] },
        ],
      });
    });

    it('takes nothing that people write, and nothing deleted, for the bot’s', () => {
      const supportCase = caseOf([]);
      const byPerson = { card: message(CARD), replies: [first()] };
      delete byPerson.card.botId;
      const deleted = { card: message(CARD, { deleted: true }), replies: [first()] };
      assert.deepEqual(whatDiffers(supportCase, byPerson, deleted), ['The case has no thread yet']);
      const pasted = first();
      delete pasted.botId;
      assert.deepEqual(whatDiffers(supportCase, thread([pasted])), [
        'The opening text is not in the thread yet',
      ]);
      assert.deepEqual(whatDiffers(supportCase, thread([first(), pasted])), []);
    });

    it('goes by the link on the card where its subject speaks of another case', () => {
      const one = caseOf([]);
      const subject = `Again like case ${DISPLAY_ID}`;
      const two = caseOf([], { displayId: '1702498852', caseId: 'case-two', subject });
      const link = (id: string) =>
        `<https://console.aws.amazon.com/support/home#/case/?displayId=${id}|in AWS>`;
      const threads = [
        thread([first()], CARD.replace(DISPLAY_ID, link(DISPLAY_ID))),
        thread([first()], `${subject}\nCase ${link('1702498852')}\nSeverity: normal`),
      ];
      assert.deepEqual(agreement([one, two], threads).differences, []);
    });

    it('tells cases of two accounts with one number apart by the account on the card', () => {
      const other = caseOf([], { account: '444455556666', caseId: 'case-of-other' });
      const threads = [
        thread([first()], `${CARD}\nAccount: 111122223333`),
        thread([first()], `${CARD}\nAccount: 444455556666`),
      ];
      assert.deepEqual(agreement([caseOf([]), other], threads).differences, []);
    });

    it('sees whether the card tells that the case is resolved, whatever its subject says', () => {
      const resolved = CARD.replace('Work in progress', 'Resolved');
      const entry = message(`:white_check_mark: Resolved · ${AT}`);
      assert.deepEqual(
        whatDiffers(caseOf([], { status: 'resolved' }), thread([first(), entry], resolved)),
        [],
      );
      assert.deepEqual(whatDiffers(caseOf([], { status: 'resolved' }), thread([first(), entry])), [
        'The first message does not say yet that the case is resolved',
      ]);
      assert.deepEqual(whatDiffers(caseOf([]), thread([first()], resolved)), [
        'The first message still says that the case is resolved',
      ]);
      const subject = 'DNS name is not resolved: instance does not start';
      assert.deepEqual(
        whatDiffers(
          caseOf([], { subject }),
          thread([first()], CARD.replace('Instance does not start', subject)),
        ),
        [],
      );
    });

    it('asks no severity of the quiet first message of a resolved case', () => {
      const quiet = `:white_check_mark: Instance does not start · Case ${DISPLAY_ID} · Resolved ${AT} · Reopen by replying`;
      const entry = message(`:white_check_mark: Resolved · ${AT}`);
      assert.deepEqual(whatDiffers(caseOf([], { status: 'resolved' }), thread([first(), entry], quiet)), []);
      assert.equal(whatDiffers(caseOf([]), thread([first(), entry], quiet)).length, 3);
    });

    it('takes the beginning of a long subject for enough on the quiet line of a resolved case only', () => {
      const subject =
        'The instance does not start after the change of its type since this morning in all zones';
      const cut = `*${subject.slice(0, 72)}…* · Case ${DISPLAY_ID} · Severity: System impaired (normal)`;
      const resolved = [first(), message(`*AWS* resolved this case.`)];
      const quiet = `${cut} · Resolved`;
      assert.deepEqual(whatDiffers(caseOf([], { subject, status: 'resolved' }), thread(resolved, quiet)), []);
      assert.deepEqual(whatDiffers(caseOf([], { subject }), thread([first()], cut)), [
        'The first message does not show the subject',
      ]);
    });

    it('sees another subject and another severity, and knows severities by code and by name', () => {
      const named = (severity: string) =>
        thread([first()], CARD.replace('System impaired (normal)', severity));
      const shown = (severityCode: string, severity: string) =>
        whatDiffers(caseOf([], { severityCode }), named(severity));
      assert.deepEqual(shown('normal', 'System impaired'), []);
      assert.deepEqual(shown('high', 'Production system impaired'), []);
      assert.deepEqual(shown('critical', 'Business-critical system down'), []);
      assert.deepEqual(shown('something-new', 'something-new'), []);
      const wrong = ['The first message does not show the right severity yet'];
      assert.deepEqual(shown('normal', 'Production system impaired (high)'), wrong);
      assert.deepEqual(shown('urgent', 'Business-critical system down'), wrong);
      assert.deepEqual(whatDiffers(caseOf([], { subject: 'Another' }), thread([first()])), [
        'The first message does not show the subject',
      ]);
    });
  });

  describe('what was said', () => {
    const reply = 'Which instance type\nis it?';

    it('sees what is missing, doubled, and in the wrong place', () => {
      const supportCase = caseOf([said(reply), said('And which Region?')]);
      const [a, b] = [byAws(reply), byAws('And which Region?')];
      assert.deepEqual(whatDiffers(supportCase, thread([first(), a, b])), []);
      assert.deepEqual(whatDiffers(supportCase, thread([first(), b])), [
        `The reply by AWS of ${clock} is not in the thread yet`,
      ]);
      assert.deepEqual(whatDiffers(supportCase, thread([first(), a, b, a])), [
        `The reply by AWS of ${clock} is there twice`,
      ]);
      assert.deepEqual(whatDiffers(supportCase, thread([first(), a, b, a, a])), [
        `The reply by AWS of ${clock} is there 3 times`,
      ]);
      assert.deepEqual(whatDiffers(supportCase, thread([a, b, first()])), [
        'The opening text is not in its place',
      ]);
      assert.deepEqual(whatDiffers(supportCase, thread([first(), b, a])).length, 1);
      assert.deepEqual(whatDiffers(supportCase, thread([])).length, 3);
    });

    it('wants a text that was written twice to be shown twice', () => {
      const supportCase = caseOf([said('Done.'), said('Something else.'), said('Done.')]);
      const done = () => byAws('Done.');
      assert.deepEqual(
        whatDiffers(supportCase, thread([first(), done(), byAws('Something else.'), done()])),
        [],
      );
      assert.deepEqual(whatDiffers(supportCase, thread([first(), done(), byAws('Something else.')])), [
        `The reply by AWS of ${clock} is not in the thread yet`,
      ]);
      assert.deepEqual(
        whatDiffers(supportCase, thread([first(), done(), byAws('Something else.'), done(), done()])),
        [`The reply by AWS of ${clock} is there twice`],
      );
    });

    it('does not find a short text inside a longer one', () => {
      const longer = 'Thank you.\nDone.';
      const supportCase = caseOf([said('Done.'), said('Thank you.'), said(longer)]);
      assert.deepEqual(whatDiffers(supportCase, thread([first(), byAws(longer)])).length, 2);
      assert.deepEqual(
        whatDiffers(supportCase, thread([first(), byAws('Done.'), byAws('Thank you.'), byAws(longer)])),
        [],
      );
    });

    it('reads a text that is laid out and marked in another way', () => {
      const body =
        'Run this:\n```\naws ec2 describe-instances \\\n  --output json\n```\n> you wrote\n> before\n- a\n- b\n\n---\nÜber 你好 👍';
      const blocks = [
        { type: 'context', elements: [{ type: 'mrkdwn', text: `*AWS Support* · ${AT}` }] },
        {
          type: 'rich_text',
          elements: [
            section('Run this:'),
            part('rich_text_preformatted', 'aws ec2 describe-instances --output json'),
          ],
        },
        { type: 'rich_text', elements: [part('rich_text_quote', 'you wrote\nbefore')] },
        {
          type: 'rich_text',
          elements: [
            { type: 'rich_text_list', style: 'bullet', elements: [section('a'), section('b')] },
            section('Über 你好 👍'),
          ],
        },
      ];
      assert.deepEqual(
        whatDiffers(caseOf([said(body)]), thread([first(), message('AWS Support', { blocks })])),
        [],
      );
      const cut = structuredClone(blocks).slice(0, 3);
      assert.deepEqual(
        whatDiffers(caseOf([said(body)]), thread([first(), message('AWS Support', { blocks: cut })])),
        [`The reply by AWS of ${clock} is only in part in the thread`],
      );
    });

    describe('of a text that ends with quoted mail', () => {
      it('tells apart those that look alike while what they quote differs', () => {
        const bodies = ['one', 'two', 'three'].map((each) => `Sure.\n\nOn 1 March Jane wrote:\n> ${each}`);
        const entry = () => folded('Sure.', button());
        const supportCase = caseOf(bodies.map((body) => said(body)));
        assert.deepEqual(whatDiffers(supportCase, thread([first(), entry(), entry(), entry()])), []);
        assert.deepEqual(whatDiffers(supportCase, thread([first(), entry(), entry()])), [
          `The reply by AWS of ${clock} is not in the thread yet`,
        ]);
        assert.equal(
          whatDiffers(supportCase, thread([first(), entry(), entry(), entry(), entry()])).length,
          1,
        );
      });

      const button = (label = 'Show quoted text') => ({
        type: 'actions',
        elements: [{ type: 'button', text: { type: 'plain_text', text: label }, action_id: 'x', value: 'y' }],
      });
      const folded = (text: string, ...more: Message['blocks']) =>
        message('AWS Support', {
          blocks: [{ type: 'rich_text', elements: [section(`AWS Support · ${AT}`), section(text)] }, ...more],
        });
      const differences = (body: string, ...replies: Message[]) =>
        whatDiffers(caseOf([said(body)]), thread([first(), ...replies]));
      const inPart = [`The reply by AWS of ${clock} is only in part in the thread`];
      const answer = 'It works now, as far as we can see.';
      const trails = [
        '> It does not start.\n> Why?',
        'On Mon, 2 March Jane wrote:\n\n> It does not start.',
        '-----Original Message-----\nIt does not start.',
        'From: Jane\nSent: Monday\nTo: AWS\nSubject: It\n\nIt does not start.',
      ];
      for (const trail of trails) {
        it(`wants a button for it, or all of it: ${trail.split('\n')[0]}`, () => {
          const body = `${answer}\n\n${trail}`;
          assert.deepEqual(differences(body, folded(answer, button())), []);
          assert.deepEqual(differences(body, folded(body)), []);
          assert.deepEqual(differences(body, folded(answer)), inPart);
          assert.deepEqual(differences(body, folded(answer, button('Retry'))), inPart);
          assert.deepEqual(differences(body, folded(answer.slice(0, -8), button())), inPart);
        });
      }

      it('wants nothing hidden that is no quote', () => {
        const body = `${answer}\n\nPlease resolve the case.`;
        assert.deepEqual(differences(body, folded(answer, button())), inPart);
        const between = `${answer}\n> Why?\nBecause.`;
        assert.deepEqual(differences(between, folded(answer, button())), inPart);
      });

      it('tells it from the same text without a quote', () => {
        const replies = [said(answer), said(`${answer}\n\n${trails[0]}`)];
        const both = [folded(answer), folded(answer, button())];
        assert.deepEqual(whatDiffers(caseOf(replies), thread([first(), ...both])), []);
      });
    });

    it('reads links where they lead, and code without its language', () => {
      const link = (url: string, text = url) => ({ type: 'link', url, text });
      const elements = [
        part('rich_text_preformatted', 'x = 1'),
        {
          type: 'rich_text_section',
          elements: [
            { type: 'text', text: 'See the guide (' },
            link('https://a.example/x'),
            { type: 'text', text: ') and ' },
            link('https://b.example/%E6%97%A5', 'https://b.example/日'),
            { type: 'text', text: ' and https://c.example@d.example (leads to ' },
            link('https://d.example/'),
            { type: 'text', text: ').' },
          ],
        },
      ];
      const body =
        '```python\nx = 1\n```\nSee [the guide](https://a.example/x) and https://b.example/日 and https://c.example@d.example.';
      const head = { type: 'rich_text', elements: [section(`AWS Support · ${AT}`)] };
      const shown = message('AWS Support', { blocks: [head, { type: 'rich_text', elements }] });
      assert.deepEqual(whatDiffers(caseOf([said(body)]), thread([first(), shown])), []);
    });

    it('follows a long text over messages with and without heads, wherever it is cut', () => {
      const body = Array.from({ length: 1_500 }, (_, i) => `word${i}`).join(' ');
      const supportCase = caseOf([said(body), said('Next.')]);
      const cuts = [body.slice(0, 3_400), body.slice(3_400, 6_801), body.slice(6_801)];
      const parts = [
        message(`AWS Support · ${AT} (1/3)\n${cuts[0]}`),
        message(`(2/3)\n${cuts[1]}`),
        message(`${cuts[2]}`),
      ];
      assert.deepEqual(whatDiffers(supportCase, thread([first(), ...parts, byAws('Next.')])), []);
      const [one, two, three] = parts;
      assert.ok(one && two && three);
      const differences = (...replies: Message[]) =>
        whatDiffers(supportCase, thread([first(), ...replies, byAws('Next.')]));
      const inPart = [`The reply by AWS of ${clock} is only in part in the thread`];
      assert.deepEqual(differences(one, two), inPart);
      assert.deepEqual(differences(one, three, two), inPart);
      assert.deepEqual(differences(one, two, message(`(3/3)\n${cuts[2]?.slice(0, -9)}`)), inPart);
      assert.deepEqual(differences(one, two, three, two), [
        `A part of the reply by AWS of ${clock} is there twice`,
      ]);
      assert.deepEqual(differences(one, two, three, three), [
        `A part of the reply by AWS of ${clock} is there twice`,
      ]);
      assert.deepEqual(differences(one, one, two, three), [
        `A part of the reply by AWS of ${clock} is there twice`,
      ]);
    });

    it('takes the first lines of a text for all of it where the whole is in a file, or a button has it', () => {
      const body = Array.from({ length: 3_000 }, (_, i) => `word${i}`).join(' ');
      const files = [{ id: 'F1', name: 'a.txt', title: 'a.txt', mimetype: 'text/plain', size: 1 }];
      const file = message('The whole text', { files });
      const head = message(
        `AWS Support · ${AT}\n${body.slice(0, 1_500)}\nThe whole text is in the file below.`,
      );
      const differences = (text: string | null, ...replies: Message[]) =>
        agreement(
          [caseOf([said(body), said('Next.')])],
          [thread([first(), ...replies, byAws('Next.')])],
          () => text,
        ).differences.flatMap(({ what }) => what);
      assert.deepEqual(differences(body, head, file), []);
      const missing = [`The reply by AWS of ${clock} is not in the thread yet`];
      assert.deepEqual(differences(body, head), missing);
      assert.deepEqual(differences(body, file), missing);
      assert.deepEqual(differences(null, head, file), missing);
      assert.deepEqual(differences(body.slice(0, -1), head, file), missing);
      const other = message(
        `AWS Support · ${AT}\n${body.slice(9, 1_500)}\nThe whole text is in the file below.`,
      );
      assert.deepEqual(differences(body, other, file), missing);
      const silent = message(`AWS Support · ${AT}\n${body.slice(0, 1_500)}`);
      assert.equal(differences(body, silent, file).length, 1);
      assert.deepEqual(differences(body, head, head, file), [`The reply by AWS of ${clock} is there twice`]);
      const text = 'a.txt could not be brought into Slack.';
      const offered = (label: string) =>
        message(text, {
          blocks: [
            { type: 'actions', elements: [{ type: 'button', text: { type: 'plain_text', text: label } }] },
          ],
        });
      assert.deepEqual(differences(null, head, offered('Show the whole text')), []);
      assert.deepEqual(differences(null, head, offered('Get a link')), missing);
    });

    it('takes the name line of a reply from Slack where it is shown and where it is not', () => {
      const body = 'It is m7i.large.\n\n— Alice Example, via Slack · ref abcdefghij';
      const supportCase = caseOf([said(body, { from: 'customer' })]);
      const shown = (text: string) =>
        whatDiffers(supportCase, thread([first(), message(`Alice Example\n${text}`)]));
      assert.deepEqual(shown('It is m7i.large.'), []);
      assert.deepEqual(shown(body), []);
      assert.deepEqual(shown('It is m7i.larger.'), [
        `The reply by Alice Example of ${clock} is not in the thread yet`,
      ]);
    });

    it('counts a reply from Slack and the same words from the console as two', () => {
      const fromSlack = said('Thanks!\n\n— Bob via Casethread', { from: 'customer' });
      const supportCase = caseOf([said('Thanks!', { from: 'customer' }), fromSlack]);
      const entry = () => message('Somebody\nThanks!');
      assert.deepEqual(whatDiffers(supportCase, thread([first(), entry(), entry()])), []);
      assert.deepEqual(whatDiffers(supportCase, thread([first(), entry()])), [
        `The reply by Bob of ${clock} is not in the thread yet`,
      ]);
    });

    it('takes a line about files behind a text only where there are files', () => {
      const attachments = [{ attachmentId: 'attachment-1', fileName: 'error.log', size: 7 }];
      const shown = byAws('See the log.\nAttached: error.log');
      assert.deepEqual(
        whatDiffers(caseOf([said('See the log.', { attachments })]), thread([first(), shown])),
        [],
      );
      assert.deepEqual(whatDiffers(caseOf([said('See the log.')]), thread([first(), shown])), [
        `The reply by AWS of ${clock} is not in the thread yet`,
      ]);
    });

    it('takes no file, and no word of one, for an entry or for a deed', () => {
      const attachments = ['resolved.txt', 'big.gz'].map((fileName) => ({
        attachmentId: fileName,
        fileName,
        size: 7,
      }));
      const supportCase = caseOf([said('See the log.', { attachments })]);
      const shown = byAws('See the log.\nAttached: resolved.txt, big.gz');
      const files = [
        { id: 'F1', name: 'resolved.txt', title: 'resolved.txt', mimetype: 'text/plain', size: 7 },
      ];
      const withFile = { ...message('From the case at AWS'), files };
      const absent = message(':warning: resolved.txt could not be brought into Slack.');
      assert.deepEqual(whatDiffers(supportCase, thread([first(), shown, withFile, absent])), []);
    });

    it('tells two texts with files apart, of which one begins like the other', () => {
      const attachments = [{ attachmentId: 'attachment-1', fileName: 'error.log', size: 7 }];
      const supportCase = caseOf(
        ['See the log.', 'See the log. It is long.'].map((body) => said(body, { attachments })),
      );
      const short = byAws('See the log.\nAttached: error.log');
      const long = byAws('See the log. It is long.\nAttached: error.log');
      assert.deepEqual(whatDiffers(supportCase, thread([first(), short, long])), []);
      assert.equal(whatDiffers(supportCase, thread([first(), long, long])).length, 2);
    });

    it('compares texts of signs only as they are, and asks nothing for blanks', () => {
      const supportCase = caseOf([said('???', { from: 'customer' }), said(' \n ')]);
      assert.deepEqual(whatDiffers(supportCase, thread([first(), message('Maria\n???'), byAws(' \n ')])), []);
      assert.deepEqual(whatDiffers(supportCase, thread([first(), message('Maria\n!!!')])), [
        `The reply by maria.lopez@example.com of ${clock} is not in the thread yet`,
      ]);
    });

    it('takes words that nobody is said to have said for no entry', () => {
      assert.deepEqual(whatDiffers(caseOf([said('Done.')]), thread([first(), message('Done.')])), [
        `The reply by AWS of ${clock} is not in the thread yet`,
      ]);
    });

    it('wants the words of AWS to be shown as AWS’s', () => {
      assert.deepEqual(whatDiffers(caseOf([said('Done.')]), thread([first(), message('Maria\nDone.')])), [
        `The reply by AWS of ${clock} does not say that it is by AWS Support`,
      ]);
    });
  });

  it('wants resolving and reopening in the thread, once each', () => {
    const resolved = message(`Resolved by Alice · ${AT}`);
    const reopened = message(`Reopened · ${AT}`);
    const closed = CARD.replace('Work in progress', 'Resolved');
    const shut = (...replies: Message[]) =>
      whatDiffers(caseOf([], { status: 'resolved' }), thread([first(), ...replies], closed));
    const open = (...replies: Message[]) =>
      whatDiffers(caseOf([], { status: 'reopened' }), thread([first(), ...replies]));
    assert.deepEqual(shut(), ['The resolving is not in the thread yet']);
    assert.deepEqual(shut(resolved, reopened, resolved), []);
    assert.deepEqual(shut(resolved, resolved), ['The resolving is there twice']);
    // Within one minute, the event of the first came late: people read the same words, of two resolvings.
    const at = (second: number) => message(`Resolved · <!date^${second}^{date_short} at {time}|${AT}>`);
    assert.deepEqual(shut(reopened, at(1_700_000_000), at(1_700_000_022)), []);
    assert.deepEqual(shut(at(1_700_000_000), at(1_700_000_000)), ['The resolving is there twice']);
    assert.deepEqual(open(resolved), ['The reopening is not in the thread yet']);
    assert.deepEqual(open(resolved, reopened), []);
    assert.deepEqual(open(resolved, reopened, reopened), ['The reopening is there twice']);
  });

  it('takes a change of status for no resolving or reopening, and sees one that is there twice', () => {
    const change = (words: string, second: number) =>
      message(`*Status*: ${words} · seen <!date^${second}^{date_short} at {time}|${AT}>`);
    const back = change('Reopened → Work in progress', 1_700_000_000);
    const again = change('Reopened → Work in progress', 1_700_000_500);
    const severity = message(`*Severity*: System impaired (normal) → General guidance (low) · ${AT}`);
    const differ = (...replies: Message[]) => whatDiffers(caseOf([]), thread([first(), ...replies]));
    assert.deepEqual(differ(back, severity, again), []);
    assert.deepEqual(differ(message(`Resolved · ${AT}`), back), ['The reopening is not in the thread yet']);
    assert.deepEqual(differ(back, back), ['A change of the status is there twice']);
    assert.deepEqual(differ(severity, severity), ['A change of the severity is there twice']);
  });

  it('is quick with many cases and long conversations', () => {
    const body = (n: number) =>
      `Hello Maria,\nThank you for contacting AWS Support. ${`Finding ${n}. `.repeat(60)}`;
    const cases = Array.from({ length: 100 }, (_, i) => {
      const displayId = String(2_000_000_000 + i);
      const replies = Array.from({ length: 30 }, (__, n) => said(body(n)));
      return caseOf(replies, { displayId, caseId: `case-${displayId}` });
    });
    const threads = cases.map(({ displayId, communications }) =>
      thread(
        [first(), ...communications.slice(1).map((each) => byAws(each.body))],
        CARD.replace(DISPLAY_ID, displayId),
      ),
    );
    const began = process.cpuUsage();
    assert.equal(agreement(cases, threads).agreeing, 100);
    const ms = process.cpuUsage(began).user / 1_000;
    // Comparing everything with everything takes many times as long, on any machine.
    assert.ok(ms < 6_000, `${Math.round(ms)} ms for 3,100 messages`);
  });

  describe('with the bot', () => {
    let world: World;
    afterEach(() => world.stop());
    const now = () => agreement(world.aws.cases(), world.slack.threads(CHANNEL));
    const agrees = (what: string) =>
      world
        .until(() => now().agreeing === now().cases, what)
        .catch((error: unknown) => assert.fail(`${what}: ${JSON.stringify(now().differences)}\n${error}`));

    it('agrees after everything that can happen to a case, and not before', async () => {
      world = await startWorld();
      const { aws, slack, botUrl, until, bridge } = world;
      const { caseId, displayId } = aws.openCase({ subject: 'Is it resolved?', body: 'Please look.' });
      aws.openCase({ subject: 'Another', body: 'Please look.', severity: 'high' });
      assert.deepEqual(
        now().differences.map(({ what }) => what),
        [['The case has no thread yet'], ['The case has no thread yet']],
      );
      await agrees('the opening texts');

      const held = slack.fault('chat.postMessage', { kind: 'hold-before', when: () => true });
      const line = (_: unknown, i: number) => `${i}. <b> & "quoted" > \`code\` *bold* 0x${i.toString(16)}\n`;
      aws.reply(caseId, { from: 'aws', body: Array.from({ length: 300 }, line).join('').slice(0, 8_000) });
      await held.reached;
      assert.match(
        now().differences[0]?.what.join() ?? '',
        /^The reply by AWS of \d\d:\d\d is not in the thread yet$/,
      );
      held.release();
      await agrees('8,000 characters');
      aws.reply(caseId, { from: 'customer', body: 'x'.repeat(7_000) });
      await agrees('a word of 7,000 characters');
      assert.ok(onThread(caseId).replies.length >= 7);

      const at = Date.now();
      for (let i = 0; i < 2; i += 1) aws.reply(caseId, { from: 'aws', body: 'Done.', at });
      await agrees('two of the same');
      aws.reply(caseId, { from: 'aws', body: '\n> quoted\n\n    code\n', attachments: [file] });
      await agrees('a file');

      const typed = `/support reply ${displayId} _Thank_ you, *it* works: https://example.com/?a=1&b=2`;
      await slack.command(botUrl, {
        command: '/support',
        text: typed.slice('/support '.length),
        user: ALICE,
        channel: CHANNEL,
      });
      await until(
        () => aws.case(caseId).communications.at(-1)?.body.startsWith('_Thank_') === true,
        'AWS has it',
      );
      await agrees('a reply from Slack');

      bridge.loseNext(1);
      aws.setSeverity(caseId, 'urgent');
      assert.deepEqual(now().differences[0]?.what, [
        'The first message does not show the right severity yet',
      ]);
      aws.resolve(caseId);
      assert.match(now().differences[0]?.what.join() ?? '', /The resolving is not in the thread yet/);
      aws.reply(caseId, { from: 'customer', body: 'Still broken, sorry.' });
      await agrees('reopened, although the resolving was never announced');
      aws.resolve(caseId);
      await agrees('resolved');
      aws.reply(caseId, { from: 'customer', body: 'Not again!' });
      await agrees('reopened');
      assert.equal(aws.case(caseId).status, 'reopened');
      assert.ok(onThread(caseId).replies.length > 12);
    });

    it('notices what somebody takes away or adds', async () => {
      world = await startWorld();
      const { aws } = world;
      const { caseId } = aws.openCase({ subject: 'Tampered', body: 'Opening text.' });
      aws.reply(caseId, { from: 'aws', body: 'An answer.' });
      await agrees('both');
      const { card, replies } = onlyThread(world.slack);
      const differences = (changed: Message[]) =>
        agreement(aws.cases(), [{ card, replies: changed }]).differences[0]?.what.length ?? 0;
      for (const reply of replies) {
        assert.equal(differences(replies.filter((each) => each !== reply)), 1);
        assert.equal(differences([...replies, reply]), 1);
      }
      assert.equal(differences(replies.toReversed()), 1);
      assert.equal(differences(replies), 0);
    });

    function onThread(caseId: string): Thread {
      const { displayId } = world.aws.case(caseId);
      const found = world.slack.threads(CHANNEL).find(({ card }) => JSON.stringify(card).includes(displayId));
      return found ?? assert.fail(`no thread of ${displayId}`);
    }
  });
});

const file = { fileName: 'error.log', data: Buffer.from('line 7') };

function section(text: string) {
  return part('rich_text_section', text);
}

function part(type: string, text: string) {
  return { type, elements: [{ type: 'text', text }] };
}
