import { SlackError } from '../../slack/slack-error.js';
import { errorFields } from '../../telemetry/log.js';
import { NOTHING, type OnAct, type OnEvent } from '../interaction.js';

/** Somebody opens the app's Home tab. What fails in passing rejects: Slack then sends the event again. */
export const openedHome: OnEvent = async (deps, { user, tab }) => {
  if (tab !== 'home' || typeof user !== 'string' || !/^[A-Z0-9]{1,50}$/.test(user)) return;
  await deps.showHome(user).catch((error: unknown) => {
    if (!(error instanceof SlackError) || error.kind === 'unreachable' || error.kind === 'rate-limited')
      throw error;
    deps.log.warn('Slack does not take the Home tab', errorFields(error));
  });
};

/** The button on it. */
export const refreshedHome: OnAct = async (deps, { user }) => {
  await deps.showHome(user);
  return NOTHING;
};
