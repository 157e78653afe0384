import { useBotWords } from './bot-words.js';

export function BotBadge() {
  const { tone, words, short } = useBotWords();
  return (
    <span className="shl-bot" data-tone={tone} title={words}>
      <span aria-hidden="true" className="shl-dot" />
      <span className="shl-long">{words}</span>
      <span aria-hidden="true" className="shl-short">
        {short}
      </span>
    </span>
  );
}
