import type { WebClient } from '@slack/web-api';
import { countedCall } from './counted-call.js';
import type { Views } from './views.js';

export interface WebViewsDeps {
  /** Must not retry by itself: see webClientOptions. */
  readonly client: WebClient;
  readonly count: (method: string, result: string) => void;
}

/** Views over the SDK. Not paced: each answers a person who waits, and none may wait longer than its trigger lasts. */
export function webViews({ client, count }: WebViewsDeps): Views {
  const call = countedCall(count);
  return {
    async open(trigger, view) {
      const answer = await call('views.open', () => client.views.open({ trigger_id: trigger, view }));
      return answer.view?.id ?? '';
    },
    async push(trigger, view) {
      const answer = await call('views.push', () => client.views.push({ trigger_id: trigger, view }));
      return answer.view?.id ?? '';
    },
    async update(viewId, view, hash) {
      const unchanged = hash === undefined ? {} : { hash };
      await call('views.update', () => client.views.update({ view_id: viewId, view, ...unchanged }));
    },
    async publish(user, view) {
      await call('views.publish', () => client.views.publish({ user_id: user, view }));
    },
  };
}
