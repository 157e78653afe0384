import { usePicture } from '../live.js';
import { useNow } from './use-now.js';

export interface BotWords {
  tone: 'good' | 'wait' | 'bad';
  /** `Casethread is running` */
  words: string;
  /** `running`, where there is no room for more. */
  short: string;
}

/** How the bot does, with the seconds until it is back. */
export function useBotWords(): BotWords {
  const { parts, connected } = usePicture();
  const { bot } = parts;
  const now = useNow(bot?.state === 'restarting' ? 250 : null);
  if (bot !== undefined && !connected) {
    return { tone: 'bad', words: 'The sandbox has stopped', short: 'stopped' };
  }
  switch (bot?.state) {
    case 'running':
      return { tone: 'good', words: 'Casethread is running', short: 'running' };
    case 'restarting': {
      const seconds = Math.ceil(((bot.restartsAt ?? now) - now) / 1_000);
      return seconds > 0
        ? { tone: 'wait', words: `Casethread is restarting in ${seconds} s`, short: `back in ${seconds} s` }
        : { tone: 'wait', words: 'Casethread is restarting…', short: 'starts…' };
    }
    case 'ended':
      return { tone: 'bad', words: 'Casethread has ended', short: 'ended' };
    default:
      return { tone: 'wait', words: 'Casethread starts…', short: 'starts…' };
  }
}
