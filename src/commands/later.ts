import { errorFields, type Log } from '../telemetry/log.js';

/** Work that waits until a person has their first answer: nobody waits for it, and Slack does not. */
export class Later {
  readonly #work: (() => Promise<void>)[] = [];
  readonly #log: Log;

  constructor(log: Log) {
    this.#log = log;
  }

  readonly add = (work: () => Promise<void>): void => {
    this.#work.push(work);
  };

  begin(): void {
    for (const work of this.#work.splice(0))
      void work().catch((error: unknown) => {
        this.#log.error('what was left for later failed', errorFields(error));
      });
  }
}
