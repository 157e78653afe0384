import { useState } from 'react';
import { usePicture } from '../live.js';
import { perform } from '../perform.js';
import { useBotWords } from '../shell/bot-words.js';

/** Ends the bot as a power cut would; it says when the bot is back. */
export function KillButton({ onProblem }: { onProblem: (sentence: string | null) => void }) {
  const { parts, connected } = usePicture();
  const { bot } = parts;
  const { short } = useBotWords();
  const [busy, setBusy] = useState(false);
  const alive = connected && bot?.state === 'running';

  async function kill(): Promise<void> {
    setBusy(true);
    const answer = await perform('kill-bot', {});
    setBusy(false);
    onProblem(answer.ok ? null : answer.error);
  }

  return (
    <span className="trb-kill">
      <button className="trb-button trb-danger" disabled={!alive || busy} onClick={kill} type="button">
        Kill the bot
      </button>
      {alive || bot === undefined ? null : <span className="trb-back">{short}</span>}
    </span>
  );
}
