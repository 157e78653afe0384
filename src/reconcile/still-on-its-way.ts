/** A message that nobody confirmed is not in Slack, so far: too early to say that it will not be. */
export class StillOnItsWay extends Error {
  override readonly name = 'StillOnItsWay';

  constructor(readonly askAgainAfterMs: number) {
    super('a message may still be on its way to Slack');
  }
}
