import { useState } from 'react';
import type { CaseState } from '../../aws/case-state.js';
import type { About } from '../../page/protocol.js';
import { AccountDeeds } from './account-deeds.js';
import { isOpen, lastActivity, newestFirst } from './activity.js';
import { showCase, showForm } from './aws-view.js';
import { serviceName, severityWords } from './console-words.js';
import { StatusMark } from './status-mark.js';
import { Ago } from './time.js';
import './case-list.css';

const FILTERS = [
  { name: 'All', takes: () => true },
  { name: 'Open', takes: isOpen },
  { name: 'Resolved', takes: (each: CaseState) => !isOpen(each) },
] as const;

type FilterName = (typeof FILTERS)[number]['name'];

interface Props {
  about: About;
  cases: readonly CaseState[];
  fresh: ReadonlySet<string>;
}

export function CaseList({ about, cases, fresh }: Props) {
  const [filter, setFilter] = useState<FilterName>('All');
  const takes = FILTERS.find(({ name }) => name === filter)?.takes ?? (() => true);
  const shown = newestFirst(cases.filter(takes));
  return (
    <div className="aws-scroll">
      <div className="aws-box aws-cases">
        <div className="aws-box-head">
          <h3 className="aws-heading">
            Your support cases <span className="aws-number">({cases.length})</span>
          </h3>
          <button className="aws-button aws-primary" onClick={showForm} type="button">
            Create case
          </button>
        </div>
        {cases.length === 0 ? (
          <p className="aws-empty">
            No cases.{' '}
            <button className="aws-link" onClick={showForm} type="button">
              Create one.
            </button>
          </p>
        ) : (
          <>
            <fieldset className="aws-filter">
              <legend className="unseen">Which cases</legend>
              {FILTERS.map((each) => (
                <label className="aws-filter-choice" key={each.name}>
                  <input
                    checked={filter === each.name}
                    className="aws-radio"
                    name="aws-filter"
                    onChange={() => setFilter(each.name)}
                    type="radio"
                  />
                  {each.name} <span className="aws-number">{cases.filter(each.takes).length}</span>
                </label>
              ))}
            </fieldset>
            {shown.length === 0 ? (
              <p className="aws-empty">
                {filter === 'Open' ? 'No case is open.' : 'No case is resolved yet.'}
              </p>
            ) : (
              <CaseTable about={about} cases={shown} fresh={fresh} />
            )}
          </>
        )}
      </div>
      <AccountDeeds about={about} />
    </div>
  );
}

function CaseTable({ about, cases, fresh }: Props) {
  return (
    <table className="aws-table">
      <thead>
        <tr>
          <th scope="col">Case ID</th>
          <th scope="col">Subject</th>
          <th scope="col">Status</th>
          <th scope="col">Severity</th>
          <th className="aws-cell-service" scope="col">
            Service
          </th>
          <th scope="col">Last updated</th>
        </tr>
      </thead>
      <tbody>
        {cases.map((each) => (
          <tr className={fresh.has(each.caseId) ? 'aws-row aws-fresh' : 'aws-row'} key={each.caseId}>
            <td className="aws-cell-id">{each.displayId}</td>
            <td className="aws-cell-subject">
              <button className="aws-link aws-row-link" onClick={() => showCase(each.caseId)} type="button">
                {each.subject}
              </button>
            </td>
            <td className="aws-cell-status">
              <StatusMark status={each.status} />
            </td>
            <td className="aws-cell-severity">{severityWords(each.severityCode, about)}</td>
            <td className="aws-cell-service">{serviceName(each.serviceCode, about)}</td>
            <td className="aws-cell-updated">
              <Ago at={lastActivity(each)} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
