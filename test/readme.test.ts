import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { ACTS } from '../src/commands/acts.js';
import { EVENTS } from '../src/commands/events.js';
import { CHOICES, SUBMISSIONS } from '../src/commands/forms.js';
import { ON_MESSAGES } from '../src/commands/shortcuts.js';
import { ACTIONS, FORMS, SHORTCUTS } from '../src/slack/action-ids.js';
import { createMetrics } from '../src/telemetry/metrics.js';

const README = readFileSync('README.md', 'utf8');
const EXAMPLE = readFileSync('.env.example', 'utf8');
const MANIFEST = parse(readFileSync('manifest.yml', 'utf8')) as {
  readonly features: { readonly shortcuts: readonly { readonly callback_id: string }[] };
  readonly oauth_config: { readonly scopes: { readonly bot: readonly string[] } };
  readonly settings: { readonly event_subscriptions: { readonly bot_events: readonly string[] } };
};

/** All that `pattern`'s group finds, each once, sorted. */
function found(text: string, pattern: RegExp): string[] {
  return [...new Set([...text.matchAll(pattern)].map((match) => match[1] ?? ''))].sort();
}

/** What stands below a heading, up to the next. */
function section(heading: string): string {
  const [, below] = README.split(`\n${heading}\n`);
  assert.ok(below !== undefined, `the README has no "${heading}"`);
  return below.split(/\n#{1,6} /)[0] ?? '';
}

/** Without code, in which a line may begin with # as well. */
const PROSE = README.replace(/^```[\s\S]*?^```/gm, '').replace(/`[^`\n]*`(?!\]\()/g, '');

describe('README.md', () => {
  const variables = found(readFileSync('src/config.ts', 'utf8'), /(?:read\(\s*|\[|, )'([A-Z][A-Z_]+)'/g);

  it('has a row for each variable that is read, and .env.example a line', () => {
    assert.ok(variables.length >= 20, variables.join(' '));
    const rows = section('### Environment');
    assert.deepEqual(
      variables.filter((name) => !rows.includes(`\`${name}\``)),
      [],
    );
    assert.deepEqual(
      variables.filter((name) => !new RegExp(`^#?\\s?${name}\\b`, 'm').test(EXAMPLE)),
      [],
    );
  });

  it('knows no variable that is not read', () => {
    const ofBot = (names: string[]) => names.filter((name) => !name.startsWith('AWS_'));
    const read = new Set(variables);
    const named = [
      ...ofBot(found(EXAMPLE, /^#?([A-Z][A-Z0-9_]+)=/gm)),
      ...ofBot(found(section('### Environment'), /^\| `([A-Z][A-Z0-9_]+)` \|/gm)),
    ];
    assert.deepEqual(
      named.filter((name) => !read.has(name)),
      [],
    );
  });

  it('explains each scope of the manifest, and no other', () => {
    const rows = found(section('### Set up Slack'), /^\| (`[a-z_]+:?[a-z]*`.*?) \|/gm).join(' ');
    assert.deepEqual(found(rows, /`([^`]+)`/g), [...MANIFEST.oauth_config.scopes.bot].sort());
  });

  it('lists each metric, and no other', async () => {
    const nothing = async () => 0;
    const published = await createMetrics({
      inboxDepth: nothing,
      parkedCases: nothing,
      accountsFailing: nothing,
    }).text();
    assert.deepEqual(
      found(section('### Metrics'), /^\| `(casethread_[a-z_]+)`/gm),
      found(published, /^# TYPE (casethread_[a-z_]+)/gm),
    );
  });

  it('has what its links lead to', () => {
    const headings = found(PROSE, /^#+ (.+)$/gm).map((heading) =>
      heading
        .toLowerCase()
        .replace(/[^\p{L}\p{N} _-]/gu, '')
        .replaceAll(' ', '-'),
    );
    assert.deepEqual(
      found(PROSE, /\]\(#([^)]+)\)/g).filter((anchor) => !headings.includes(anchor)),
      [],
    );
    assert.deepEqual(
      found(PROSE, /(?:\]\(|src=")((?!https?:|#)[^)"]+)/g).filter((path) => !existsSync(path)),
      [],
    );
  });
});

describe('what people can press', () => {
  it('is answered, each by its name', () => {
    const answered = [...Object.keys(ACTS), ...Object.keys(CHOICES)];
    assert.deepEqual(
      Object.values(ACTIONS).filter((name) => !answered.includes(name)),
      [],
    );
    assert.deepEqual(Object.keys(SUBMISSIONS).sort(), Object.values(FORMS).sort());
    assert.deepEqual(Object.keys(ON_MESSAGES).sort(), Object.values(SHORTCUTS).sort());
  });

  it('is sent by Slack as the manifest says', () => {
    const shortcuts = MANIFEST.features.shortcuts.map((shortcut) => shortcut.callback_id);
    assert.deepEqual(shortcuts.sort(), Object.keys(ON_MESSAGES).sort());
    const events = [...MANIFEST.settings.event_subscriptions.bot_events].sort();
    assert.deepEqual(events, ['app_mention', ...Object.keys(EVENTS)].sort());
  });
});
