import type { WebClient } from '@slack/web-api';
import type { Pacer } from '../pace/pacer.js';
import { countedCall } from './counted-call.js';
import { pauseWhenLimited, takeTurn } from './take-turn.js';
import type { Unfurls } from './unfurls.js';

const METHOD = 'chat.unfurl';

export interface WebUnfurlsDeps {
  /** Must not retry by itself: see webClientOptions. */
  readonly client: WebClient;
  /** A lane for each method: chat.unfurl is of the same tier as chat.update. */
  readonly updates: Pacer;
  readonly count: (method: string, result: string) => void;
}

/** Unfurls over the SDK: paced, each call once, errors mapped. */
export function webUnfurls({ client, updates, count }: WebUnfurlsDeps): Unfurls {
  const call = countedCall(count);
  return {
    async show(target, cards) {
      const unfurls = Object.fromEntries([...cards].map(([url, blocks]) => [url, { blocks: [...blocks] }]));
      await takeTurn(updates, METHOD, 0);
      await call(METHOD, () =>
        client.chat.unfurl(
          'ts' in target
            ? { channel: target.channel, ts: target.ts, unfurls }
            : { unfurl_id: target.unfurlId, source: target.source, unfurls },
        ),
      ).catch((error: unknown) => pauseWhenLimited(updates, METHOD, error));
    },
  };
}
