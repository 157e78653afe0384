import { useRef, useState } from 'react';
import type { CaseState } from '../../aws/case-state.js';
import type { About } from '../../page/protocol.js';
import { usePicture } from '../live.js';
import { perform } from '../perform.js';
import { isOpen } from './activity.js';
import { CaseDetails } from './case-details.js';
import { Correspondence } from './correspondence.js';
import { Crumbs } from './crumbs.js';
import { customerOf } from './customer.js';
import { findThread, showThread } from './find-thread.js';
import { Flash } from './flash.js';
import { changeReplyDraft } from './reply-draft.js';
import { ReplyForm } from './reply-form.js';
import './field.css';
import './case-page.css';

interface Props {
  case: CaseState;
  about: About;
  fresh: ReadonlySet<string>;
}

export function CasePage({ case: of, about, fresh }: Props) {
  const { caseId, displayId, subject } = of;
  const picture = usePicture();
  const [problem, setProblem] = useState<string | null>(null);
  const text = useRef<HTMLTextAreaElement>(null);
  const thread = findThread(picture, displayId);

  async function resolve(): Promise<void> {
    const answer = await perform('resolve-case', { caseId, as: customerOf(about).name });
    setProblem(answer.ok ? null : answer.error);
  }

  function reopen(): void {
    // There is no other way to reopen a case than to reply to it.
    changeReplyDraft(caseId, { from: 'customer' });
    text.current?.focus();
  }

  return (
    <div className="aws-scroll">
      <div className="aws-case-head">
        <Crumbs here={`Case ${displayId}`} />
        <div className="aws-case-acts">
          <button
            className="aws-button aws-small"
            disabled={thread === undefined}
            onClick={() => thread !== undefined && showThread(thread)}
            title={thread === undefined ? 'It has no thread yet' : undefined}
            type="button"
          >
            Show thread in Slack
          </button>
          {isOpen(of) ? (
            <button className="aws-button aws-small" onClick={() => void resolve()} type="button">
              Resolve case
            </button>
          ) : (
            <button className="aws-button aws-small" onClick={reopen} type="button">
              Reopen case
            </button>
          )}
        </div>
      </div>
      <h3 className="aws-title">{subject}</h3>
      <Flash onClose={() => setProblem(null)} problem={problem} />
      <CaseDetails about={about} case={of} onProblem={setProblem} />
      <ReplyForm about={about} case={of} text={text} />
      <Correspondence case={of} fresh={fresh} />
    </div>
  );
}
