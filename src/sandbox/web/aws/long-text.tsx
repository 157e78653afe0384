import { useId } from 'react';
import { FieldProblem } from './field-problem.js';

export const LONGEST = 8_000;

interface Props {
  label: string;
  value: string;
  onChange: (text: string) => void;
  rows: number;
  placeholder?: string;
  textRef?: React.Ref<HTMLTextAreaElement>;
  onSend?: () => void;
  hideLabel?: boolean;
  /** The id of the Count of its characters. */
  countId: string;
  /** What is wrong with it, said right below. */
  problem?: string | undefined;
}

/** A text of up to 8,000 characters. */
export function LongText({
  label,
  value,
  onChange,
  rows,
  placeholder,
  textRef,
  onSend,
  hideLabel,
  countId,
  problem,
}: Props) {
  const id = useId();
  const problemId = useId();
  return (
    <div className="aws-field">
      <label className={hideLabel === true ? 'unseen' : 'aws-label'} htmlFor={id}>
        {label}
      </label>
      <textarea
        aria-describedby={problem === undefined ? countId : `${problemId} ${countId}`}
        aria-invalid={problem !== undefined || value.length > LONGEST}
        className="aws-input aws-textarea"
        id={id}
        onChange={(event) => onChange(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
          event.preventDefault();
          onSend?.();
        }}
        placeholder={placeholder}
        ref={textRef}
        rows={rows}
        value={value}
      />
      <FieldProblem id={problemId} problem={problem} />
    </div>
  );
}

export function Count({ id, text }: { id: string; text: string }) {
  const over = text.length - LONGEST;
  const most = LONGEST.toLocaleString('en');
  return (
    <p className={over > 0 ? 'aws-hint aws-over' : 'aws-hint'} id={id}>
      {over > 0
        ? `${over.toLocaleString('en')} too many: AWS takes ${most} characters`
        : `${text.length.toLocaleString('en')} of ${most} characters`}
    </p>
  );
}
