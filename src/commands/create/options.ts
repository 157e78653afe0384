import { createHash } from 'node:crypto';
import type { PlainTextOption } from '@slack/types';
import { clip } from '../../slack/clip.js';
import { clippedName } from '../../slack/clipped-name.js';
import { SLACK_LIMITS } from '../../slack/limits.js';

/** AWS's codes may be longer than what Slack keeps with an option: then a short name stands for it. */
export function idOf(code: string): string {
  return code.length <= SLACK_LIMITS.option
    ? code
    : `#${createHash('sha256').update(code).digest('base64url')}`;
}

/** @param description is shown below the name. */
export function option(name: string, code: string, description: string | null = null): PlainTextOption {
  return {
    text: { type: 'plain_text', text: clippedName(name || code, SLACK_LIMITS.option), emoji: false },
    value: idOf(code),
    ...(description === null
      ? {}
      : { description: { type: 'plain_text', text: clip(description, SLACK_LIMITS.option) } }),
  };
}

/** What stands for a code in a form. */
export function coded<T extends { readonly code: string }>(
  all: readonly T[],
  id: string | null,
): T | undefined {
  return all.find(({ code }) => idOf(code) === id);
}
