import type { ExportedLine } from '../../src/store/export-audit.js';

const COLUMNS = [
  'time',
  'user',
  'name',
  'deed',
  'result',
  'why',
  'account',
  'caseId',
  'displayId',
  'channel',
  'link',
  'characters',
  'sha256',
  'files',
  'reference',
  'awsRequestId',
  'id',
] as const satisfies readonly (keyof ExportedLine)[];

/** As RFC 4180 has it: a line end of two characters, quotes where they are needed. */
export function csvHeader(): string {
  return `${COLUMNS.join(',')}\r\n`;
}

export function csvLine(line: ExportedLine): string {
  return `${COLUMNS.map((column) => cell(line[column])).join(',')}\r\n`;
}

function cell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  // People choose their names: Excel and others would carry out what begins like a formula. Where their lists are separated
  // by a semicolon or a tab, a cell begins there, too, and quotes in the middle of theirs do not help.
  const harmless = value
    .replace(/([;\t\r\n|"])(?=\s*[=+\-@＝＋－＠])/g, "$1'")
    .replace(/^(?=\s*[=+\-@＝＋－＠]|[\t\r\n])/, "'");
  return /[",;\t\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
