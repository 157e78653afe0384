import { parseCaseKey } from '../case/case-key.js';
import { HomeTabs } from '../commands/home/home-tabs.js';
import { pictureFor, readHome } from '../commands/home/read-home.js';
import { renderHome } from '../commands/home/render-home.js';
import type { PermitDeps } from '../commands/permit.js';
import { lastEventAt } from '../ingress/last-event.js';
import type { Sweeper } from '../reconcile/sweeper.js';
import type { Storage } from '../storage/storage.js';
import type { Log } from '../telemetry/log.js';
import type { SlackParts } from './slack.js';
import type { Timing } from './timing.js';

export interface HomeDeps {
  readonly storage: Storage;
  readonly slack: Pick<SlackParts, 'messages' | 'views'>;
  readonly permit: PermitDeps;
  readonly accountName: (account: string) => string;
  /** Asked only once everything is wired. */
  readonly sweeper: () => Pick<Sweeper, 'status'>;
  readonly timing: Timing['home'];
  readonly log: Log;
}

/** People's Home tabs, filled from the store and from how the bot is. */
export function homeFor({
  storage,
  slack: { messages, views },
  permit,
  accountName,
  sweeper,
  timing,
  log,
}: HomeDeps): HomeTabs {
  const { store, cases } = storage;
  const now = () => storage.now();
  const state = async () => {
    const [eventAt, sweep] = await Promise.all([lastEventAt(store), sweeper().status()]);
    return { lastEventAt: eventAt, sweep };
  };
  const parked = async () => (await cases.parked()).map(({ key }) => parseCaseKey(key));
  return new HomeTabs({
    read: () => readHome({ store, parked, state }),
    render: async (picture, user) =>
      renderHome(
        { slack: messages, accountName },
        await pictureFor({ ...permit, store }, picture, user),
        user,
      ),
    views,
    ...timing,
    log,
    now,
  });
}
