import type { About } from '../../page/protocol.js';
import { chooseCustomer } from '../selection.js';
import { useCustomer } from './customer.js';

/** Who is signed in to the console, in which account: whom CloudTrail names for what is done here. */
export function SignedIn({ about }: { about: About }) {
  const { name: chosen } = useCustomer(about);
  return (
    <span className="aws-top-account">
      <select
        aria-label="Signed in as"
        className="aws-top-person"
        onChange={({ target }) => chooseCustomer(target.value)}
        title="Who you are in the AWS console: what you do there as a customer is done by them"
        value={chosen}
      >
        {about.customers.map(({ name, role }) => (
          <option key={name} value={name}>
            {role}/{name}
          </option>
        ))}
      </select>
      <span className="aws-top-number">
        <span aria-hidden="true"> @ </span>
        {about.account.replace(/^(\d{4})(\d{4})(\d{4})$/, '$1-$2-$3')}
      </span>
    </span>
  );
}
