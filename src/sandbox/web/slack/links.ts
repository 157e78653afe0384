/** Where a link leads: to the sandbox's own AWS and Slack where it can, so that nobody ends up at the real ones. */
import type { Picture } from '../live.js';
import { partsOf } from '../live.js';
import { openCase, openThread, pane } from '../selection.js';
import { place } from './place.js';

/** The case id in an address of the AWS console, by case id or display id. Undefined: no such address. */
function caseOf(url: URL, picture: Picture): string | null | undefined {
  if (!/(^|\.)console\.aws\.amazon\.com$/.test(url.hostname) || !url.href.includes('/support/'))
    return undefined;
  const asked = new URLSearchParams(`${url.search.slice(1)}&${url.hash.replace(/^[^?]*\?/, '')}`);
  const displayId = asked.get('displayId');
  const caseId = asked.get('caseId');
  const found = partsOf(picture, 'case').find(
    (each) => each !== undefined && (each.caseId === caseId || each.displayId === displayId),
  );
  return found?.caseId ?? null;
}

function messageOf(url: URL): { channel: string; ts: string } | undefined {
  if (!url.hostname.endsWith('.slack.com')) return undefined;
  const [, channel, seconds, rest] = /^\/archives\/(\w+)\/p(\d+)(\d{6})$/.exec(url.pathname) ?? [];
  if (channel === undefined) return undefined;
  return { channel, ts: url.searchParams.get('thread_ts') ?? `${seconds}.${rest}` };
}

/** True when the link was followed here; otherwise the browser follows it. */
export function followHere(address: string, picture: Picture): boolean {
  const url = URL.parse(address);
  if (url === null) return false;
  const caseId = caseOf(url, picture);
  if (caseId !== undefined) {
    if (caseId !== null) openCase.set(caseId);
    pane.set('aws');
    return true;
  }
  const message = messageOf(url);
  if (message !== undefined && picture.parts[`message:${message.channel}:${message.ts}`] !== undefined) {
    place.set({ channel: message.channel });
    openThread.set(message);
    pane.set('slack');
    return true;
  }
  return false;
}
