import type { Message } from '../../slack/message.js';
import type { Picture } from '../live.js';
import { partsOf } from '../live.js';
import { openThread, pane } from '../selection.js';
import { place } from '../slack/place.js';

/** The message that a case's thread hangs on: the bot's, with a link to the case, or at least with its number. */
export function findThread(picture: Picture, displayId: string): Message | undefined {
  const channel = picture.parts.about?.channel;
  const cards = partsOf(picture, 'message').filter(
    (message): message is Message =>
      message !== undefined &&
      // Elsewhere the bot speaks of cases, too.
      message.channel === channel &&
      message.botId !== undefined &&
      !message.deleted &&
      (message.threadTs === undefined || message.threadTs === message.ts),
  );
  const text = (message: Message) => JSON.stringify([message.text, message.blocks]);
  return (
    cards.find((message) => text(message).includes(`displayId=${displayId}`)) ??
    cards.find((message) => text(message).includes(displayId))
  );
}

export function showThread({ channel, ts }: Message): void {
  place.set({ channel });
  openThread.set({ channel, ts });
  pane.set('slack');
}
