import { usePart, usePicture } from '../../live.js';

/** What is wrong between this page, Slack and the bot, where somebody wonders why nothing happens. */
export function Connection() {
  const { connected } = usePicture();
  const down = usePart('trouble')?.['slack-down'] === true;
  const bot = usePart('bot');
  const problem = !connected
    ? 'The sandbox does not answer. Trying to reconnect…'
    : down
      ? 'We’re having trouble connecting to Slack. What you have typed stays here; trying to reconnect…'
      : null;
  const hint =
    bot === undefined || bot.state === 'running'
      ? null
      : bot.state === 'ended'
        ? `Casethread has ended. ${bot.problem ?? ''}`
        : bot.state === 'starting'
          ? 'Casethread is starting.'
          : 'Casethread is restarting; it catches up.';
  return (
    <div className="slk-connection" role="status">
      {problem === null ? null : <div className="slk-connection-lost">{problem}</div>}
      {problem !== null || hint === null ? null : <div className="slk-bot-hint">{hint}</div>}
    </div>
  );
}
