import { showList } from './aws-view.js';

export function Crumbs({ here }: { here: string }) {
  return (
    <nav aria-label="Breadcrumbs" className="aws-crumbs">
      <button className="aws-link" onClick={showList} type="button">
        Your support cases
      </button>
      <span aria-hidden="true">›</span>
      <span aria-current="page">{here}</span>
    </nav>
  );
}
