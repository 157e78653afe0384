import type { AwsAccounts } from './accounts.js';
import { KeptList, type KeptListDeps } from './kept-list.js';
import type { Accounts, IssueType, Language, Service, SeverityLevel } from './support-api.js';
import { SupportError } from './support-error.js';

export interface CatalogueDeps extends Pick<KeptListDeps<Service>, 'shared' | 'now' | 'waitMs' | 'later'> {
  /** The services of these accounts are there now, for the first time as far as anybody remembers. */
  readonly onKnown?: (accounts: readonly string[]) => void;
  readonly accounts: Pick<Accounts, 'for'> & Partial<Pick<AwsAccounts, 'all' | 'partitionOf'>>;
}

/** What can be chosen when a case is opened. */
export interface Choices {
  readonly services: readonly Service[];
  readonly severities: readonly SeverityLevel[];
}

/**
 * What AWS calls its services, categories and severities. Services are the same for all accounts of a partition, and a long
 * answer: with many accounts listed they are asked for once. Severities depend on the plan, so on the account.
 */
export class Catalogue {
  readonly #accounts: CatalogueDeps['accounts'];
  /** Who has asked for a list of services, by what it is kept under; the latest last. */
  readonly #askers = new Map<string, Set<string>>();
  readonly #services: KeptList<Service>;
  readonly #severities: KeptList<SeverityLevel>;
  readonly #languages: KeptList<Language>;

  constructor({ accounts, onKnown, later, ...deps }: CatalogueDeps) {
    this.#accounts = accounts;
    this.#services = new KeptList({
      ...deps,
      ...(later === undefined ? {} : { later }),
      onKnown: (kept) => onKnown?.(this.#accountsOf(kept)),
      name: 'services',
      ask: (kept) => this.#askServices(kept),
    });
    this.#severities = new KeptList({
      ...deps,
      name: 'severities',
      ask: (account) => accounts.for(account, 'person').severities(),
    });
    this.#languages = new KeptList({
      ...deps,
      name: 'languages',
      ask: (which) => {
        const [account = '', issueType, service = '', category = ''] = which.split(' ');
        const type = issueType === 'technical' ? issueType : 'customer-service';
        return accounts.for(account, 'person').languages(type, service, category);
      },
    });
  }

  /**
   * For what must not be held up: empty where AWS does not say within a second, or refuses. Never rejects.
   *
   * @param account 12 digits.
   */
  services(account: string): Promise<readonly Service[]> {
    return this.#services.soon(this.#keptFor(account));
  }

  /** For a person who opens a case. Rejects with a SupportError where AWS does not say. */
  async choices(account: string): Promise<Choices> {
    const [services, severities] = await Promise.all([
      this.#services.sure(this.#keptFor(account)),
      this.#severities.sure(account),
    ]);
    return { services, severities };
  }

  /** The same, as far as it is known without asking AWS; null where it is not. */
  known(account: string): Choices | null {
    const [services, severities] = [
      this.#services.known(this.#keptFor(account)),
      this.#severities.known(account),
    ];
    return services === null || severities === null ? null : { services, severities };
  }

  /** In which languages AWS handles such a case; empty where it does not say within a second. Never rejects. */
  languages(
    account: string,
    issueType: IssueType,
    service: string,
    category: string,
  ): Promise<readonly Language[]> {
    return this.#languages.soon([account, issueType, service, category].join(' '));
  }

  /** Asks again for services that had to be shown by their codes, where it is time to. */
  retry(): void {
    this.#services.retry();
  }

  /** Under what an account's services are kept: its partition where it is listed, else itself. */
  #keptFor(account: string): string {
    const kept = this.#accounts.partitionOf?.(account) ?? account;
    const askers = this.#askers.get(kept) ?? new Set();
    askers.delete(account);
    this.#askers.set(kept, askers.add(account));
    return kept;
  }

  /** Whoever asked last first: what is wrong with its account is what that person is told. */
  #accountsOf(kept: string): readonly string[] {
    const listed = this.#accounts.all?.('event') ?? [];
    const alike = listed.flatMap(({ account }) =>
      account !== null && this.#accounts.partitionOf?.(account) === kept ? [account] : [],
    );
    return [...new Set([...[...(this.#askers.get(kept) ?? [])].reverse(), ...alike])];
  }

  /** One account that may is enough. Rejects with what AWS says to the first. */
  async #askServices(kept: string): Promise<readonly Service[]> {
    let first: unknown;
    for (const account of this.#accountsOf(kept)) {
      try {
        return await this.#accounts.for(account, 'event').services();
      } catch (error) {
        first ??= error;
        // The others are asked at the same place.
        if (!(error instanceof SupportError) || error.kind === 'unreachable') break;
      }
    }
    throw first;
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
