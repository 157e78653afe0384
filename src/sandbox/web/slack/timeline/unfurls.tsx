import type { Unfurl } from '../../../slack/message.js';
import { Blocks } from '../blocks/blocks.js';

/** What apps show of links in a message, below it. */
export function Unfurls({ unfurls }: { unfurls: Unfurl[] }) {
  return unfurls.map(({ url, blocks }) => (
    <div className="slk-unfurl" key={url}>
      <Blocks blocks={blocks} />
    </div>
  ));
}
