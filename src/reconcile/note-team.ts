import type { Slack } from '../slack/slack.js';
import { TEAM_NOTE } from '../store/export-audit.js';
import type { Store } from '../store/store.js';

/** Keeps where the workspace is, so that what reads the store without Slack can say where a thread is. */
export async function noteTeam(
  store: Pick<Store, 'note' | 'saveNote'>,
  slack: Pick<Slack, 'linkTo'>,
): Promise<void> {
  const address = slack.linkTo({ channel: 'C', ts: '1.1' })?.replace(/archives\/C\/p11$/, '');
  if (address !== undefined && (await store.note(TEAM_NOTE)) !== address)
    await store.saveNote(TEAM_NOTE, address);
}
