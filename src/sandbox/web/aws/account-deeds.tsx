import { useState } from 'react';
import type { About } from '../../page/protocol.js';
import { usePart } from '../live.js';
import { perform } from '../perform.js';
import { pane } from '../selection.js';
import { goTo } from '../slack/place.js';
import { customerOf } from './customer.js';
import { Flash } from './flash.js';
import './account-deeds.css';

/** What can be done in the account beside cases: no thread shows it, the audit channel does. */
export function AccountDeeds({ about }: { about: About }) {
  const channel = usePart(`channel:${about.auditChannel}`);
  const [problem, setProblem] = useState<string | null>(null);
  const [done, setDone] = useState('');

  async function act({ name, label }: About['accountDeeds'][number]): Promise<void> {
    setDone('');
    const answer = await perform('account-deed', { name, as: customerOf(about).name });
    setProblem(answer.ok ? null : answer.error);
    if (answer.ok) setDone(label);
  }

  function show(): void {
    goTo({ channel: about.auditChannel });
    pane.set('slack');
  }

  if (channel === undefined) return null;
  return (
    <section aria-label="Elsewhere in the account" className="aws-box">
      <div className="aws-box-head">
        <h3 className="aws-heading">Elsewhere in the account</h3>
        <button className="aws-link aws-deeds-channel" onClick={show} type="button">
          Show #{channel.name}
        </button>
      </div>
      <div className="aws-deeds">
        <Flash onClose={() => setProblem(null)} problem={problem} />
        <ul className="aws-deeds-list">
          {about.accountDeeds.map((each) => (
            <li key={each.name}>
              <button className="aws-button aws-small" onClick={() => void act(each)} type="button">
                {each.label}
              </button>
            </li>
          ))}
        </ul>
        <p className="aws-hint" role="status">
          {done === ''
            ? `No case’s thread shows these. What CloudTrail tells of them goes to #${channel.name}.`
            : `Done. CloudTrail tells of it in a few seconds, in #${channel.name}.`}
        </p>
      </div>
    </section>
  );
}
