import { type ReactNode, useId } from 'react';
import type { CaseState } from '../../aws/case-state.js';
import type { About } from '../../page/protocol.js';
import { perform } from '../perform.js';
import { categoryName, serviceName, severityWords } from './console-words.js';
import { StatusMark } from './status-mark.js';
import { Moment } from './time.js';

interface Props {
  case: CaseState;
  about: About;
  onProblem: (sentence: string | null) => void;
}

export function CaseDetails({ case: of, about, onProblem }: Props) {
  const { caseId, severityCode, serviceCode, categoryCode, ccEmailAddresses: cc } = of;
  const severityId = useId();
  const codes = about.severities.map(({ code }) => code);

  async function changeSeverity(severity: string): Promise<void> {
    const answer = await perform('set-severity', { caseId, severity });
    onProblem(answer.ok ? null : answer.error);
  }

  return (
    <section aria-label="Case details" className="aws-box">
      <dl className="aws-details">
        <Detail label="Status">
          <StatusMark status={of.status} />
        </Detail>
        <Detail label={<label htmlFor={severityId}>Severity</label>}>
          <select
            className="aws-input aws-select aws-select-small"
            id={severityId}
            onChange={(event) => void changeSeverity(event.currentTarget.value)}
            title="AWS tells nobody when it changes: Casethread sees it when it looks by itself"
            value={severityCode}
          >
            {(codes.includes(severityCode) ? codes : [severityCode, ...codes]).map((code) => (
              <option key={code} value={code}>
                {severityWords(code, about)}
              </option>
            ))}
          </select>
        </Detail>
        <Detail label="Service">
          {serviceName(serviceCode, about)} / {categoryName(serviceCode, categoryCode, about)}
        </Detail>
        <Detail label="Opened">
          <Moment at={of.timeCreated} /> <span className="aws-detail-by">{of.submittedBy}</span>
        </Detail>
        {cc.length === 0 ? null : <Detail label="Copies to">{cc.join(', ')}</Detail>}
      </dl>
    </section>
  );
}

function Detail({ label, children }: { label: ReactNode; children: ReactNode }) {
  return (
    <div className="aws-detail">
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}
