/**
 * What a workspace keeps from one run to the next: all that a person could still see. Modals, trigger_ids and
 * response_urls are not kept: they live for minutes at most. Plain JSON.
 */
import type { Channel } from './channel.js';
import type { Ephemeral } from './ephemeral.js';
import type { StoredFile } from './files/stored-file.js';
import type { Message } from './message.js';
import type { ScreenView } from './people/screen-view.js';
import type { User } from './user.js';
import type { Workspace } from './workspace.js';

export interface KeptSlack {
  readonly version: 1;
  readonly channels: readonly Channel[];
  /** The bot's user among them. */
  readonly users: readonly User[];
  /** Of all channels; those of one channel oldest first. */
  readonly messages: readonly Message[];
  /** Oldest first; deleted ones are not kept. */
  readonly ephemerals: readonly Ephemeral[];
  /** App Home, one a person at most. */
  readonly homes: readonly ScreenView[];
  /** Complete ones, and what is left of deleted ones. Uploads that an app had begun are not kept. */
  readonly files: readonly KeptFile[];
  /** The counter behind ids of files, views and events: none is given out twice. */
  readonly lastId: number;
  /** The last timestamp that was given out: later ones are greater. */
  readonly lastTs: string;
}

/** A file with its bytes in base64; a deleted one has none. */
export interface KeptFile extends Omit<StoredFile, 'data' | 'state'> {
  readonly state: 'complete' | 'deleted';
  readonly base64?: string;
}

/** A copy: later changes do not reach into it. */
export function keep(workspace: Workspace): KeptSlack {
  return structuredClone({
    version: 1 as const,
    channels: [...workspace.channels.values()],
    users: [...workspace.users.values()],
    messages: [...workspace.channels.keys()].flatMap((channel) => workspace.messagesIn(channel)),
    ephemerals: workspace.ephemerals.filter((each) => !each.deleted),
    homes: workspace.views.filter((each) => each.type === 'home' && each.state === 'open'),
    files: workspace.files.all.flatMap(keptFile),
    lastId: workspace.lastId,
    lastTs: workspace.lastTs,
  });
}

function keptFile(file: StoredFile): KeptFile[] {
  const { data, state, ...rest } = file;
  if (state === 'awaited' || state === 'uploaded') return [];
  return [
    { ...rest, state, ...(data === undefined ? {} : { base64: Buffer.from(data).toString('base64') }) },
  ];
}

/** Puts what was kept into a fresh workspace. Throws, in a sentence, for another version. */
export function restore(workspace: Workspace, kept: KeptSlack): void {
  if (kept.version !== 1) throw new Error(`Slack's kept state is of version ${String(kept.version)}, not 1`);
  const { channels, users, messages, ephemerals, homes, files, lastId, lastTs } = structuredClone(kept);
  for (const channel of channels) workspace.addChannel(channel);
  // The bot's own user is as the app is registered now.
  for (const user of users) if (user.id !== workspace.app.botUser) workspace.addUser(user);
  for (const message of messages) workspace.put(message);
  workspace.ephemerals.push(...ephemerals);
  workspace.views.push(...homes);
  for (const { base64, ...file } of files) {
    workspace.files.restore({
      ...file,
      ...(base64 === undefined ? {} : { data: new Uint8Array(Buffer.from(base64, 'base64')) }),
    });
  }
  workspace.goOnAfter(lastId, lastTs);
}
