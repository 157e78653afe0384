/** Something that one replica at a time does for all of them: the sweep, above all. */
export interface Duty {
  /** Whether it falls to us; asked before every turn, and at least every {@link DUTY_ASKED_EVERY_MS}. */
  isOurs(): Promise<boolean>;
  /** Leaves it to the others at once. */
  leave(): Promise<void>;
}

/** A duty that nobody has asked for moves to another replica a few of these later. */
export const DUTY_ASKED_EVERY_MS = 1_500;

/** Of a process that shares its work with nobody. */
export const STANDING_DUTY: Duty = { isOurs: async () => true, leave: async () => undefined };
