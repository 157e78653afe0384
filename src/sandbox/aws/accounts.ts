import {
  type Account,
  type AccountOptions,
  type KeptAccount,
  keepAccount,
  type Limits,
  makeAccount,
} from './account.js';

/** All accounts of a stand-in. */
export class Accounts {
  readonly all: readonly Account[];
  readonly #options: readonly AccountOptions[];

  /** @param kept what an earlier run left; of accounts that are not among the options, it is dropped. */
  constructor(options: readonly AccountOptions[], limits: Limits, kept: readonly KeptAccount[] = []) {
    this.#options = options;
    this.all = options.map((each) =>
      makeAccount(
        each,
        limits,
        kept.find(({ id }) => id === each.id),
      ),
    );
  }

  /** Without an id, the first. Throws for an unknown one. */
  account(id = this.all[0]?.id): Account {
    const found = this.all.find((candidate) => candidate.id === id);
    if (found === undefined) throw new Error(`no account ${id} among ${this.all.map((each) => each.id)}`);
    return found;
  }

  toKeep(now: number): KeptAccount[] {
    return this.#options.map((each) => keepAccount(this.account(each.id), each, now));
  }
}
