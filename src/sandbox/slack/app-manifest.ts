/** The app's manifest, as Slack takes it: what of it shows in a workspace. */
import { parse, YAMLParseError } from 'yaml';
import { isObject, type JsonObject } from './json-object.js';

export interface AppManifest {
  /** Of the bot's user. */
  displayName: string;
  commands: ManifestCommand[];
  shortcuts: ManifestShortcut[];
  /** Scopes of the bot token, the optional ones among them. */
  scopes: string[];
  /** The events that the app is sent. */
  events: string[];
  /** Whether the app has a Home tab. */
  hasHome: boolean;
  /** The conversation with the bot: shown at all, and whether people may write in it. */
  messagesTab: 'off' | 'read-only' | 'open';
  /** Whether clicks, modals and shortcuts reach the app. */
  interactivity: boolean;
  /** Of links to them, and to what is below them, the app hears. */
  unfurlDomains: string[];
}

export interface ManifestCommand {
  /** With its slash. */
  command: string;
  description: string;
  /** Empty for none. */
  usageHint: string;
  /** Whether mentions and links arrive as references. */
  shouldEscape: boolean;
}

export interface ManifestShortcut {
  name: string;
  type: 'message' | 'global';
  callbackId: string;
  description: string;
}

/** Reads a manifest in YAML, or JSON. Throws an Error with a sentence a line for everything that is wrong. */
export function readManifest(text: string): AppManifest {
  const problems: string[] = [];
  const top = new Part('', parsed(text), problems);
  const features = top.part('features');
  const settings = top.part('settings');
  const home = features.part('app_home');
  const bot = features.part('bot_user');
  const scopes = top.part('oauth_config').part('scopes');
  top.part('display_information').text('name', { max: 35 });
  const isRead = home.flag('messages_tab_enabled');
  const isReadOnly = home.flag('messages_tab_read_only_enabled');
  const manifest: AppManifest = {
    displayName: bot.text('display_name', { max: 80 }),
    commands: features.parts('slash_commands', 50).map(readCommand),
    shortcuts: features.parts('shortcuts', 10).map(readShortcut),
    scopes: [...scopes.texts('bot'), ...scopes.texts('bot_optional')],
    events: settings.part('event_subscriptions').texts('bot_events'),
    hasHome: home.flag('home_tab_enabled'),
    messagesTab: isRead ? (isReadOnly ? 'read-only' : 'open') : 'off',
    interactivity: settings.part('interactivity').flag('is_enabled'),
    unfurlDomains: features.texts('unfurl_domains', 5),
  };
  for (const domain of manifest.unfurlDomains) {
    if (!/^([a-z0-9-]+\.)+[a-z]{2,}$/i.test(domain))
      features.complain('unfurl_domains', `must be domains and nothing else, not "${domain}"`);
  }
  const commands = manifest.commands.map(({ command }) => command);
  for (const command of new Set(commands.filter((each, index) => commands.indexOf(each) !== index))) {
    problems.push(`features.slash_commands has ${command} more than once.`);
  }
  if (commands.length > 0 && !manifest.scopes.includes('commands')) {
    problems.push('An app with slash commands needs the bot scope "commands".');
  }
  if (problems.length > 0) throw new Error(problems.join('\n'));
  return manifest;
}

function readCommand(part: Part): ManifestCommand {
  const command = part.text('command', { max: 32 });
  if (command !== '' && !/^\/[^\s/]+$/.test(command)) {
    part.complain('command', `must be a slash and a name without blanks, not "${command}"`);
  }
  return {
    command,
    description: part.text('description', { max: 2_000 }),
    usageHint: part.text('usage_hint', { max: 1_000, optional: true }),
    shouldEscape: part.flag('should_escape'),
  };
}

function readShortcut(part: Part): ManifestShortcut {
  const type = part.text('type', { max: 7 });
  if (type !== '' && type !== 'message' && type !== 'global')
    part.complain('type', `must be "message" or "global", not "${type}"`);
  return {
    name: part.text('name', { max: 24 }),
    type: type === 'global' ? 'global' : 'message',
    callbackId: part.text('callback_id', { max: 255 }),
    description: part.text('description', { max: 150 }),
  };
}

function parsed(text: string): unknown {
  try {
    return parse(text);
  } catch (error) {
    if (!(error instanceof YAMLParseError)) throw error;
    throw new Error(`The manifest is not YAML: ${error.message}`, { cause: error });
  }
}

/** An object inside of the manifest, and where it is. What is missing counts as empty. */
class Part {
  readonly #path: string;
  readonly #value: JsonObject;
  readonly #problems: string[];

  constructor(path: string, value: unknown, problems: string[]) {
    this.#path = path;
    this.#problems = problems;
    this.#value = isObject(value) ? value : {};
    if (!isObject(value)) problems.push(`${path === '' ? 'The manifest' : path} must be an object.`);
  }

  complain(key: string, what: string): void {
    this.#problems.push(`${this.#at(key)} ${what}.`);
  }

  part(key: string): Part {
    return new Part(this.#at(key), this.#value[key] ?? {}, this.#problems);
  }

  parts(key: string, max: number): Part[] {
    const list = this.#list(key);
    if (list.length > max) this.complain(key, `has ${list.length} entries; Slack takes ${max}`);
    return list.map((each, index) => new Part(`${this.#at(key)}[${index}]`, each, this.#problems));
  }

  texts(key: string, max = Number.POSITIVE_INFINITY): string[] {
    const list = this.#list(key);
    if (list.length > max) this.complain(key, `has ${list.length} entries; Slack takes ${max}`);
    return list.filter((each) => {
      if (typeof each !== 'string') this.complain(key, 'must be a list of texts');
      return typeof each === 'string';
    });
  }

  text(key: string, rule: { max: number; optional?: boolean }): string {
    const value = this.#value[key];
    if (value === undefined && rule.optional === true) return '';
    if (typeof value !== 'string' || value === '') this.complain(key, 'is missing, or not a text');
    else if (value.length > rule.max)
      this.complain(key, `has ${value.length} characters; Slack takes ${rule.max}`);
    return typeof value === 'string' ? value : '';
  }

  flag(key: string): boolean {
    const value = this.#value[key] ?? false;
    if (typeof value !== 'boolean') this.complain(key, 'must be true or false');
    return value === true;
  }

  #list(key: string): unknown[] {
    const value = this.#value[key] ?? [];
    if (Array.isArray(value)) return value;
    this.complain(key, 'must be a list');
    return [];
  }

  #at(key: string): string {
    return this.#path === '' ? key : `${this.#path}.${key}`;
  }
}
