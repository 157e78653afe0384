import { HTTPReceiver } from '@slack/bolt';
import { NobodyListens } from '../commands/ack-when-done.js';
import { socketModeReceiver } from '../commands/socket-mode.js';
import type { Config } from '../config.js';
import { refuse } from '../ingress/answer.js';
import { sdkLogger } from '../slack/sdk-logger.js';
import type { Log } from '../telemetry/log.js';

/** The way by which Slack's requests come: our HTTP server, or Socket Mode. */
export function receiverFor({ slackAppToken, slackSigningSecret, slackApiUrl }: Config, log: Log) {
  if (slackSigningSecret === null) return socketModeReceiver(slackAppToken ?? '', slackApiUrl, log);
  return new HTTPReceiver({
    signingSecret: slackSigningSecret,
    endpoints: '/slack/events',
    logger: sdkLogger(log),
    processEventErrorHandler: async ({ error, response }) => {
      if (error instanceof NobodyListens)
        refuse(response, 404, 'not_for_us', 'Casethread does nothing with requests of this kind.');
      // Slack sends an event again that got this answer; of anything else the person sees that it failed.
      else refuse(response, 503, 'not_kept', 'The request could not be kept now. Send it again.');
      return true;
    },
  });
}
