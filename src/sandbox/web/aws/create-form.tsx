import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import type { About } from '../../page/protocol.js';
import { givenFiles } from '../file-given.js';
import { perform } from '../perform.js';
import { Attach } from './attach.js';
import { formAsked, showCase, showList } from './aws-view.js';
import { firstResponse, severityWords } from './console-words.js';
import { Crumbs } from './crumbs.js';
import { customerOf } from './customer.js';
import { exampleCase } from './example-cases.js';
import { FieldProblem } from './field-problem.js';
import { Flash } from './flash.js';
import { Count, LONGEST, LongText } from './long-text.js';
import './field.css';
import './create-form.css';

/** Of a subject. AWS documents no number; its console stops here. */
const LONGEST_SUBJECT = 250;

export function CreateForm({ about }: { about: About }) {
  const [service, setService] = useState(about.services[0]?.code ?? '');
  const categories = about.services.find(({ code }) => code === service)?.categories ?? [];
  const [chosenCategory, setCategory] = useState('');
  // Another service has other categories.
  const category = (categories.find(({ code }) => code === chosenCategory) ?? categories[0])?.code ?? '';
  const [severity, setSeverity] = useState(about.severities[0]?.code ?? '');
  const [subject, setSubject] = useState('');
  const [body, setBody] = useState('');
  const [files, setFiles] = useState<readonly File[]>([]);
  const [problem, setProblem] = useState<string | null>(null);
  const [wrong, setWrong] = useState<Wrong | null>(null);
  const [example, setExample] = useState(0);
  const [busy, setBusy] = useState(false);
  const count = useId();
  const subjectProblem = useId();
  const within = firstResponse(severity);
  const subjectRef = useRef<HTMLInputElement>(null);
  const bodyRef = useRef<HTMLTextAreaElement>(null);
  const asked = formAsked.use();

  useEffect(() => {
    if (!asked) return;
    subjectRef.current?.focus();
    formAsked.set(false);
  }, [asked]);

  // Each time somebody tries, also when it is wrong for the same reason as before.
  useEffect(() => {
    if (wrong === null) return;
    const field = wrong.field === 'subject' ? subjectRef.current : bodyRef.current;
    field?.focus();
    field?.closest('.aws-field')?.scrollIntoView({ block: 'nearest' });
  }, [wrong]);

  function fillIn(): void {
    const given = exampleCase(example, about);
    setExample(example + 1);
    setSubject(given.subject ?? '');
    setBody(given.body ?? '');
    setService(given.service ?? service);
    setCategory('');
    setSeverity(given.severity ?? severity);
    setWrong(null);
    subjectRef.current?.focus();
  }

  async function create(): Promise<void> {
    if (busy) return;
    const found = whatIsWrong(subject, body);
    setWrong(found);
    setProblem(null);
    if (found !== null) return;
    setBusy(true);
    try {
      const attached = files.length === 0 ? {} : { files: await givenFiles(files) };
      const opening = { as: customerOf(about).name, subject, body, severity, service, category };
      const answer = await perform('open-case', { ...opening, ...attached });
      if (!answer.ok) setProblem(answer.error);
      else if (answer.caseId === undefined) showList();
      else showCase(answer.caseId);
    } catch (error) {
      setProblem(`${error instanceof Error ? error.message : 'A file cannot be read'}. Choose it again.`);
    } finally {
      setBusy(false);
    }
  }

  return (
    <div className="aws-scroll">
      <Crumbs here="Create case" />
      <div className="aws-create-head">
        <h3 className="aws-title">Create case</h3>
        <button className="aws-button aws-small" onClick={fillIn} type="button">
          Fill in an example
        </button>
      </div>
      <Flash onClose={() => setProblem(null)} problem={problem} />
      <form
        aria-label="Create case"
        className="aws-box aws-create"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void create();
        }}
      >
        <div className="aws-create-pair">
          <Choice label="Service" onChange={setService} options={about.services} value={service} />
          <Choice label="Category" onChange={setCategory} options={categories} value={category} />
        </div>
        <Choice
          hint={within === '' ? '' : `AWS aims to answer first within ${within}.`}
          label="Severity"
          onChange={setSeverity}
          options={about.severities.map(({ code }) => ({
            code,
            name: [severityWords(code, about), firstResponse(code)].filter((word) => word !== '').join(' · '),
          }))}
          value={severity}
        />
        <Field label="Subject">
          {(id) => (
            <>
              <input
                aria-describedby={wrong?.field === 'subject' ? subjectProblem : undefined}
                aria-invalid={wrong?.field === 'subject'}
                className="aws-input"
                id={id}
                maxLength={LONGEST_SUBJECT}
                onChange={(event) => {
                  setSubject(event.currentTarget.value);
                  if (wrong?.field === 'subject') setWrong(null);
                }}
                placeholder="What is wrong, in one line"
                ref={subjectRef}
                value={subject}
              />
              <FieldProblem
                id={subjectProblem}
                problem={wrong?.field === 'subject' ? wrong.problem : undefined}
              />
            </>
          )}
        </Field>
        <div className="aws-field">
          <LongText
            countId={count}
            label="Description"
            onChange={(changed) => {
              setBody(changed);
              if (wrong?.field === 'body') setWrong(null);
            }}
            onSend={() => void create()}
            placeholder="What happens, since when, and what you expected"
            problem={wrong?.field === 'body' ? wrong.problem : undefined}
            rows={5}
            textRef={bodyRef}
            value={body}
          />
          <Count id={count} text={body} />
        </div>
        <Attach files={files} onChange={setFiles} />
        <div className="aws-create-acts">
          <button className="aws-button" onClick={showList} type="button">
            Cancel
          </button>
          <button className="aws-button aws-primary" disabled={busy} type="submit">
            Create case
          </button>
        </div>
      </form>
    </div>
  );
}

interface Wrong {
  field: 'subject' | 'body';
  problem: string;
}

/** The first field that AWS would not take. */
function whatIsWrong(subject: string, body: string): Wrong | null {
  if (subject.trim() === '') {
    return { field: 'subject', problem: 'The subject is missing. Say in one line what is wrong.' };
  }
  if (body.trim() === '') return { field: 'body', problem: 'The description is missing. Say what happens.' };
  if (body.length > LONGEST) {
    return { field: 'body', problem: `The description is too long. AWS takes ${LONGEST} characters.` };
  }
  return null;
}

function Field({
  label,
  hint,
  children,
}: {
  label: string;
  hint?: string;
  children: (id: string) => ReactNode;
}) {
  const id = useId();
  return (
    <div className="aws-field">
      <label className="aws-label" htmlFor={id}>
        {label}
      </label>
      {children(id)}
      {hint === undefined || hint === '' ? null : <p className="aws-hint">{hint}</p>}
    </div>
  );
}

interface ChoiceProps {
  label: string;
  hint?: string;
  options: readonly { code: string; name: string }[];
  value: string;
  onChange: (code: string) => void;
}

function Choice({ label, hint, options, value, onChange }: ChoiceProps) {
  return (
    <Field label={label} {...(hint !== undefined && { hint })}>
      {(id) => (
        <select
          className="aws-input aws-select"
          id={id}
          onChange={(event) => onChange(event.currentTarget.value)}
          value={value}
        >
          {options.map(({ code, name }) => (
            <option key={code} value={code}>
              {name}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
