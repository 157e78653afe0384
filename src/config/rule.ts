/** How a variable of the environment is read, and what many of them have in common. */

/** How one variable is read: '' when it is not set. Throws an Error that says what is wrong. */
export interface Rule<T> {
  readonly read: (value: string) => T;
  readonly example: string;
}

export function yesOrNo(otherwise: boolean): Rule<boolean> {
  return {
    example: String(!otherwise),
    read: (value) => {
      const word = value.toLowerCase();
      if (word === '') return otherwise;
      if (word !== 'true' && word !== 'false') throw new Error(`“${value}” is neither true nor false.`);
      return word === 'true';
    },
  };
}

export function text(otherwise: string): Rule<string> {
  return { example: otherwise, read: (value) => value || otherwise };
}

export function wholeNumber(limits: {
  otherwise: number;
  from: number;
  to: number;
  example: string;
}): Rule<number> {
  return {
    example: limits.example,
    read: (value) => {
      if (value === '') return limits.otherwise;
      const number = Number(value);
      if (!/^\d+$/.test(value) || number < limits.from || number > limits.to) {
        throw new Error(`“${value}” is not a whole number from ${limits.from} to ${limits.to}.`);
      }
      return number;
    },
  };
}

/** One of a few words, in letters of whatever size. */
export function oneOf<const W extends string>(words: readonly W[], word: string): W {
  const known = words.find((each) => each === word.toLowerCase());
  if (known === undefined) throw new Error(`“${word}” is not one of ${words.join(', ')}.`);
  return known;
}

/** What stands between separators, without blanks around it. */
export function list(value: string, separator = ','): string[] {
  return value
    .split(separator)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** @param where it is to be found. */
export function missing(where: string): Error {
  return new Error(`It is missing. ${where}`);
}

export function isHttpAddress(value: string): boolean {
  return /^https?:\/\//.test(value) && URL.canParse(value);
}
