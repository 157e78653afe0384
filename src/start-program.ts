import { readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** What `npm run build` makes of the compiled files: each program in a few large modules instead of a thousand. */
const BUNDLE = new URL('../bundle/', import.meta.url);

/**
 * What a program's bundle was made of; written when the bundle is whole. The compiled files, and the package.json of
 * each package, relative to the bundle, and when each was changed last, in milliseconds.
 */
export type MadeOf = Readonly<Record<string, number>>;

/**
 * Runs a program from its bundle, where it starts in less than half the time, or else from the compiled modules. A
 * bundle that was made of anything else than is there now is left alone: what was compiled or installed last is what
 * runs.
 */
export async function startProgram(name: string, compiled: () => Promise<unknown>): Promise<void> {
  if (isFresh(name)) await import(new URL(`${name}.js`, BUNDLE).href);
  else await compiled();
}

function isFresh(name: string): boolean {
  const folder = fileURLToPath(BUNDLE);
  try {
    const madeOf = JSON.parse(readFileSync(`${folder}${name}.made-of.json`, 'utf8')) as MadeOf;
    const files = Object.entries(madeOf);
    return files.length > 0 && files.every(([file, at]) => isOf(at, folder + file));
  } catch {
    // None, or what a full disk or a killed build left of one.
    return false;
  }
}

/** In whole seconds: the layer of a container's image keeps no more of a time. */
function isOf(at: number, file: string): boolean {
  const now = statSync(file, { throwIfNoEntry: false })?.mtimeMs;
  return now !== undefined && Math.floor(now / 1000) === Math.floor(at / 1000);
}
