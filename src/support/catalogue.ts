import { KeptList, type KeptListDeps } from './kept-list.js';
import type { Accounts, Service, SeverityLevel } from './support-api.js';

export interface CatalogueDeps extends Pick<KeptListDeps<Service>, 'shared' | 'onKnown' | 'now' | 'waitMs'> {
  readonly accounts: Pick<Accounts, 'for'>;
}

/** What can be chosen when a case is opened. */
export interface Choices {
  readonly services: readonly Service[];
  readonly severities: readonly SeverityLevel[];
}

/** What AWS calls its services, categories and severities, by account. */
export class Catalogue {
  readonly #services: KeptList<Service>;
  readonly #severities: KeptList<SeverityLevel>;

  constructor({ accounts, onKnown, ...deps }: CatalogueDeps) {
    this.#services = new KeptList({
      ...deps,
      ...(onKnown === undefined ? {} : { onKnown }),
      name: 'services',
      ask: (account) => accounts.for(account, 'event').services(),
    });
    this.#severities = new KeptList({
      ...deps,
      name: 'severities',
      ask: (account) => accounts.for(account, 'person').severities(),
    });
  }

  /**
   * For what must not be held up: empty where AWS does not say within a second, or refuses. Never rejects.
   *
   * @param account 12 digits.
   */
  services(account: string): Promise<readonly Service[]> {
    return this.#services.soon(account);
  }

  /** For a person who opens a case. Rejects with a SupportError where AWS does not say. */
  async choices(account: string): Promise<Choices> {
    const [services, severities] = await Promise.all([
      this.#services.sure(account),
      this.#severities.sure(account),
    ]);
    return { services, severities };
  }

  /** Asks again for services that had to be shown by their codes, where it is time to. */
  retry(): void {
    this.#services.retry();
  }
}

/** What people call a service and a category; the codes where they are not in the list. */
export function nameOf(
  services: readonly Service[],
  service: string,
  category: string,
): { readonly service: string; readonly category: string } {
  const found = services.find(({ code }) => code === service);
  return {
    service: found?.name ?? service,
    category: found?.categories.find(({ code }) => code === category)?.name ?? category,
  };
}
