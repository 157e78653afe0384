/**
 * Why a file does not get where it is to go. Thrown on either side of the bot, and told to the person who sent it.
 */
export class FileTrouble extends Error {
  override readonly name = 'FileTrouble';

  /**
   * @param code for logs.
   * @param sentence what a person is told: what is wrong and what to do.
   * @param passes whether it may go well another time with nothing changed.
   */
  constructor(
    readonly code: string,
    readonly sentence: string,
    readonly passes: boolean,
    options?: ErrorOptions,
  ) {
    super(`file: ${code}`, options);
  }
}
