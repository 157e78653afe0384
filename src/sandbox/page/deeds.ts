/**
 * Everything that somebody can do on the page, by name: a table of contents. Each deed checks its input, does it as the
 * person would do it in Slack or in the AWS console, and answers with what they would be told.
 */
import { z } from 'zod';
import type { Aws } from '../aws/start-aws.js';
import type { BotProcess } from '../bot-process.js';
import type { Slack } from '../slack/start-slack.js';
import { SWITCHES, type Trouble } from '../trouble.js';
import { awsDeeds } from './aws-deeds.js';
import { CannotBeDone, type Deed, deed } from './deed.js';
import type { Answer, DeedName } from './protocol.js';
import { slackDeeds } from './slack-deeds.js';

export interface DeedDeps {
  readonly slack: Slack;
  readonly aws: Aws;
  readonly bot: Pick<BotProcess, 'kill'>;
  readonly botUrl: string;
  readonly trouble: Trouble;
  readonly changed: () => void;
}

function troubleDeeds({ bot, trouble, changed }: DeedDeps) {
  const names = SWITCHES.map(({ name }) => name);
  return {
    switch: deed(z.strictObject({ name: z.enum(names), on: z.boolean() }), ({ name, on }) => {
      trouble.set(name, on);
      changed();
      return { ok: true };
    }),
    'kill-bot': deed(z.strictObject({}), () => {
      bot.kill();
      return { ok: true };
    }),
  };
}

export function performer(deps: DeedDeps): (name: string, input: unknown) => Promise<Answer> {
  const all: Record<DeedName, Deed> = { ...slackDeeds(deps), ...awsDeeds(deps), ...troubleDeeds(deps) };
  return async (name, input) => {
    if (!Object.hasOwn(all, name)) return { ok: false, error: `Nobody can “${name}” here.` };
    try {
      return await all[name as DeedName](input);
    } catch (error) {
      // The stand-ins say in a sentence what nobody could do: press a button that is gone, name a person who is not there.
      const [sentence = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
      return {
        ok: false,
        error: error instanceof CannotBeDone ? sentence : `That cannot be done: ${sentence}`,
      };
    }
  };
}
