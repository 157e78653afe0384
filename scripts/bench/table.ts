import { isMet, type Result, type Target } from './result.js';

const HEAD = ['benchmark', 'what', 'n', 'min', 'median', 'p99', 'max', 'unit', 'target', 'met'];
/** Columns of numbers, which stand to the right. */
const RIGHT = new Set([2, 3, 4, 5, 6]);

/** The results as one table for people. */
export function table(results: readonly Result[]): string {
  const rows = [HEAD, ...results.map(rowOf)];
  const widths = HEAD.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row) =>
    row
      .map((cell, column) =>
        RIGHT.has(column) ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd(),
  );
  lines.splice(1, 0, widths.map((width) => '-'.repeat(width)).join('  '));
  return lines.join('\n');
}

function rowOf(result: Result): string[] {
  const { name, what, unit, spread, target } = result;
  const single = spread.count === 1;
  return [
    name,
    what,
    String(spread.count),
    single ? '' : number(spread.min),
    number(spread.median),
    single ? '' : number(spread.p99),
    single ? '' : number(spread.max),
    unit,
    target === null ? '' : targetText(target),
    target === null ? '' : isMet(result, target) ? 'yes' : 'NO',
  ];
}

function targetText({ of, is, value }: Target): string {
  return `${of} ${is} ${value}`;
}

function number(value: number): string {
  if (Number.isInteger(value) || Math.abs(value) >= 1_000) return value.toFixed(0);
  return value.toFixed(Math.abs(value) >= 100 ? 1 : 2);
}
