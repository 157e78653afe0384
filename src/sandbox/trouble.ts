/** The switches that make trouble between AWS, EventBridge, the bot and Slack. */
import type { EventBridge } from './aws/event-bridge.js';
import type { Fault, FaultCall } from './aws/faults.js';
import type { Aws } from './aws/start-aws.js';
import type { About, Trouble as Switches, SwitchName } from './page/protocol.js';
import type { Slack } from './slack/start-slack.js';

/** What Slack's documentation promises per channel, and some: what the workspace does when nothing is switched on. */
export const USUAL_PACE = { perSecond: 1, burst: 4 };
const SLOW_PACE = { perSecond: 0.25, burst: 1 };
const REPEAT = 3;
const SHUFFLE_WINDOW_MS = 3_000;

interface TroubleDeps {
  readonly slack: Slack;
  readonly aws: Aws;
  readonly bridge: EventBridge;
}

export class Trouble {
  readonly #deps: TroubleDeps;
  #throttling: Fault | null = null;
  #on = new Set<SwitchName>();

  constructor(deps: TroubleDeps) {
    this.#deps = deps;
  }

  get switches(): Switches {
    const is = (name: SwitchName) => this.#on.has(name);
    return {
      // It goes off by itself when an event is lost.
      'lose-next-event': this.#deps.bridge.toLose > 0,
      'deliver-three-times': is('deliver-three-times'),
      'deliver-out-of-order': is('deliver-out-of-order'),
      'slack-rate-limits': is('slack-rate-limits'),
      'slack-down': is('slack-down'),
      'aws-throttles': is('aws-throttles'),
    };
  }

  set(name: SwitchName, on: boolean): void {
    if (on) this.#on.add(name);
    else this.#on.delete(name);
    const { slack, aws, bridge } = this.#deps;
    switch (name) {
      case 'lose-next-event':
        bridge.loseNext((on ? 1 : 0) - bridge.toLose);
        break;
      case 'deliver-three-times':
        bridge.repeat = on ? REPEAT : 1;
        break;
      case 'deliver-out-of-order':
        bridge.shuffle(on, SHUFFLE_WINDOW_MS);
        break;
      case 'slack-rate-limits':
        slack.setPace(on ? SLOW_PACE : USUAL_PACE);
        break;
      case 'slack-down':
        if (on) slack.down();
        else slack.up();
        break;
      case 'aws-throttles': {
        this.#throttling?.cancel();
        this.#throttling = on
          ? aws.fault('*', { kind: 'throttle', times: Number.POSITIVE_INFINITY, when: everyOther() })
          : null;
        break;
      }
    }
  }
}

/**
 * Looks and changes are counted apart. Counted together, whatever looks and then writes could meet a refusal at each of
 * its tries, as calls of others come in between, and wait for minutes.
 */
function everyOther(): (call: FaultCall) => boolean {
  let looks = 0;
  let changes = 0;
  return ({ operation }) => (operation.startsWith('Describe') ? looks++ % 4 === 0 : changes++ % 2 === 0);
}

/** In the order in which the page shows them. */
export const SWITCHES: About['switches'] = [
  {
    name: 'lose-next-event',
    label: 'Lose the next event',
    explanation:
      'AWS sends events on a best effort. The next one never arrives; the regular look at AWS finds it.',
  },
  {
    name: 'deliver-three-times',
    label: 'Deliver everything three times',
    explanation:
      'EventBridge promises “at least once”. Every event comes three times; nothing is shown twice.',
  },
  {
    name: 'deliver-out-of-order',
    label: 'Deliver out of order',
    explanation: 'Events are held for 3 seconds and come shuffled. Threads still read from first to last.',
  },
  {
    name: 'slack-rate-limits',
    label: 'Slack is rate-limiting',
    explanation:
      'Slack takes one message in 4 seconds and refuses the others (429). They come later, none is missing.',
  },
  {
    name: 'slack-down',
    label: 'Slack is down',
    explanation: 'Slack drops every connection. What happens meanwhile is posted when it is back.',
  },
  {
    name: 'aws-throttles',
    label: 'AWS is throttling',
    explanation:
      'AWS Support refuses every second change and every fourth look. Everything takes longer, and still arrives once.',
  },
];
