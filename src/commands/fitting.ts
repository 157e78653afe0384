import { fitsOneMessage } from '../slack/blocks-size.js';
import type { Message } from '../slack/message.js';

/** Of each text that may be long, so many characters are shown at most. */
const ROOMS = [1_000, 500, 250, 120, 60];
const LEAST = 30;

/**
 * A message that Slack takes whatever stands in it, with as much as possible of what may be long.
 *
 * @param make with so many characters of each text.
 */
export function fitting(make: (room: number) => Message): Message {
  for (const room of ROOMS) {
    const made = make(room);
    if (fitsOneMessage(made.blocks)) return made;
  }
  return make(LEAST);
}
