import type { Delivery } from './deliver.js';
import { event, isSubscribed } from './event.js';
import { type People, person } from './people.js';
import { wireView } from './wire-view.js';

export interface OpenHomeOptions {
  user: string;
  tab?: 'home' | 'messages';
}

/**
 * A person opens the app's page, on its Home tab unless told otherwise. Slack tells the app each time, if it has
 * subscribed; undefined where it has not. Throws where the app has no such tab.
 */
export async function openHome(
  people: People,
  botUrl: string,
  options: OpenHomeOptions,
): Promise<Delivery | undefined> {
  const { workspace } = people;
  const { tab = 'home' } = options;
  const user = person(people, options.user);
  const { manifest } = workspace;
  if (manifest !== undefined && (tab === 'home' ? !manifest.hasHome : manifest.messagesTab === 'off'))
    throw new Error(`This app has no ${tab === 'home' ? 'Home' : 'Messages'} tab`);
  const { channel } = workspace.directMessage(user.id);
  if (!isSubscribed(people, 'app_home_opened')) return undefined;
  const view = workspace.views.find((each) => each.type === 'home' && each.user === user.id);
  return event(people, botUrl, {
    type: 'app_home_opened',
    user: user.id,
    channel: channel.id,
    tab,
    event_ts: workspace.nextTs(),
    ...(tab === 'home' && view !== undefined ? { view: wireView(workspace, view) } : {}),
  });
}
