import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { readManifest } from '../../../src/sandbox/slack/app-manifest.js';

describe("Slack stand-in: an app's manifest", () => {
  it("reads the repository's own", () => {
    const manifest = readManifest(readFileSync('manifest.yml', 'utf8'));
    assert.equal(manifest.displayName, 'Casethread');
    const [support] = manifest.commands;
    assert.equal(support?.command, '/support');
    assert.equal(support?.shouldEscape, true);
    assert.match(support?.usageHint ?? '', /^help \| list/);
    assert.ok(manifest.scopes.includes('chat:write') && manifest.scopes.includes('commands'));
    assert.equal(manifest.interactivity, true);
    assert.equal(manifest.messagesTab, 'read-only');
    assert.ok(manifest.unfurlDomains.includes('console.aws.amazon.com'));
  });

  it('reads all that shows in a workspace', () => {
    assert.deepEqual(
      readManifest(`
display_information: { name: App }
features:
  bot_user: { display_name: Helper }
  app_home: { home_tab_enabled: true, messages_tab_enabled: true }
  slash_commands:
    - { command: /go, description: Goes }
  shortcuts:
    - { name: Send, type: message, callback_id: send, description: Sends it }
    - { name: New, type: global, callback_id: new, description: Makes one }
  unfurl_domains: [example.com]
oauth_config: { scopes: { bot: [commands], bot_optional: [files:read] } }
settings:
  event_subscriptions: { bot_events: [app_mention, app_home_opened] }
`),
      {
        displayName: 'Helper',
        commands: [{ command: '/go', description: 'Goes', usageHint: '', shouldEscape: false }],
        shortcuts: [
          { name: 'Send', type: 'message', callbackId: 'send', description: 'Sends it' },
          { name: 'New', type: 'global', callbackId: 'new', description: 'Makes one' },
        ],
        scopes: ['commands', 'files:read'],
        events: ['app_mention', 'app_home_opened'],
        hasHome: true,
        messagesTab: 'open',
        interactivity: false,
        unfurlDomains: ['example.com'],
      },
    );
  });

  it('says everything that is wrong', () => {
    const told = (text: string): string[] => {
      try {
        readManifest(text);
      } catch (error) {
        return String((error as Error).message).split('\n');
      }
      throw new Error('It was read');
    };
    assert.match(told('a: [')[0] ?? '', /^The manifest is not YAML: /);
    assert.deepEqual(
      told(
        'features: { bot_user: { display_name: x }, unfurl_domains: [https://a.example, a.b, c.de, d.ef, e.fg, f.gh] }\ndisplay_information: { name: x }',
      ),
      [
        'features.unfurl_domains has 6 entries; Slack takes 5.',
        'features.unfurl_domains must be domains and nothing else, not "https://a.example".',
        'features.unfurl_domains must be domains and nothing else, not "a.b".',
      ],
    );
    assert.equal(told('just a text')[0], 'The manifest must be an object.');
    assert.deepEqual(
      told(`
display_information: { name: ${'x'.repeat(36)} }
features:
  bot_user: { display_name: App }
  app_home: { home_tab_enabled: 'yes' }
  slash_commands:
    - { command: go, description: Goes }
    - { command: /b }
    - { command: /b, description: Twice }
  shortcuts:
    - { name: A name that is far too long, type: other, callback_id: a, description: A }
oauth_config: { scopes: { bot: chat:write } }
`).sort(),
      [
        'oauth_config.scopes.bot must be a list.',
        'display_information.name has 36 characters; Slack takes 35.',
        'features.slash_commands[0].command must be a slash and a name without blanks, not "go".',
        'features.slash_commands[1].description is missing, or not a text.',
        'features.shortcuts[0].type must be "message" or "global", not "other".',
        'features.shortcuts[0].name has 27 characters; Slack takes 24.',
        'features.app_home.home_tab_enabled must be true or false.',
        'features.slash_commands has /b more than once.',
        'An app with slash commands needs the bot scope "commands".',
      ].sort(),
    );
  });
});
