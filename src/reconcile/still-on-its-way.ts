/** A message that nobody confirmed is not in Slack, so far: too early to say that it will not be. */
export class StillOnItsWay extends Error {
  override readonly name = 'StillOnItsWay';

  constructor(readonly askAgainAfterMs: number) {
    super('a message may still be on its way to Slack');
  }
}

/** Throws {@link StillOnItsWay} where a message that is not there was sent so lately that it may still arrive. */
export function refuseTooEarly(sentAt: number, now: number, settlesWithinMs: number): void {
  const leftMs = sentAt + settlesWithinMs - now;
  if (leftMs > 0) throw new StillOnItsWay(leftMs);
}
