/** A person in Slack: the id by which Slack knows them, and their name as others see it. */
export interface Person {
  readonly user: string;
  readonly name: string;
}

/** Who of us follows a case. */
export interface CasePeople {
  /** Who has said that they take care of it. */
  readonly owner: Person | null;
  /** Slack users who want to be told when AWS answers, and those who do not although they own the case. */
  readonly followers: readonly string[];
  readonly muted: readonly string[];
}

/** Whom to tell when AWS answers. */
export function whoWantsToKnow({ owner, followers, muted }: CasePeople): string[] {
  const wanting = new Set([...(owner === null ? [] : [owner.user]), ...followers]);
  return [...wanting].filter((user) => !muted.includes(user));
}

export const NOBODY: CasePeople = { owner: null, followers: [], muted: [] };
