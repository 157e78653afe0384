/**
 * What a message says to the bot: all that stands behind the bot's name, which the message begins with (`<@U…> reply …`,
 * `<@U…|casethread>: reply …`), as Slack escaped it. Null when it begins otherwise: then people talk about the bot, and
 * nothing of it is meant as a command.
 */
export function readMention(text: string, botUser: string): string | null {
  const match = /^\s*<@([A-Z0-9]+)(?:\|[^>]*)?>\s*[:,]?\s*/.exec(text);
  return match?.[1] === botUser ? text.slice(match[0].length) : null;
}
