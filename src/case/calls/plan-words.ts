/** AWS's levels of support, from the least on: as CloudTrail has been seen to write them, and as people call them. */
const PLANS: readonly [name: RegExp, words: string, rank: number][] = [
  [/^basic$/, 'Basic', 0],
  [/^developer$/, 'Developer', 1],
  [/^business$/, 'Business', 2],
  // It takes the place of Business; how a record writes it nobody has told.
  [/^business(support)?(plus|\+)$/, 'Business Support+', 2],
  [/^enterpriseonramp$/, 'Enterprise On-Ramp', 3],
  [/^enterprise$/, 'Enterprise', 4],
  [/^unifiedoperations$/, 'Unified Operations', 5],
];

function planOf(level: string) {
  // `BASIC`, `new_developer`, `ENTERPRISE_ON_RAMP`.
  const bare = level.toLowerCase().replace(/^(new|aws)[_ -]/, '');
  const name = bare.replace(/[_ -]/g, '');
  return PLANS.find(([known]) => known.test(name));
}

/** Unknown ones are shown as they are. */
export function planWords(level: string): string {
  return planOf(level)?.[1] ?? level;
}

/** Which way it went; `changed` also where nobody can say. */
export function planStep(from: string, to: string): 'raised' | 'lowered' | 'changed' {
  const [, , before] = planOf(from) ?? [];
  const [, , after] = planOf(to) ?? [];
  if (before === undefined || after === undefined || before === after) return 'changed';
  return after > before ? 'raised' : 'lowered';
}
