import { isReply, type Message } from '../message.js';
import type { Workspace } from '../workspace.js';
import { shownText } from './shown-text.js';

const LINE = 300;

function short(text: string): string {
  const flat = text.replace(/\s+/g, ' ');
  return flat.length > LINE ? `${flat.slice(0, LINE)}…` : flat;
}

function said(message: Message): string {
  const files = (message.files ?? []).map(({ name }) => ` [${name}]`).join('');
  return `${message.ts} ${message.user}: ${short(shownText(message))}${files}`;
}

/** The whole workspace in words, for a test that waited in vain. */
export function picture(workspace: Workspace): string {
  const lines: string[] = [];
  for (const channel of workspace.channels.values()) {
    lines.push(`#${channel.name} (${channel.id})`);
    for (const message of workspace.messagesIn(channel.id)) {
      if (isReply(message)) continue;
      lines.push(`  ${said(message)}`);
      for (const reply of workspace.repliesTo(channel.id, message.ts)) {
        lines.push(`    ${said(reply)}`);
      }
    }
  }
  lines.push('ephemeral:');
  for (const each of workspace.ephemerals) {
    lines.push(
      `  to ${each.user} in ${each.channel}${each.deleted ? ' (deleted)' : ''}: ${short(shownText(each))}`,
    );
  }
  lines.push('open views:');
  for (const each of workspace.views.filter((view) => view.state === 'open')) {
    lines.push(`  ${each.type} of ${each.user}: ${short(shownText(each.view))}`);
  }
  lines.push('last calls:');
  for (const call of workspace.calls.slice(-15)) {
    const { ok, error } = call.result ?? {};
    lines.push(
      `  ${call.method}: ${ok === true ? 'ok' : String(error ?? 'no result')}, answer ${call.answer}`,
    );
  }
  return lines.join('\n');
}
