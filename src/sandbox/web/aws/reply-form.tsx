/** The two ways to write on a case: as the engineer at AWS, or as the customer in the console. */
import { type RefObject, useEffect, useId, useState } from 'react';
import type { CaseState, From } from '../../aws/case-state.js';
import type { About } from '../../page/protocol.js';
import { givenFiles } from '../file-given.js';
import { perform } from '../perform.js';
import { isOpen } from './activity.js';
import { Attach } from './attach.js';
import { useCustomer } from './customer.js';
import { Flash } from './flash.js';
import { Count, LONGEST, LongText } from './long-text.js';
import { changeReplyDraft, clearReplyDraft, replyAsked, useReplyDraft } from './reply-draft.js';
import { suggestionsFor } from './suggestions.js';
import './reply-form.css';

const WHO: readonly { from: From; label: string }[] = [
  { from: 'aws', label: 'Reply as AWS engineer' },
  { from: 'customer', label: 'Reply as customer in the console' },
];

function consequence(from: From, open: boolean): string {
  if (from === 'aws') return open ? '' : 'A reply by AWS leaves the case resolved.';
  return open ? '' : 'A reply by the customer reopens the case.';
}

interface Props {
  about: About;
  case: CaseState;
  text: RefObject<HTMLTextAreaElement | null>;
}

export function ReplyForm({ about, case: of, text: textRef }: Props) {
  const { caseId } = of;
  const customer = useCustomer(about);
  const { from, text, files } = useReplyDraft(caseId);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const count = useId();
  const asked = replyAsked.use() === caseId;
  const ready = text.trim() !== '' && text.length <= LONGEST && !busy;
  const note = consequence(from, isOpen(of));

  useEffect(() => {
    if (!asked) return;
    textRef.current?.focus();
    replyAsked.set(null);
  }, [asked, textRef]);

  async function send(): Promise<void> {
    if (!ready) return;
    setBusy(true);
    setProblem(null);
    try {
      const attached = files.length === 0 ? {} : { files: await givenFiles(files) };
      const as = from === 'customer' ? { as: customer.name } : {};
      const answer = await perform('reply-to-case', { caseId, from, ...as, body: text, ...attached });
      if (answer.ok) clearReplyDraft(caseId);
      else setProblem(answer.error);
    } catch (error) {
      setProblem(`${error instanceof Error ? error.message : 'A file cannot be read'}. Choose it again.`);
    } finally {
      setBusy(false);
    }
  }

  return (
    <form
      aria-label="Reply to this case"
      className="aws-box aws-reply"
      data-from={from}
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <fieldset className="aws-who">
        <legend className="unseen">Whom you play</legend>
        {WHO.map((each) => (
          <label className="aws-who-choice" data-from={each.from} key={each.from}>
            <input
              checked={from === each.from}
              className="aws-radio"
              name="aws-reply-from"
              onChange={() => changeReplyDraft(caseId, { from: each.from })}
              type="radio"
            />
            {each.label}
          </label>
        ))}
      </fieldset>
      <div className="aws-reply-body">
        <Flash onClose={() => setProblem(null)} problem={problem} />
        {note === '' ? null : <p className="aws-note">{note}</p>}
        <div className="aws-suggestions">
          <span className="aws-hint">Fill in:</span>
          {suggestionsFor(from).map(({ label, text: suggested }) => (
            <button
              className="aws-chip"
              key={label}
              onClick={() => {
                changeReplyDraft(caseId, { text: suggested });
                textRef.current?.focus();
              }}
              type="button"
            >
              {label}
            </button>
          ))}
        </div>
        <LongText
          countId={count}
          hideLabel
          label="Reply"
          onChange={(changed) => changeReplyDraft(caseId, { text: changed })}
          onSend={() => void send()}
          placeholder={
            from === 'aws'
              ? 'Write as the engineer at AWS'
              : `Write as ${customer.name} (${customer.role}), in the AWS console`
          }
          rows={3}
          textRef={textRef}
          value={text}
        />
        <div className="aws-reply-foot">
          <Attach files={files} onChange={(changed) => changeReplyDraft(caseId, { files: changed })} />
          <Count id={count} text={text} />
          <button className="aws-button aws-primary" disabled={!ready} type="submit">
            Send reply
          </button>
        </div>
      </div>
    </form>
  );
}
