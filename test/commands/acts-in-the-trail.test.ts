import assert from 'node:assert/strict';
import { ACTS } from '../../src/commands/acts.js';
import { EVENTS } from '../../src/commands/events.js';
import { CHOICES, CLOSED, SUBMISSIONS } from '../../src/commands/forms.js';
import { CARD_MENU } from '../../src/commands/people/people-acts.js';
import { ON_MESSAGES } from '../../src/commands/shortcuts.js';
import { SUBCOMMANDS } from '../../src/commands/slash-command.js';
import { THREAD_ACTS } from '../../src/commands/thread-command.js';
import { verbOf } from '../../src/commands/words/audit.js';
import { LEAVES } from './acts-and-lines.js';

/** What only shows something to the person, opens a form, or changes a form that is not sent. */
const SHOWS: readonly string[] = [
  ...['help', 'list', 'show', 'search'].map((name) => `command ${name}`),
  'thread show',
  ...['open_link', 'list_page', 'search_page', 'show_case', 'card_more', 'home_refresh'],
  ...['card_reply', 'write_reply', 'reply_more_room', 'show_quoted', 'show_text'],
  ...['create_account', 'create_service', 'create_category', 'create_issue_type', 'create_more_room'],
  ...['create_account', 'create_service', 'resolve_pick'].map((name) => `typing ${name}`),
  ...['aws', 'who'].map((name) => `menu ${name}`),
  'shortcut send_to_aws',
  'event app_home_opened',
  'event link_shared',
].map((name) => (name.includes(' ') ? name : `button ${name}`));

describe('what people can do, and the audit trail', () => {
  const of = (way: string, table: object) => Object.keys(table).map((name) => `${way} ${name}`);
  const all = [
    ...of('command', SUBCOMMANDS),
    ...of('thread', THREAD_ACTS),
    ...of('button', ACTS),
    ...of('menu', CARD_MENU),
    ...of('form', SUBMISSIONS),
    ...of('closed', CLOSED),
    ...of('typing', CHOICES),
    ...of('shortcut', ON_MESSAGES),
    ...of('event', EVENTS),
  ];

  it('leaves a line, or only shows something: whoever adds an act says which, and no act is named that is not there', () => {
    assert.deepEqual([...Object.keys(LEAVES), ...SHOWS].sort(), [...all].sort());
  });

  it('is said in words', () => {
    for (const deed of Object.values(LEAVES).flat())
      assert.notEqual(verbOf({ deed, result: 'done', why: null }, false), deed);
  });
});
