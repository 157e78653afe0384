/** How sections of CONFIG_FILE are taken apart: each problem is said, and what is sound goes on, so that it is looked at too. */
import type { z } from 'zod';
import type { Path, Report } from './file-problem.js';
import { didYouMean } from './nearest-known.js';

/** What of an entry is sound. */
export interface Sound<S extends z.ZodObject> {
  readonly at: Path;
  readonly fields: Partial<z.output<S>>;
  /** Keys that stand there, with whatever behind them. */
  readonly given: ReadonlySet<string>;
  /** Whether all of it is sound. */
  readonly whole: boolean;
}

/** One entry, or a section that is none of a list. */
export function fieldsOf<S extends z.ZodObject>(schema: S, raw: unknown, at: Path, report: Report): Sound<S> {
  const given = new Set(isRecord(raw) ? Object.keys(raw) : []);
  const read = schema.safeParse(raw);
  if (read.success) return { at, fields: read.data, given, whole: true };
  for (const issue of read.error.issues) {
    const path = [...at, ...issue.path.map((step) => (typeof step === 'number' ? step : String(step)))];
    if (issue.code === 'unrecognized_keys') {
      const known = issue.path.length === 0 ? Object.keys(schema.shape) : [];
      for (const key of issue.keys) {
        const { says, isNear } = unknownKey(key, known);
        // Among accounts stand external ids.
        report([...path, key], says, at[0] === 'accounts' && !isNear ? 'unnamed' : 'key');
      }
    } else report(path, issue.message);
  }
  const fields: Record<string, unknown> = {};
  for (const [key, field] of Object.entries(schema.shape)) {
    const one = (field as z.ZodType).safeParse(isRecord(raw) ? raw[key] : undefined);
    if (one.success && one.data !== undefined) fields[key] = one.data;
  }
  return { at, fields: fields as Partial<z.output<S>>, given, whole: false };
}

/** The entries of a list; one that is not there, or has nothing in it, has none. */
export function entriesOf<S extends z.ZodObject>(
  schema: S,
  raw: unknown,
  at: Path,
  report: Report,
): readonly Sound<S>[] {
  if (raw === undefined || raw === null) return [];
  if (Array.isArray(raw)) return raw.map((each, index) => fieldsOf(schema, each, [...at, index], report));
  report(at, 'This has to be a list: each entry begins with - on a line of its own.');
  return [];
}

function unknownKey(key: string, known: readonly string[]): { says: string; isNear: boolean } {
  const meant = didYouMean(key, known);
  const list = known.length === 0 ? '' : ` Known are ${known.join(', ')}.`;
  return { says: `This key is not known.${meant === '' ? list : meant}`, isNear: meant !== '' };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
