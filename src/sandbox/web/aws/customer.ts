import type { About } from '../../page/protocol.js';
import { customer } from '../selection.js';

type Customer = About['customers'][number];

/** Who acts in the console as it is now; whoever was chosen may be nobody of this sandbox. */
export function customerOf({ customers }: About, chosen = customer.get()): Customer {
  return customers.find(({ name }) => name === chosen) ?? customers[0] ?? { name: '', role: '' };
}

export function useCustomer(about: About): Customer {
  return customerOf(about, customer.use());
}
