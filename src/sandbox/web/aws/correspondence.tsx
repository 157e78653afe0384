import { useState } from 'react';
import type { AttachmentRef, CaseState, CommunicationState } from '../../aws/case-state.js';
import { fileSize } from '../file-given.js';
import { AWS, speaker } from './speaker.js';
import { Moment } from './time.js';
import './correspondence.css';

interface Props {
  case: CaseState;
  fresh: ReadonlySet<string>;
}

export function Correspondence({ case: { caseId, communications }, fresh }: Props) {
  const [newestFirst, setNewestFirst] = useState(true);
  const shown = newestFirst ? [...communications].reverse() : communications;
  return (
    <section aria-label="Correspondence" className="aws-box">
      <div className="aws-box-head">
        <h4 className="aws-heading">
          Correspondence <span className="aws-number">({communications.length})</span>
        </h4>
        <button
          className="aws-button aws-small"
          onClick={() => setNewestFirst(!newestFirst)}
          title="Turn the order around"
          type="button"
        >
          {newestFirst ? 'Newest first' : 'Oldest first'} <span aria-hidden="true">⇅</span>
        </button>
      </div>
      <ol className="aws-said-list">
        {shown.map((each) => (
          <Said
            caseId={caseId}
            communication={each}
            fresh={fresh.has(each.communicationId)}
            key={each.communicationId}
          />
        ))}
      </ol>
    </section>
  );
}

interface SaidProps {
  caseId: string;
  communication: CommunicationState;
  fresh: boolean;
}

function Said({ caseId, communication, fresh }: SaidProps) {
  const { from, body, submittedBy, timeCreated, attachments } = communication;
  const { name, address } = speaker(submittedBy);
  return (
    <li className={fresh ? 'aws-said aws-fresh' : 'aws-said'} data-from={from}>
      <div className="aws-said-head">
        <span aria-hidden="true" className="aws-said-sign">
          {from === 'aws' ? 'AWS' : name.charAt(0).toUpperCase()}
        </span>
        <span className="aws-said-who">
          <strong>{from === 'aws' ? AWS : name}</strong>
          {from === 'aws' || address === '' ? null : <span className="aws-said-address">{address}</span>}
        </span>
        <span className="aws-said-time">
          <Moment at={timeCreated} />
        </span>
      </div>
      <div className="aws-said-body">{body}</div>
      {attachments.length === 0 ? null : <Attachments attachments={attachments} caseId={caseId} />}
    </li>
  );
}

function Attachments({ caseId, attachments }: { caseId: string; attachments: readonly AttachmentRef[] }) {
  return (
    <ul aria-label="Attachments" className="aws-files">
      {attachments.map(({ attachmentId, fileName, size }) => (
        <li className="aws-file" key={attachmentId}>
          <a
            className="aws-file-name"
            href={`attachment/${encodeURIComponent(caseId)}/${encodeURIComponent(attachmentId)}`}
            rel="noreferrer"
            target="_blank"
          >
            {fileName}
          </a>
          <span className="aws-hint">{fileSize(size)}</span>
        </li>
      ))}
    </ul>
  );
}
