import type { Counters } from '../../page/protocol.js';
import { usePart } from '../live.js';

const COUNTED: readonly { name: keyof Counters; label: string; title: string }[] = [
  { name: 'events', label: 'events by AWS', title: 'Events of cases, and CloudTrail’s of who did it' },
  { name: 'lost', label: 'lost on purpose', title: 'Events that never left AWS, because somebody wanted it' },
  {
    name: 'sent',
    label: 'sent to the bot',
    title: 'Requests to the bot, repetitions and retries among them',
  },
  { name: 'delivered', label: 'taken by the bot', title: 'Requests that the bot has accepted' },
  { name: 'retried', label: 'sent again', title: 'Requests made again because the one before failed' },
];

/** What EventBridge has had to do since the sandbox was started. */
export function Counts() {
  const counters = usePart('counters');
  return (
    <dl className="trb-counts">
      {COUNTED.map(({ name, label, title }) => (
        <div className="trb-count" data-name={name} key={name} title={title}>
          <dt>{label}</dt>
          <dd>{counters?.[name] ?? 0}</dd>
        </div>
      ))}
    </dl>
  );
}
