import type { Aws } from '../aws/start-aws.js';
import type { Slack } from '../slack/start-slack.js';
import type { PageOptions } from './page-server.js';

/** The files of cases and of messages, at the addresses that protocol.ts names. */
export function files(slack: Slack, aws: Aws): PageOptions['file'] {
  return (path) => {
    const [, kind, ...ids] = path.split('/').map(decoded);
    const id = ids.at(-1) ?? '';
    if (kind === 'attachment') {
      const file = aws.attachment(id);
      return file === undefined ? null : { name: file.fileName, data: file.data };
    }
    return kind === 'slack-file' ? (slack.file(id) ?? null) : null;
  };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return '';
  }
}
