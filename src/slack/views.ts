import type { HomeView, ModalView } from '@slack/types';

/** What fills the screen of one person: forms over what they see, and the app's Home. Methods reject with a SlackError. */
export interface Views {
  /**
   * Opens a form. The trigger of a click, a command or a shortcut lasts three seconds and serves once: nothing slow may
   * come before this (facts: slack.md, section 1).
   *
   * @returns the view's id.
   */
  open(trigger: string, view: ModalView): Promise<string>;
  /** Lays a form over the one that is open; three at most. The same rules as for {@link open}. */
  push(trigger: string, view: ModalView): Promise<string>;
  /** Shows an open form anew. Rejects with `gone` when the person has closed it. Inputs keep what stands in them where their ids stay. */
  /**
   * @param hash of the form as somebody saw it: where it has changed since, this rejects with the code `hash_conflict`.
   */
  update(viewId: string, view: ModalView, hash?: string): Promise<void>;
  /** Shows a person's Home tab anew. */
  publish(user: string, view: HomeView): Promise<void>;
}
