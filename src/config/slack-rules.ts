/** How the variables about Slack are read. */
import { MILESTONES, type Milestone } from '../case/milestone.js';
import type { Routing } from '../case/routing.js';
import { isHttpAddress, list, missing, oneOf, type Rule } from './rule.js';
import { CHANNEL_ID } from './slack-ids.js';

export const BOT_TOKEN: Rule<string> = {
  example: 'xoxb-…',
  read: (value) => {
    if (value === '')
      throw missing('The bot token of your Slack app: "OAuth & Permissions", "Bot User OAuth Token".');
    if (!/^xoxb-[\w-]+$/.test(value)) throw new Error('This is not a bot token: those begin with xoxb-.');
    return value;
  },
};

export const APP_TOKEN: Rule<string | null> = {
  example: 'xapp-…',
  read: (value) => {
    if (value !== '' && !/^xapp-[\w-]+$/.test(value)) {
      throw new Error(
        'This is not an app-level token: those begin with xapp-. Leave it out unless you use Socket Mode.',
      );
    }
    return value === '' ? null : value;
  },
};

export const SIGNING_SECRET: Rule<string> = {
  example: '8f742231b10e…',
  read: (value) => {
    if (value === '') {
      throw missing(
        'Your Slack app, "Basic Information", "Signing Secret". Not needed when SLACK_APP_TOKEN is set.',
      );
    }
    if (!/^[\x21-\x7e]{16,}$/.test(value)) {
      throw new Error('This is not a signing secret: those have 32 letters and digits.');
    }
    return value;
  },
};

export const CHANNEL: Rule<string> = {
  example: 'C0123456789',
  read: (value) => {
    if (value === '')
      throw missing(
        "The ID of the channel for case threads: in Slack, open the channel's details, at the bottom.",
      );
    if (!CHANNEL_ID.test(value)) {
      throw new Error(
        "This is not a channel ID. It begins with C (or G) and is not the name; the channel's details show it.",
      );
    }
    return value;
  },
};

export const API_URL: Rule<string> = {
  example: 'https://slack.com/api/',
  read: (value) => {
    if (value === '') return 'https://slack.com/api/';
    if (!isHttpAddress(value)) throw new Error('This is not an http or https address.');
    return value.endsWith('/') ? value : `${value}/`;
  },
};

export type Broadcast = Routing['broadcast'];

export const BROADCAST: Rule<Broadcast> = {
  example: 'C0123456789=opened,resolved;first-answer',
  read: (value) => {
    const channels = new Map<string, ReadonlySet<Milestone>>();
    let elsewhere: ReadonlySet<Milestone> | null = null;
    for (const part of list(value, ';')) {
      const [, channel = null, words = ''] = /^(?:([^=]*)=)?(.*)$/s.exec(part) ?? [];
      const wanted = new Set(list(words).map((word) => oneOf(MILESTONES, word)));
      if (channel === null) {
        if (elsewhere !== null) throw new Error('Two parts name no channel. Put them into one.');
        elsewhere = wanted;
        continue;
      }
      const id = channel.trim();
      if (!CHANNEL_ID.test(id))
        throw new Error(`“${id}” is not a channel ID. It begins with C (or G) and is not the name.`);
      if (channels.has(id)) throw new Error(`${id} is there twice. Put both parts into one.`);
      channels.set(id, wanted);
    }
    return { in: channels, elsewhere: elsewhere ?? new Set() };
  },
};
